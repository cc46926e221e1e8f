"""What checks find is told wholly in the language of the reader, and so is what they could not find out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cbm.checks import RULES
from cbm.finding import Finding
from cbm.render.identity import identities
from cbm.translation.saying import say
from cbm.translation.speech import Language, speaking
from tests.translation.encounters import WATCH, told_in

TEXT = f"""\
{WATCH}\
  distance "the distance" zh "距离" ja "距離" : length from 0 m to 10 km
topic calls
act call, answer, wave topic calls
draft rules
  uses watch
  proposed 2031-03-01
clause 1 every unit must call
clause 2 every unit must call restates 1
clause 3 every unit when distance < 1 km and distance > 2 km must call
clause 4 every unit when distance < 3 km must answer
clause 5 every unit when distance > 3 km must answer
clause 6 every unit when night must answer upon own.call
clause 7 every unit when night must call upon own.answer
reserve 8 "the night" for calls when night until 2030-01-01
# cbm: ignore[conflict] because it is being talked about
clause 9 every unit when distance > 9 km must not answer
"""
_CODE = re.compile("`[^`]*`|km|watch")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("told") / "rules.cbm"
    path.write_text(TEXT, encoding="utf-8")
    return path


def said_of(finding: Finding) -> Iterator[str]:
    yield finding.message
    yield from (label.text for label in (finding.primary, *finding.related))
    yield from (*finding.remedies, *finding.notes, *finding.why, finding.whenever)


@pytest.mark.parametrize(
    ("language", "wanted"),
    [
        (
            "zh",
            {
                "unused": "词汇表watch中有1个词语没有任何条款提到：行为`wave`（第12行）",
                "vacuity": "条款3的条件在任何相遇中都不成立",
                "seam": "`answer`在略低于和略高于界限处均有规定，而在距离恰为3 km时没有任何条款规定",
                "reserve": "保留8已于2030-01-01终止，它所留待解决的内容重新计入",
            },
        ),
        (
            "ja",
            {
                "unused": "語彙watchの1語について、どの条項も触れていない：行為`wave`（12行目）",
                "vacuity": "条項3の条件はどの遭遇においても満たされない",
                "seam": "`answer`は境界のすぐ下とすぐ上では規律されているが、距離がちょうど3 kmである場合には"
                "どの条項も規律していない",
                "reserve": "留保8は2030-01-01に終了し、未決のまま残していたものが再び数えられる",
            },
        ),
    ],
)
def test_findings_are_told_wholly_in_the_language_of_the_reader(
    language: Language, wanted: dict[str, str], file: Path
) -> None:
    report = told_in(language, file)
    told: dict[str, str] = {finding.rule: finding.message for finding in report.findings}
    assert told == {**told, **wanted}
    english = [words for f in report.findings for words in said_of(f) if re.search("[A-Za-z]", _CODE.sub("", words))]
    assert not english
    assert set(identities(report.findings)) == set(identities(told_in("en", file).findings))


@pytest.mark.parametrize("language", ["zh", "ja"])
def test_each_rule_is_explained_in_paragraphs_of_that_language(language: Language) -> None:
    for rule in RULES.values():
        with speaking(language):
            summary, explained = say(rule.summary), say(rule.explanation)
        assert re.search("[\u3040-\u30ff\u4e00-\u9fff]", summary), rule.id
        assert explained.count("\n\n") == rule.explanation.count("\n\n"), rule.id
