"""Law: a text in which all names are words of the code is found fault with as it is under its own names."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.cache.answer_file import answers_kept_in
from cbm.wording import choice_words
from tests.laws.code_words import code_words, found_in, rename

ROOT = Path(__file__).parents[3]
EXAMPLES = ROOT / "tests" / "checks" / "examples"
# Every kind of thing that has a name is in one of these: moments, channels, counters, open terms, results, languages.
TEXTS = (
    EXAMPLES / "code_words.cbm",
    EXAMPLES / "channels.cbm",
    EXAMPLES / "trap_beside_hours.cbm",
    EXAMPLES / "open_terms.cbm",
    ROOT / "specs" / "drafts" / "silent_line.cbm",
)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.stem)
def test_names_that_the_code_uses_change_nothing_but_names(
    text: Path, tmp_path: Path, answers_of_this_run: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choice_words, "_LONGEST", 10_000)  # words of the code may be long, and no name is told in part
    plain, renamed = rename(text, tmp_path, code_words(), seed=0)
    with answers_kept_in(answers_of_this_run):  # the text is an example, and was asked about as it is
        known = found_in(plain, beside=renamed)
    assert found_in(renamed, beside=plain) == known
