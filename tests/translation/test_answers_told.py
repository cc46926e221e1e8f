"""What is told of clauses that bind, of changes and of models is told in the language of the reader."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import cbm
from cbm.render.any_page import Outcome
from cbm.translation.speech import Language, speaking
from tests.translation.encounters import ENCOUNTER

VOCABULARY = f"""\
vocabulary strait "A strait" zh "海峡" ja "海峡"
{ENCOUNTER}\
  fog "there is fog" zh "有雾" ja "霧がある" otherwise "there is no fog" zh "无雾" ja "霧がない" : flag
topic manoeuvre "manoeuvre" zh "机动" ja "運動"
act call "calls the other unit" zh "呼叫他方" ja "相手を呼び出す" stating position topic manoeuvre
act turn "turns" zh "转向" ja "転針する" topic manoeuvre
result separation "distance" zh "距离" ja "距離" : length from 0 m to 10,000 m topic manoeuvre
channel line "Line" between CN, JP
  for manoeuvre
  operational from 2019-01-01
"""
OLD = """\
draft code
  uses strait
  between CN, JP
clause 1 every unit when fog must call stating position
clause 2 every unit must not turn
clause 3 every unit should keep separation >= 500 m
clause 4 every unit may call through line
"""
NEW = OLD.replace("should keep", "must keep").replace("when fog ", "")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in (("strait", VOCABULARY), ("old", OLD), ("new", NEW)):
        (tmp_path / f"{name}.cbm").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("language", "demands", "assumed"),
    [
        (
            "en",
            ["must call stating position", "must not turn", "should keep separation >= 500 m", "may call through line"],
            "own unit and other unit are each of China or Japan",
        ),
        (
            "zh",
            [
                "必须呼叫对方单位（说明`position`）",
                "不得转向",
                "宜使距离不小于500 m",
                "允许呼叫对方单位（通过`line`进行）",
            ],
            "本方单位和对方单位各属于中国或日本",
        ),
        (
            "ja",
            [
                "相手ユニットを呼び出す（`position`を述べる）義務を負う",
                "転針することを禁じられる",
                "距離が500 m以上であるようにすることが勧告される",
                "相手ユニットを呼び出す（`line`を通じて行われる）ことができる",
            ],
            "自ユニット及び相手ユニットはそれぞれ中国又は日本のものである",
        ),
    ],
)
def test_what_clauses_ask_for(folder: Path, language: Language, demands: list[str], assumed: str) -> None:
    with speaking(language):
        answer = cbm.ask([folder / "old.cbm"], given="fog")
    assert [clause.demand for clause in answer.bearers[0].clauses] == demands
    assert answer.assumed == (assumed,)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        (
            "zh",
            {
                "条款1使原本自由的行为构成违反": "其条件改写",
                "条款3使原本的建议成为义务": "`should`改为`must`",
            },
        ),
        (
            "ja",
            {
                "条項1は、自由であった行動を違反とする": "条件が書き改められた",
                "条項3は、勧告であった事項を義務とする": "`should`が`must`となった",
            },
        ),
    ],
)
def test_what_changed(folder: Path, language: Language, told: dict[str, str]) -> None:
    with speaking(language):
        ledger = cbm.diff(folder / "old.cbm", folder / "new.cbm", findings=False)
    assert {change.message: change.why for change in ledger.steps[0].changes} == told


@pytest.mark.parametrize(
    ("language", "stance"),
    [("zh", "由条款3满足（作为义务）"), ("ja", "条項3により満たされる（義務として）")],
)
def test_how_a_draft_stands_to_its_model(folder: Path, language: Language, stance: str) -> None:
    with speaking(language):
        report = cbm.compare(folder / "new.cbm", [folder / "old.cbm"])
    by_label = {provision.label: provision for provision in report.models[0].provisions}
    assert [told.message for told in by_label["3"].stances] == [stance]


PROVISIONS = """\
draft code
  uses strait
article 2 "Fog"
clause 1 every unit when not ((own.slow and not fog) or other.slow) must turn
article "Rest"
clause 2 every unit when not own.slow must turn
"""


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "zh",
            [
                "第2条“Fog”",
                "1 义务：在“（本方单位并未缓行，或有雾），且对方单位并未缓行”时，每个单位：必须转向",
                "条“Rest”",
            ],
        ),
        (
            "ja",
            [
                "第2条「Fog」",
                (
                    "1 義務：「（自ユニットが低速でない、又は霧がある）、かつ相手ユニットが低速でない」の場合、"
                    "すべてのユニット：転針する義務を負う"
                ),
                "条「Rest」",
            ],
        ),
    ],
)
def test_what_is_denied_is_denied_in_place_and_articles_are_named(
    tmp_path: Path, language: Language, lines: list[str]
) -> None:
    flag = '  slow "slow" zh "缓行" ja "低速" : flag\nshared\n'
    (tmp_path / "strait.cbm").write_text(VOCABULARY.replace("shared\n", flag, 1), encoding="utf-8")
    (tmp_path / "code.cbm").write_text(PROVISIONS, encoding="utf-8")
    with speaking(language):
        page = cbm.render(cbm.words(uses=[tmp_path / "code.cbm"]))
    told = page.replace("\n    ", "")
    assert [line for line in lines if line not in told] == []


@pytest.mark.parametrize(
    "asked",
    [
        lambda folder: cbm.ask([folder / "old.cbm"], given="fog"),
        lambda folder: cbm.cards(folder / "old.cbm"),
        lambda folder: cbm.compare(folder / "new.cbm", [folder / "old.cbm"]),
        lambda folder: cbm.coverage(folder / "old.cbm"),
        lambda folder: cbm.diff(folder / "old.cbm", folder / "new.cbm", findings=False),
        lambda folder: cbm.example(folder / "old.cbm", "1"),
        lambda folder: cbm.run([folder / "old.cbm"]),
        lambda folder: cbm.words(uses=[folder / "old.cbm"]),
    ],
)
def test_an_answer_is_shown_in_the_language_in_which_it_was_given(
    asked: Callable[[Path], Outcome], folder: Path
) -> None:
    with speaking("zh"):
        told = asked(folder)
        pages = [cbm.render(told), cbm.render(told, "json")]
    assert [cbm.render(told), cbm.render(told, "json")] == pages
    with speaking("ja"):
        assert cbm.render(told) == pages[0]


@pytest.mark.parametrize(
    ("language", "refusal"), [("zh", "没有情形同时满足这些条件"), ("ja", "これらすべてを満たす状況はない")]
)
def test_what_is_refused(folder: Path, language: Language, refusal: str) -> None:
    with speaking(language), pytest.raises(cbm.Misuse, match=refusal):
        cbm.ask([folder / "old.cbm"], given="fog and not fog")


@pytest.mark.parametrize(
    ("language", "provisions"),
    [
        (
            "zh",
            [
                "在“有雾”时，每个单位：必须呼叫他方（`must call stating position`）",
                "每个单位：不得转向",
                "每个单位：宜使距离不小于500 m",
            ],
        ),
        (
            "ja",
            [
                "「霧がある」の場合、すべてのユニット：相手を呼び出す義務を負う（`must call stating position`）",
                "すべてのユニット：転針することを禁じられる",
                "すべてのユニット：距離が500 m以上であるようにすることが勧告される",
            ],
        ),
    ],
)
def test_what_stands_in_a_text(folder: Path, language: Language, provisions: list[str]) -> None:
    with speaking(language):
        (text,) = cbm.words(uses=[folder / "old.cbm"]).texts
    assert [provision.words for provision in text.provisions or ()][:3] == provisions
