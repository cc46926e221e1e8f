"""In which language a command speaks, and in which its help is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from cbm.cli import all_commands, main
from cbm.cli.spoken_help import language_asked_for
from cbm.cli.wide_help import shortened
from cbm.files import language_of
from cbm.render.columns import width

_DRAFT = """\
draft code {titles}
  uses encounters
  between CN, JP
clause 1 a ship must report_incident
"""


@pytest.mark.parametrize(
    ("arguments", "language"),
    [
        (["check", "a.cbm"], None),
        (["check", "--lang", "ja", "a.cbm"], "ja"),
        (["--lang=zh", "check"], "zh"),
        (["check", "--lang", "ja", "--lang", "zh"], "zh"),
        (["check", "--lang", "fr"], None),
        (["check", "--lang"], None),
        (["check", "--", "--lang", "ja"], None),
    ],
)
def test_the_last_option_before_the_files_chooses(arguments: list[str], language: str | None) -> None:
    assert language_asked_for(arguments) == language


def test_a_language_that_there_is_not_is_refused(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--lang", "fr"]) == 2
    assert "'fr' is not one of 'en', 'zh', 'ja'" in capfd.readouterr().err


@pytest.mark.parametrize(
    ("titles", "language"),
    [
        ('"A code"', "en"),
        ('zh "准则"', "zh"),
        ('ja "規範"', "ja"),
        ('"A code" ja "規範"', "en"),
        ('zh "准则" ja "規範"', "en"),
    ],
)
def test_a_text_has_the_language_of_its_titles(titles: str, language: str, tmp_path: Path) -> None:
    file = tmp_path / "code.cbm"
    file.write_text(_DRAFT.format(titles=titles), "utf-8")
    assert language_of([file]) == language


def test_texts_in_several_languages_are_spoken_of_in_english(tmp_path: Path) -> None:
    files = [tmp_path / "one.cbm", tmp_path / "other.cbm", tmp_path / "missing.cbm"]
    for file, titles in zip(files, ('zh "准则"', 'ja "規範"'), strict=False):
        file.write_text(_DRAFT.format(titles=titles), "utf-8")
    assert [language_of([file]) for file in files] == ["zh", "ja", "en"]
    assert language_of(files[:2]) == "en"
    assert language_of([]) == "en"
    files[1].unlink()
    assert language_of([tmp_path]) == "zh"
    assert language_of([tmp_path, tmp_path / "missing"]) == "en"


def test_headers_are_parsed_within_what_is_kept_and_once_it_is_needed(tmp_path: Path) -> None:
    begun: list[str] = []

    @contextmanager
    def kept() -> Iterator[None]:
        begun.append("begun")
        yield
        begun.append("over")

    files = [tmp_path / "one.cbm", tmp_path / "other.cbm"]
    for file in files:
        file.write_text(_DRAFT.format(titles='"A code"'), "utf-8")
    language_of(files, kept)
    assert begun == []
    for file in files:
        file.write_text(_DRAFT.format(titles='zh "准则"'), "utf-8")
    assert language_of(files, kept) == "zh"
    assert begun == ["begun", "over"]


def test_help_is_told_in_the_language_and_says_that_nobody_has_read_it(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--lang", "ja", "--help"]) == 0
    told = capfd.readouterr().out
    assert told.startswith("使い方：cbm check")
    assert "\nオプション：\n" in told
    assert "母語とする法律家" in told
    assert main(["check", "--help"]) == 0
    assert "Usage: cbm check" in capfd.readouterr().out


@pytest.mark.parametrize("language", ["zh", "ja"])
def test_help_of_all_commands_is_told_in_the_language_within_the_width(
    language: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for name in ("", *all_commands.commands, "config show"):
        assert main([*name.split(), "--lang", language, "--help"]) == 0
        told = capfd.readouterr().out
        heading, _, options = told.partition("\n\n")
        assert all(width(line) <= 80 for line in told.splitlines() if "|" not in line), told
        written = re.sub(r"^  (-|[a-z]+  ).*?(?=  |$)|`[^`]*`|「[^」]*」|“[^”]*”", "", options, flags=re.MULTILINE)
        assert not re.search(r"[a-z]{2,} [a-z]{2,}", written), written
        assert heading.startswith(("用法：cbm", "使い方：cbm"))


def test_options_may_stand_before_the_command(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "zh", "--help"]) == 0
    told = capfd.readouterr().out
    assert "\n命令：\n" in told
    assert "  rules     列出所有规则\n" in told


def test_what_is_wide_is_cut_where_a_terminal_ends() -> None:
    assert shortened("检查规格文本：文件。其余。\n\n更多", 45) == "检查规格文本：文件"
    assert shortened("检查规格文本：文件。", 12) == "检查规格..."
