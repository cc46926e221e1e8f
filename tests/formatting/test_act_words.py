"""`cbm fmt --acts`: acts in the words of a language, and by their names again."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import cbm
from cbm.cli import main
from cbm.files import read_library
from cbm.formatting.texts import write_acts
from cbm.source import Edit, Span

DRAFTS = Path(cbm.__file__).parents[1] / "specs" / "drafts"


@pytest.mark.parametrize("draft", ["code_of_conduct_2019", "rolling_2026", "notification_2019"])
def test_acts_in_words_and_by_their_names_again_are_what_was_written(tmp_path: Path, draft: str) -> None:
    path = tmp_path / f"{draft}.cbm"
    shutil.copy(DRAFTS / path.name, path)
    before = path.read_text(encoding="utf-8")
    for language, told in (("zh", "must "), ("ja", "must "), ("en", "must ")):
        assert main(["fmt", "--acts", language, str(path)]) == 0
        assert f'{told}"' in path.read_text(encoding="utf-8")
    assert main(["fmt", "--acts", "names", str(path)]) == 0
    assert path.read_text(encoding="utf-8") == before


def test_acts_that_have_no_words_of_their_own_stay(tmp_path: Path) -> None:
    (tmp_path / "strait.cbm").write_text(
        "vocabulary strait\nparty CN\nsituation s\nroles own, other\neach\n  party : party\ntopic t\n"
        'act hail "calls" topic t\nact shout "calls" topic t\nact wave topic t\nact stop "stops" ja "止まる" topic t\n',
        encoding="utf-8",
    )
    path = tmp_path / "code.cbm"
    path.write_text(
        "draft code\n  uses strait\n  between CN\n\n"
        "clause 1 every unit when other.stop must hail, wave, stop  # for all\n",
        encoding="utf-8",
    )
    (change,) = write_acts([path], "en").changes
    assert 'when other.stop must hail, wave, "stop"  # for all' in change.after
    (change,) = write_acts([path], "ja").changes
    assert 'when other.stop must hail, wave, "止まる"' in change.after
    assert not write_acts([path], "zh").changes


def test_other_words_that_mean_another_act_are_never_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "code.cbm"
    path.write_text(
        "draft code\n  uses encounters\n  between CN, JP\n\nclause 1 every unit must call\n", encoding="utf-8"
    )
    (source,) = (source for source, file in read_library([path]).files.items() if file == path)
    place = Span(source, source.text.index("call"), source.text.index("call") + len("call"))
    monkeypatch.setattr("cbm.formatting.texts.in_words", lambda *_: (Edit(place, '"answer"'),))
    with pytest.raises(AssertionError, match="other acts are meant"):
        write_acts([path], "en")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--acts", "ja", "-"], "--acts reads what a text builds on"),
        (["--acts", "ja", "--texts", "ja", "."], "leave --check, --diff and --acts out"),
    ],
)
def test_what_does_not_go_together_is_refused(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["fmt", *arguments]) == 2
    assert told in capsys.readouterr().err
