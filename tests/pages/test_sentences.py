"""Every sentence that is known of an instrument is rendered, not operative, or told as left out."""

from __future__ import annotations

import pytest

from tests.pages.instruments import instruments
from tests.pages.sentences import LEFT_OUT, NOT_OPERATIVE, TIED, Ledger, ledgers


@pytest.mark.parametrize("ledger", ledgers(), ids=lambda ledger: ledger.texts[0])
def test_each_sentence_has_clauses_that_there_are_or_is_left_out_as_the_text_says(ledger: Ledger) -> None:
    assert {fate for _, fate in ledger.fates()} <= {TIED, LEFT_OUT, NOT_OPERATIVE}


@pytest.mark.parametrize("ledger", ledgers(), ids=lambda ledger: ledger.texts[0])
def test_each_clause_renders_a_sentence_that_is_known(ledger: Ledger) -> None:
    assert ledger.without_a_sentence() == []


def test_a_clause_that_renders_none_is_told() -> None:
    assert "2.10 of cues" in Ledger(("cues",), {"2.1": "2.1", "3": "left out 3.11"}).without_a_sentence()


def test_every_instrument_has_its_sentences_once() -> None:
    named = [text for ledger in ledgers() for text in ledger.texts]
    assert sorted(named) == sorted(instrument.header.name.text for instrument in instruments())


@pytest.mark.parametrize("said", ["IX", "left out 3.9"])
def test_what_no_text_says_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match=r"cues, 2\.9: "):
        list(Ledger(("cues",), {"2.9": said}).fates())
