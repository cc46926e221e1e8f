"""`cbm fmt --texts`: what texts lack in a language, where it belongs, and what it is translated from."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from cbm.cli import main
from cbm.finding import Exit
from cbm.formatting.parallel_texts import missing_in
from cbm.source import Source
from cbm.syntax.parse import parse
from cbm.translation.speech import Language
from tests.pages.rooms import ROOT

VOCABULARY = """\
vocabulary straits "Straits" zh "海峡"
kind craft "kind of unit" zh "单位种类" = warship "warship" | drone "drone" zh "无人机"
situation encounter
roles own "own unit" zh "本方单位", other "other unit"
each
  distress "in distress" zh "遇险" otherwise "out of danger" : flag
axiom "two sides" own.craft is warship
act aim ja "狙う" en "aims" topic weapons
channel line "line" zh "线路" delay "consent" 0 min to 4 h
"""
OF_VOCABULARY = """\
2:47 `warship` has no title in zh: "warship"
4:39 `other` has no title in zh: "other unit"
6:44 `distress` has no text in zh after `otherwise`: "out of danger"
7:7 this has no text in zh: "two sides"
8:9 `aim` has no title in zh: en "aims"
9:35 this has no text in zh: "consent"
"""
DRAFT = """\
draft code "A code" zh "准则"
article 3 "Weapons"
clause 1 "Never" zh "绝不" every unit must not aim
  text en "Never aim." ja "狙わない。"
