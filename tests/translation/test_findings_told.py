"""What is told of findings is told in the language of the reader, and is the same finding in each."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.finding import Finding
from cbm.render import RENDERERS
from cbm.render.identity import identities
from cbm.translation.speech import LANGUAGES, Language, speaking
from tests.translation.encounters import WATCH, told_in

TEXT = f"""\
{WATCH}\
topic calls
topic signals
act call, answer topic calls
draft rules
  uses watch
  covers calls, signals in every type of encounter when night
clause 1 every unit when night must call
clause 2 every unit must not call
clause 3 every unit must answer
clause 5 exception to 3 when night
clause 4 every unit when night must answer restates 3
"""


def found(folder: Path, language: Language, text: str = TEXT) -> list[Finding]:
    (folder / "rules.cbm").write_text(text, encoding="utf-8")
    return list(told_in(language, folder / "rules.cbm").findings)


def told(findings: list[Finding], rule: str) -> Finding:
    return next(finding for finding in findings if finding.rule == rule)


@pytest.mark.parametrize(
    ("language", "departs"),
    [
        ("zh", "在时值夜间的情况下，条款4比条款3要求得更多：条款3的例外5在时值夜间的情况下成立"),
        ("ja", "夜間である場合、条項4は条項3より多くを求める：条項3の例外5は夜間である場合に成り立つ"),
    ],
)
def test_findings_are_told_in_the_language_of_the_reader_and_have_one_id(
    language: Language, departs: str, tmp_path: Path
) -> None:
    english, translated = found(tmp_path, "en"), found(tmp_path, language)
    assert identities(translated) == identities(english)
    assert told(translated, "divergent-restatement").notes[1] == departs


def test_advice_quotes_the_words_of_the_language_in_each(tmp_path: Path) -> None:
    older = "instrument old\n  uses watch\nclause 9 every unit must not call\ndraft rules\n  beside old"
    text = TEXT.replace("draft rules", older).replace("clause 2 every unit must not call\n", "")
    advice = {language: told(found(tmp_path, language, text), "agreement-conflict").remedies for language in LANGUAGES}
    assert advice["en"][-1] == "or write `notwithstanding 9 of old` in 1 if the draft is to prevail"
    assert advice["zh"][-1] == "若草案应优先，也可在条款1中写`notwithstanding 9 of old`"
    assert advice["ja"][-1] == "又は、草案を優先させるなら、条項1に`notwithstanding 9 of old`と書く"


def test_topics_are_called_as_their_vocabulary_calls_them(tmp_path: Path) -> None:
    text = TEXT.replace("topic signals", 'topic signals "signals" zh "信号" ja "信号"')
    text = text.replace("draft rules", "act flash topic signals\ndraft rules")
    lacking = {language: told(found(tmp_path, language, text), "gap").remedies[0] for language in LANGUAGES}
    assert lacking["en"] == "add a clause on signals for it"
    assert "信号" in lacking["zh"]
    assert "信号" in lacking["ja"]
    assert "signals" not in lacking["zh"] + lacking["ja"]
    with speaking("ja"):
        page = RENDERERS["markdown"](told_in("ja", tmp_path / "rules.cbm"))
    assert "「信号」" in page
    assert "`signals`" not in page


def test_quoted_texts_are_held_against_their_clauses_whatever_the_reader_speaks(tmp_path: Path) -> None:
    quoting = 'clause 1 CN when night must call\n  text en "At night Japan calls."\n'
    text = TEXT.replace("clause 1 every unit when night must call\n", quoting)
    wording = {language: told(found(tmp_path, language, text), "wording").message for language in LANGUAGES}
    assert wording == {
        "en": "the English text of 1 names Japan, and the clause does not",
        "zh": "条款1的英文文本提到Japan，而条款没有提到",
        "ja": "条項1の英語文はJapanを挙げるが、条項は挙げていない",
    }
