"""What is not known of options beside each other is said, and taken for neither alike nor agreed."""

from __future__ import annotations

import pytest

import cbm
from cbm.core.negotiation import Negotiation
from cbm.inquiry import Inquiry, inquire
from cbm.negotiation.options_compared import compare_options, what_is_not_known
from cbm.negotiation.outlook import Outlook
from cbm.smt.solve import Unknown

_TEXT = """\
draft code
  uses encounters
  between CN, JP
clause 1 a warship must keep separation >= [CN: 500 m | JP: 1,000 m]
clause 2 a warship must keep separation >= 1,500 m
clause 3 a warship [CN: should | JP: must] listen
"""


def test_what_has_no_answer_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    systems, _ = cbm.load_text(_TEXT)
    negotiation, inquiry = Negotiation(systems[0]), inquire(systems[0])
    inquiry.standing()
    monkeypatch.setattr(Inquiry, "ask", lambda *_: Unknown("the time was over"))
    compared = compare_options(inquiry, Outlook(negotiation, ()))
    assert (compared.alike, compared.effects, compared.least) == ((), (), ())
    assert list(what_is_not_known(negotiation, compared)) == [
        "whether options come to the same in 1 and 3 is not known: the time was over",
        "what is agreed at least in 1 and 3 is not known: the time was over",
    ]
