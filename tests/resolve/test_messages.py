"""What is told of slips in the examples, word for word: the page `messages.txt` is the test."""

from __future__ import annotations

import re

import pytest

from cbm.translation.speech import Language, speaking
from tests.resolve.messages import EXAMPLES, PAGE, page, slips

EXAMPLE = {path.name: path for path in EXAMPLES}
_QUOTED, _WORD = re.compile(r"`[^`]*`|\b[A-Z]{1,2}\b|cbm"), re.compile("[A-Za-z]{2,}")


def test_messages_are_as_accepted() -> None:
    assert page() == PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh", ["行为中没有`cal`", "您是指`call`吗？"]),
        ("ja", ["`cal`という行為はない", "`call`のことか？"]),
    ],
)
def test_slips_are_told_wholly_in_the_language_of_the_reader(language: Language, told: list[str]) -> None:
    with speaking(language):
        found = [finding for name in ("names.cbm", "kinds.cbm", "parties.cbm") for finding in slips(EXAMPLE[name])]
    words = [(finding.message, *finding.remedies) for finding in found]
    assert any([message, *remedies] == told for message, *remedies in words)
    english = [said for told in words for said in told if _WORD.search(_QUOTED.sub("", said))]
    assert not english
