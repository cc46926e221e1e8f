"""A finding that a check invents is contradicted by the file of it, as one that it overlooks is."""

from __future__ import annotations

import pytest

from cbm.finding import RuleId
from cbm.inquiry import Inquiry
from cbm.report import Ending
from tests.certify.solved import contradictions
from tests.certify.strait import STRAIT
from tests.certify.verdict_kinds.compared_meanings.test_exchanged import ALIKE
from tests.certify.verdict_kinds.compared_meanings.test_restated import SAID
from tests.certify.verdict_kinds.compliant_conduct.test_escaping import STAYING
from tests.certify.verdict_kinds.compliant_conduct.test_unwritten import FORBIDDING
from tests.certify.verdict_kinds.compliant_conduct.test_usable import OPTIONS
from tests.certify.verdict_kinds.promised_coverage.test_kept_promises import UNEVEN
from tests.certify.verdict_kinds.test_asked_again import LIFTING, REPAIRED, SERVED, WITHOUT_EFFECT
from tests.certify.verdict_kinds.test_silences import OPEN
from tests.laws.coverage.test_seams import VOCABULARY as BOUNDED

TOUCHING = f"""{BOUNDED}\
draft code
  uses sea
clause 1 every unit when range < 40 m must call
clause 2 every unit when range >= 40 m must call
"""

SEEN_BY_BOTH = f"""\
{STRAIT}views differ on night
topic manoeuvre
act turn topic manoeuvre
draft code
  uses strait
clause 1 every unit when own.night and other.night must turn
"""


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (REPAIRED, RuleId.REPARATION),
        (SERVED, RuleId.UNSERVED_FUNCTION),
        (WITHOUT_EFFECT, RuleId.VACUITY),
        (LIFTING, RuleId.VACUITY),
        (UNEVEN, RuleId.GAP),
        (SAID, RuleId.DIVERGENT_RESTATEMENT),
        (OPEN, RuleId.RESERVE),
        (OPEN, RuleId.DIVERGENT_TERM),
        (FORBIDDING, RuleId.UNWRITTEN_PROHIBITION),
        (OPTIONS, RuleId.BLOCKED_PERMISSION),
        (TOUCHING, RuleId.SEAM),
        (STAYING, RuleId.ESCAPE),
        (ALIKE, RuleId.ASYMMETRY),
        (SEEN_BY_BOTH, RuleId.DIVIDED_VIEW),
    ],
)
def test_what_the_search_invents_is_contradicted(text: str, rule: RuleId, monkeypatch: pytest.MonkeyPatch) -> None:
    record = Inquiry.record

    def invented(inquiry: Inquiry, of_rule: str, *told: object, **more: object) -> None:
        subject, found, *rest = told if len(told) > 1 else (*told, more.pop("found"))
        record(inquiry, of_rule, subject, True if of_rule == rule else found, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Inquiry, "record", invented)
    told = contradictions(text, rule)
    assert told
    assert {row.ending for row in told} == {Ending.FOUND}
