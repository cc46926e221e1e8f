"""Pages in files: of texts that cannot be understood nothing is written, and that is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.cli import main

UNDERSTOOD = """\
draft code
  uses encounters
  between CN, JP
clause 1 a warship meeting a warship must answer
"""


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("diff good.cbm bad.cbm -o html:page -o json:figures", "nothing was written to `page` and `figures`"),
        ("compare bad.cbm cues -o html:page", "nothing was written to `page`"),
        ("coverage bad.cbm -o page", "nothing was written to `page`"),
        ("options bad.cbm -o page", "nothing was written to `page`"),
        ("cards bad.cbm -o page", "nothing was written to `page`"),
    ],
)
def test_it_is_said_that_nothing_was_written(
    command: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("good.cbm").write_text(UNDERSTOOD, encoding="utf-8")
    Path("bad.cbm").write_text(UNDERSTOOD.replace("must answer", "must must answer"), encoding="utf-8")
    Path("page").write_text("of other texts", encoding="utf-8")
    assert main(command.split()) == 1
    assert told in capsys.readouterr().err.splitlines()
    assert Path("page").read_text(encoding="utf-8") == "of other texts"
