"""Cards to learn a text by, and drills: what is on them, printed and as data, and how far they cover the text."""

from __future__ import annotations

import gc
import inspect
import json
import re
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

import cbm
from cbm.cli import main
from cbm.finding import Exit, Misuse
from cbm.outcomes.training_cards import CardDeck, ClauseCard
from cbm.process.budget import WorkSpent
from cbm.records import replace
from cbm.render import CARDS_RENDERERS
from cbm.render.cards import cards_json
from cbm.search.replay import Episodes
from cbm.translation.speech import speaking
from tests.questions.consulting.test_answering import DRAFT, VOCABULARY

SHIPPED = Path(__file__).parents[2] / "specs" / "drafts" / "code_of_conduct_2019.cbm"
FURTHER = """\
clause 20 exception to 1 when own.damaged
  text en "A damaged frigate need not keep its distance."
clause 21 "Looking closely" a frigate meeting a tanker when range < 500 m must keep separation <= 1,000 m
  subject to 1
  text en "A frigate <b>looks</b> closely." zh "护卫舰抵近观察。"
clause 22 "Never" a frigate meeting a tanker when own.craft is tug must call
clause 23 every unit when fog must not turn
clause 24 every unit when fog must not signal
  in place of 23
"""


@pytest.fixture
def deck(tmp_path: Path) -> CardDeck:
    return cbm.cards(written(tmp_path))


def written(folder: Path, more: str = FURTHER) -> Path:
    path = folder / "code.cbm"
    path.write_text(f"{VOCABULARY}\n{DRAFT}{more}", encoding="utf-8")
    return path


def card(deck: CardDeck, clause: str) -> ClauseCard:
    return next(one for one in deck.clauses if one.illustration.clause == clause)


def test_a_card_says_who_when_and_what(deck: CardDeck) -> None:
    told = card(deck, "1")
    assert (told.kind, told.who, told.when) == ("duty", "a frigate meeting a tanker", ())
    assert told.unless == ("fog", "own unit is damaged (20)")
    assert told.demand == "must keep closest distance >= 1,852 m"
    assert [(one.text, one.mark) for one in told.sources] == [("A paper", "seen text")]
    assert told.illustration.witness is not None
    assert "frigate (own)" in told.illustration.witness.words
    assert told.illustration.near_misses
    assert card(deck, "6").otherwise == ("must signal",)
    assert card(deck, "24").displaced == ("23",)
    assert [one.language for one in card(deck, "21").quoted] == ["en", "zh"]


def test_an_exception_has_a_card(deck: CardDeck) -> None:
    told = card(deck, "20")
    assert (told.kind, told.when, told.demand) == ("exception", ("own unit is damaged",), "lifts 1")
    assert told.illustration.witness is not None
    assert "own unit is damaged" in told.illustration.witness.words


def test_what_has_no_card_is_named_with_the_reason(deck: CardDeck) -> None:
    reasons = {one.illustration.clause: one.illustration.why for one in deck.missing}
    assert reasons == {
        "22": "its conditions are met in no such encounter",
        "23": "wherever it would bind another clause stands in its place",
    }
    assert "22 “Never”: its conditions are met in no such encounter" in CARDS_RENDERERS["text"](deck)


def test_a_settled_conflict_has_a_card(deck: CardDeck) -> None:
    told = next(one for one in deck.conflicts if "21" in [each.clause for each in one.yielding])
    assert [one.clause for one in told.prevailing] == ["1"]
    assert [one.clause for one in told.yielding] == ["21"]
    assert told.by == "21 yields to 1"
    assert told.where.complete
    assert told.kept
    assert told.witness is not None
    assert deck.unsettled == (("8", "24"),)


def test_a_card_shows_two_sets_of_conditions_and_counts_the_others(deck: CardDeck) -> None:
    told = deck.conflicts[0]
    several = replace(told, where=replace(told.where, words=("fog", "calm", "wind", "rain")))
    page = CARDS_RENDERERS["markdown"](replace(deck, conflicts=(several,)))
    assert "  - fog\n  - calm\n  - and under 2 further sets of conditions\n" in page


def test_a_clause_is_shown_where_it_prevails_if_it_does_anywhere(deck: CardDeck) -> None:
    assert [one.illustration.clause for one in deck.clauses if one.yields] == ["8"]
    assert "and wherever it binds, it yields" in CARDS_RENDERERS["text"](deck)
    told = card(deck, "21").illustration.witness
    assert told is not None
    assert "; fog;" in told.words, "or else 1 would prevail"


