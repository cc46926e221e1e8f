"""Law: a reference is told to mean nothing on just those packages whose texts refer to what is not there."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import assume, given
from hypothesis import strategies as st

from cbm.checks import undefined
from cbm.finding import Finding, RuleId
from cbm.inquiry import inquire
from cbm.resolve.system import resolve
from cbm.source import Source
from cbm.syntax.parse import parse
from cbm.syntax.taking import with_taken
from tests.laws.bracketed import WORLD, document, holds_on, names_of, packages
from tests.laws.sparing import sparingly

_FIRST = ("clause 1 every unit must call", "clause 1 every unit should call")
_THIRD = ("1 when fog", "2 when fog", "1, 2 when fog", "2 when own is bound by (1)")


@st.composite
def referring(draw: st.DrawFn) -> str:
    """Three clauses: one may be left out, and the others, in some wordings at least, refer to it."""
    first = draw(
        st.sampled_from(
            (
                f"[A: {_FIRST[0]} | B: delete]", f"[A: {_FIRST[0]}]", f"[d A: {_FIRST[0]} | B: delete]",
                f"[A: {_FIRST[0]}\n| B: {_FIRST[1]}]", f"[A: {_FIRST[0]}\n| B: {_FIRST[1]}\n| delete]",
            )
        )
    )  # fmt: skip
    modality = draw(st.sampled_from(("must", "[must | should]", "[d A: must | B: should]")))
    edge = draw(st.sampled_from(("in place of 1", "[in place of 1]", "[d A: subject to 1 | B: delete]", "restates 1")))
    second = f"clause 2 every unit {modality} lamp {edge}"
    third = f"clause 3 exception to {draw(st.sampled_from(_THIRD))}"
    stands = "[{}]" if draw(st.booleans()) else "{}"
    also = "clause 9 every unit should keep gap >= [d A: 50 m | B: 150 m]"
    return "\n".join((WORLD, first, draw(st.sampled_from((second, f"[A: {second}]"))), stands.format(third), also, ""))


@sparingly(20)
@given(referring())
def test_references_that_packages_lack_are_undefined_in_their_texts(text: str) -> None:
    draft, told, names = document(text), _told(text), names_of(text)
    assume(told is not None)  # whatever is taken, clauses go round in a circle
    assert told is not None
    for taken in packages(draft):
        alone = _told(with_taken(text, draft, taken))
        here = [finding for finding in told if holds_on(finding, taken, names)]
        assert alone is None or len(_statements(here)) == len(_statements(alone)), taken


def _statements(told: Iterable[Finding]) -> set[int]:
    """Where they begin: of what is written out, one reference of each is told."""
    return {finding.primary.span.begin[0] for finding in told}


def _told(text: str) -> tuple[Finding, ...] | None:
    """The references of a text that mean nothing, on some of its packages or, where nothing is open, at all.

    None where its clauses go round in a circle: nothing is asked about it then.
    """
    file, mistakes = parse(Source("text.cbm", text))
    assert [mistake.message for mistake in mistakes] == []
    library = {known.header.name.text: known for known in file.documents if hasattr(known.header, "name")}
    system, findings = resolve(library, "text")
    if any(finding.rule is RuleId.CYCLE for finding in findings):
        return None
    assert {finding.rule for finding in findings} <= {RuleId.UNDEFINED}, findings
    return tuple(findings) if system is None else tuple(undefined.check(inquire(system)))