clause 2 every unit may jam
clause 3 "Aside" zh "其他" every unit may look text "Look." zh "看。"
article "What is said"
without prejudice 4.5 "claims"
left out 4.8 "Review" because "it asks nothing of a unit"
open term near "near" zh "近" : length from 1 m to 9 m text en "near"
cases "Days at sea" ja "海の日々"
case "first"
"""
OF_DRAFT = """\
2:11 article 3 has no title in zh: "Weapons"
4:8 clause 3.1 has no text in zh: en "Never aim."
5:1 clause 3.2 has no text in zh: clause 2 every unit may jam
7:9 this heading has no text in zh: "What is said"
8:1 clause 4.5 has no text in zh: without prejudice 4.5 "claims"
8:23 clause 4.5 has no title in zh: "claims"
9:14 clause 4.8 has no title in zh: "Review"
10:60 open term `near` has no text in zh: en "near"
11:7 this has no text in zh: "Days at sea"
"""
ROLLING = """\
draft rolling "Rolling text" zh "滚动文本"
options reach "Least distance" one of A, B
clause 1 every unit must keep separation >= [reach A: 500 m | B: 1,000 m] text en "Keep [far | near]."
[B: clause 3 "Record" zh "记录" every unit must record text zh "记录。" | A: delete]
option A "as in 2014":
clause 4 [A: "Aim" | B: "Weapons" zh "武器"] every unit must not aim [A: text "Do not." | B: text zh "不得。"]
option B: delete
end of options
tie reach is B only if 3 is B "Compromise of 4 May"
"""
OF_ROLLING = """\
2:15 `reach` has no title in zh: "Least distance"
3:80 clause 1 has no text in zh: en "Keep [far | near]."
6:14 clause 4 has no title in zh: "Aim"
6:77 clause 4 has no text in zh: "Do not."
9:31 this has no text in zh: "Compromise of 4 May"
"""


def listed(text: str, language: Language) -> str:
    """What is missing, one line each: `line:column message: what there is`."""
    file, wrong = parse(Source("text.cbm", text))
    assert not wrong, wrong[0].message
    missing = ((*one.span.begin, one.message, one.given) for one in missing_in(file.documents, language))
    return "".join(f"{line}:{column} {message}: {given}\n" for line, column, message, given in missing)


@pytest.mark.parametrize(
    ("text", "expected"),
    [(VOCABULARY, OF_VOCABULARY), (DRAFT, OF_DRAFT), (ROLLING, OF_ROLLING)],
    ids=["vocabulary", "draft", "brackets"],
)
def test_all_that_has_words_and_none_in_chinese(text: str, expected: str) -> None:
    assert listed(text, "zh") == expected


def test_words_that_do_not_say_their_language_are_english() -> None:
    assert listed(DRAFT, "en") == (
        "5:1 clause 3.2 has no text in en: clause 2 every unit may jam\n"
        '8:1 clause 4.5 has no text in en: without prejudice 4.5 "claims"\n'
    )


def test_nothing_is_asked_of_clauses_where_none_is_quoted() -> None:
    assert listed('draft code\nclause 1 every unit must aim\nclause 2 "B" ja "二" every unit may aim\n', "ja") == ""


def test_each_title_of_an_article_in_brackets_is_asked_for() -> None:
    text = 'draft code zh "准则"\narticle 2 [A: "Aim" zh "瞄准" | B: "Weapons" | C: "Arms"] ja "武器"\n'
    assert listed(text, "zh") == (
        '2:34 article 2 has no title in zh: "Weapons"\n2:49 article 2 has no title in zh: "Arms"\n'
    )


def test_words_of_another_chinese_are_no_chinese_that_is_spoken() -> None:
    assert listed('draft code zh-Hant "守則"\n', "zh") == '1:12 `code` has no title in zh: zh-Hant "守則"\n'


@pytest.mark.parametrize("language", ["zh", "ja"])
def test_the_shipped_vocabularies_lack_nothing(language: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fmt", "--texts", language, str(ROOT / "specs" / "vocabulary")]) == Exit.FINE
    assert capsys.readouterr() == ("", f"Nothing is missing in {language}.\n")


def test_files_are_listed_and_left_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    loose = 'draft code "A code"\nclause 1   every unit must\n  aim\nclause 2 every unit may aim text zh "可瞄准。"\n'
    Path("code.cbm").write_text(loose, encoding="utf-8")
    assert main(["fmt", ".", "--texts", "zh"]) == Exit.FINDINGS
    told = capsys.readouterr()
    assert told.out == (
        "code.cbm:1:12: `code` has no title in zh\n"
        '  "A code"\n'
        "code.cbm:2:1: clause 1 has no text in zh\n"
        "  clause 1   every unit must\n"
        "    aim\n"
    )
    assert told.err == "2 texts are missing in zh.\n"
    assert Path("code.cbm").read_text(encoding="utf-8") == loose
    assert main(["--lang", "zh", "fmt", ".", "--texts", "ja"]) == Exit.FINDINGS
    told = capsys.readouterr()
    assert told.out.startswith("code.cbm:1:12: `code`没有ja标题\n")
    assert "code.cbm:2:1: 条款1没有ja引文\n" in told.out
    assert told.err == "缺少3处ja文字。\n"


def test_of_what_cannot_be_read_nothing_is_listed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("wrong.cbm").write_text('draft near "Near"\nclause 1 must must\n', encoding="utf-8")
    Path("bytes.cbm").write_bytes(b"\xff\xfe\x00")
    assert main(["fmt", ".", "--texts", "ja"]) == Exit.MISUSE  # as where a file cannot be read in a check
    told = capsys.readouterr()
    assert told.out.startswith("wrong.cbm:2:")
    assert told.out.count("\n") == 1, "nothing is listed, and nothing was checked"
    assert "Not read: bytes.cbm" in told.err
    assert told.err.endswith("2 files cannot be read: nothing of them is listed.\n")


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b'draft code "A code"\n')))
    assert main(["fmt", "-", "--texts", "zh"]) == Exit.FINDINGS
    assert capsys.readouterr().out == '<stdin>:1:12: `code` has no title in zh\n  "A code"\n'
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO('draft code zh "准则"\n'.encode())))
    assert main(["fmt", "-", "--texts", "zh", "--lang", "en"]) == Exit.FINE


@pytest.mark.parametrize("other", ["--check", "--diff"])
def test_a_listing_is_no_layout(other: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fmt", "--texts", "zh", other, "."]) == Exit.MISUSE
    assert "lists what is missing and lays nothing out: leave --check, --diff and --acts out" in capsys.readouterr().err
    assert main(["fmt", "--texts", "fr", "."]) == Exit.MISUSE
    assert main(["fmt", "--texts", "zh"]) == Exit.MISUSE