def test_drills_exercise_every_clause_and_every_pair_that_meets(deck: CardDeck) -> None:
    made = {one.illustration.clause for one in deck.made}
    assert {clause for one in deck.drills.each for clause in one.clauses} == made
    pairs = {pair for one in deck.drills.pairs for pair in combinations(sorted(one.clauses), 2)}
    assert len(pairs) == deck.drills.met
    assert deck.drills.met + deck.drills.apart == len(made) * (len(made) - 1) // 2
    assert deck.drills.doubt == ""
    assert deck.exit is Exit.FINE


def test_the_same_text_has_the_same_cards_whenever_memory_is_cleared(tmp_path: Path) -> None:
    path, often = written(tmp_path), gc.get_threshold()
    pages = []
    for threshold in (100_000, 300):
        gc.set_threshold(threshold)
        try:
            pages.append(CARDS_RENDERERS["text"](cbm.cards(path)))
        finally:
            gc.set_threshold(*often)
    assert pages[0] == pages[1]


def test_sentences_are_counted_beside_their_clauses_and_called_as_readers_do(tmp_path: Path) -> None:
    (tmp_path / "code.cbm").write_text(
        f"{VOCABULARY}\ndraft code\n  uses strait\n  between CN, JP\nclause 1 a tug must turn; must signal\n",
        encoding="utf-8",
    )
    told = cbm.cards(tmp_path / "code.cbm")
    assert "code: a card for each of 2 sentences of 1 clause\n" in CARDS_RENDERERS["text"](told)
    with speaking("zh"):
        told = cbm.cards(tmp_path / "code.cbm")
        page = CARDS_RENDERERS["text"](told)
    assert "1 第2句（义务）" in page
    assert "sentence" not in page


def test_a_term_that_nobody_gave_a_title_is_told_by_its_name(tmp_path: Path) -> None:
    terms = "term big_unit means own.craft is tanker\nterm moored means fog\n"
    clauses = "clause 1 a tug when other.big_unit must turn\nclause 2 a big_unit when moored must signal\n"
    code = f"{VOCABULARY}{terms}\ndraft code\n  uses strait\n  between CN, JP\n{clauses}"
    (tmp_path / "code.cbm").write_text(code, encoding="utf-8")
    deck = cbm.cards(tmp_path / "code.cbm")
    assert (card(deck, "1").when, card(deck, "2").when) == (("other unit is big unit",), ("moored",))


def test_given_narrows_the_encounters(tmp_path: Path) -> None:
    deck = cbm.cards(written(tmp_path), given="own.craft is tanker and not other.damaged")
    told = card(deck, "1").illustration
    assert told.witness is not None, "the other unit is bound"
    assert "frigate (other)" in told.witness.words
    assert deck.given == "own.craft is tanker and not other.damaged"
    with pytest.raises(Misuse, match="no situation meets"):
        cbm.cards(written(tmp_path), given="own.craft is tug and own.craft is tanker")


def test_a_text_that_is_not_in_force_has_no_cards() -> None:
    deck = cbm.cards("cues", as_of=date(2001, 1, 1))
    assert deck.made == ()
    assert {one.illustration.why for one in deck.missing} == {"cues is not in force on 2001-01-01"}
    assert deck.drills.each == ()


def test_brackets_are_to_be_taken_first(tmp_path: Path) -> None:
    path = written(tmp_path, "clause 30 every unit when fog [must|should] call\n")
    with pytest.raises(Misuse, match=r"1 choice is open in code .* say which package the cards are of"):
        cbm.cards(path)
    told = card(cbm.cards(path, take=["30=2"]), "30")
    assert (told.kind, told.demand) == ("advice", "should call")
    assert told.illustration.witness is not None
    assert "own unit calls other unit" in told.illustration.witness.words, "the advice is followed where it can be"


def test_wrong_arguments_are_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(Misuse, match="`take` is a list"):
        cbm.cards(written(tmp_path), take="3=JP")
    with pytest.raises(Misuse, match="`as_of` is a `date`"):
        cbm.cards(written(tmp_path), as_of="2020-01-01")  # type: ignore[arg-type]
    with pytest.raises(Misuse, match="`document` is one path"):
        cbm.cards(["code.cbm"])  # type: ignore[arg-type]


def test_the_html_page_is_inert_and_its_links_lead_somewhere(deck: CardDeck) -> None:
    page = CARDS_RENDERERS["html"](deck)
    assert "default-src &#x27;none&#x27;" in page
    assert "<script" not in page
    assert "A frigate &lt;b&gt;looks&lt;/b&gt; closely." in page
    assert '<blockquote lang="zh">' in page
    ids = re.findall(r' id="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]*)"', page)) <= set(ids)
    assert page.count("<article") == len(deck.made) + len(deck.conflicts) + len(deck.drills.each) + len(
        deck.drills.pairs
    )
    assert "@page{size:A4" in page


def test_markdown_has_a_heading_for_each_card(deck: CardDeck) -> None:
    page = CARDS_RENDERERS["markdown"](deck)
    assert "### 21 Looking closely" in page
    assert "- **Yields:** 21 “Looking closely”" in page
    assert "> A frigate \\<b\\>looks\\</b\\> closely" in page


def test_the_json_is_as_the_schema_says(deck: CardDeck, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "cards"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert schema == json.loads(cards_json.json_schema())
    page = json.loads(cbm.render(deck, "json"))
    Draft202012Validator(schema).validate(page)
    assert len(page["conflicts"]) == 2


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(written(tmp_path))
    assert main(["cards", path]) == 0
    page = capsys.readouterr().out
    assert page.startswith("Code: cards\n  code: 11 cards for 13 clauses, and 2 settled conflicts\n")
    told = tmp_path / "cards.txt"
    assert main(["cards", path, "--steps", "1", "-o", str(told)]) == 3
    assert told.read_text(encoding="utf-8").startswith("Code: cards\n")
    assert main(["cards", path, "--given", "own.craf is tug"]) == 2
    assert "own.craf" in capsys.readouterr().err


def test_each_clause_of_a_shipped_draft_has_a_card() -> None:
    deck = cbm.cards(SHIPPED)
    assert len(deck.made) == len(deck.clauses) == 44
    assert len(deck.drills.each) == 9
    assert deck.drills.doubt == ""
    assert {clause for one in deck.drills.each for clause in one.clauses} == {
        one.illustration.clause for one in deck.made
    }


def give_up_where(function: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An encounter that is to be shown for a function of this name is too much work."""
    find = Episodes.find

    def found(episodes: Episodes, *asked: Any, **how: Any) -> Any:
        if any(info.function == function for info in inspect.stack(0)):
            raise WorkSpent("it was too hard")
        return find(episodes, *asked, **how)

    monkeypatch.setattr(Episodes, "find", found)


@pytest.mark.parametrize("function", ["bound", "missed", "_settled", "drills"])
def test_cards_of_which_an_encounter_is_too_much_work_leave_the_others(
    function: str, deck: CardDeck, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_up_where(function, monkeypatch)
    told = cbm.cards(written(tmp_path))
    clauses = [one.illustration.undecided for one in told.clauses]
    conflicts = [one.undecided for one in told.conflicts]
    drills = [words for words in told.drills.undecided if words.startswith("an encounter that exercises ")]
    left = {"bound": clauses, "missed": clauses, "_settled": conflicts, "drills": drills}
    assert {known: any("it was too hard" in words for words in some) for known, some in left.items()} == {
        known: some is left[function] for known, some in left.items()
    }
    assert (len(told.clauses), len(told.conflicts)) == (len(deck.clauses), len(deck.conflicts))
    assert told.exit is Exit.UNDECIDED
    assert len(told.made) == (0 if function == "bound" else len(deck.made))


def test_a_card_says_where_it_is_undecided_when_its_clause_does_not_bind(
    deck: CardDeck, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It said that no near encounter is one in which it does not, though none had been looked at."""
    none = "no encounter that differs"
    in_part = replace(deck, clauses=tuple(map(partly_known, deck.clauses)))
    page = CARDS_RENDERERS["text"](in_part)
    assert page.count("where else is undecided: it is too much") == sum(map(has_misses, deck.made))
    give_up_where("missed", monkeypatch)
    page = CARDS_RENDERERS["text"](cbm.cards(written(tmp_path)))
    assert none not in page
    assert page.count("undecided: it was too hard") == len(deck.made)


def partly_known(told: ClauseCard) -> ClauseCard:
    return replace(told, illustration=replace(told.illustration, undecided="it is too much"))


def has_misses(told: ClauseCard) -> bool:
    return bool(told.illustration.near_misses) and not told.always
