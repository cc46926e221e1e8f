"""Words that a drafter looks for: found by what they are called, shown as they are written, and as data."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

import cbm
from cbm.cli import main
from cbm.finding import Misuse, Severity
from cbm.outcomes.word_list import WordEntry
from cbm.project.spec_files import standard_documents
from cbm.render import WORDS_RENDERERS
from cbm.syntax.synonyms import synonyms
from cbm.translation.speech import Language, speaking

OWN = """\
vocabulary strait "The strait"
party CN "China" zh "中国"
party JP "Japan"
kind craft = tug "tug" | barge "barge" # in the strait
situation encounter
roles own, other
each
  party : party
  craft : craft
  drifting "adrift" : flag
shared
  fog "fog" otherwise "clear weather" : flag
term near "close by" means gap_found <= 1 nmi
shared
  gap_found "gap" : length from 0 nmi to 9 nmi
topic help "help"
act tow "takes the other unit in tow" stating position topic help
act hoot "sounds its whistle" topic help
never tow with hoot
draft code "Code of the strait"
  uses strait
  between CN, JP
article 1 "Help"
clause 1 "Towing" a tug meeting a barge when other.drifting and not fog must tow
  text en "A tug helps." source "Minutes" seen secondary
clause 2 a barge should not hoot # quietly
clause 3 exception to 1 when own.drifting
left out 4 "Costs" because "they bind no unit"
"""


def names(query: str, **more: tuple[str, ...]) -> list[str]:
    return [word.name for word in cbm.words(query, **more).words]


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("military aircraft", "military_aircraft"),
        ("Japan", "JP"),
        ("中国", "CN"),
        ("fire-control radar", "illuminate_fire_control"),
        ("火控雷达", "illuminate_fire_control"),
        ("report", "report_incident"),
        ("slows down", "reduce_speed"),
        ("fishing vessels", "fishing_vessel"),
        ("drones", "uncrewed_aircraft"),
        ("ホットライン", "ministry_line"),
        ("EEZ", "eez"),
    ],
)
def test_a_word_is_found_by_what_a_drafter_calls_it(query: str, name: str) -> None:
    assert name in names(query)[:2]


@pytest.mark.parametrize(
    ("query", "written"),
    [
        ("both parties", "each party"),
        ("where", "when …"),
        ("mustn't", "must not"),
        ("双方", "each party"),
    ],
)
def test_a_word_of_the_language_is_found_by_what_is_said_for_it(query: str, written: str) -> None:
    assert [phrase.written for phrase in cbm.words(query).phrases] == [written]


def test_what_can_mean_two_things_is_found_with_both() -> None:
    found = [phrase.written for phrase in cbm.words("within 30 min of").phrases]
    assert found == ["within … after X", "within … before X"]


def test_what_is_nearly_spelt_so_is_found_where_nothing_else_is() -> None:
    told = cbm.words("illuminte_fire_control")
    assert told.near
    assert [word.name for word in told.words] == ["illuminate_fire_control"]
    assert not cbm.words("illuminate_fire_control").near


def test_a_word_says_what_it_takes_and_where_it_is_used() -> None:
    (word,) = cbm.words("identify_visually").words
    assert word.titles[0] == ("", "comes close enough to identify the other unit by eye")
    assert word.written == ("must identify_visually", "when other.identify_visually")
    assert word.needs == ("topic flight", "only where separation <= 300 m")
    (line,) = cbm.words("ministry_line").words
    assert "between CN and JP" in line.needs
    assert ("macm_line", ("3(2)",)) in [(use.text, use.clauses) for use in line.uses]


CHANNEL = """vocabulary lines_of_two "Lines"
  uses channels
act agree_to_talk, confirm topic notices
channel duty "Duty line" between CN, JP
  for notices
  operational from 2020-01-01
  open 08:00 to 18:00 Asia/Tokyo Mon to Fri at JP
  when closed refuses messages
  prior consent agree_to_talk
  acknowledged by confirm
channel forum "Forum" between CN, JP
  for notices
  operational from 2020-01-01
  meets once every 6 months  held 2020-02-01, 2020-08-01
"""


def test_all_that_a_channel_waits_for_is_told(tmp_path: Path) -> None:
    path = tmp_path / "lines_of_two.cbm"
    path.write_text(CHANNEL, encoding="utf-8")
    told = {word.name: word.needs for word in cbm.words("", uses=(path,)).words if word.sort == "channel"}
    assert {"when closed refuses messages", "prior consent agree_to_talk", "acknowledged by confirm"} <= {*told["duty"]}
    assert {"meets once every 6 months", "held 2020-02-01, 2020-08-01"} <= {*told["forum"]}


@pytest.mark.parametrize("language", ["en", "zh", "ja"])
def test_a_word_is_written_alike_whoever_reads_of_it(language: Language) -> None:
    with speaking(language):
        assert cbm.words("warship").words[0].written[0] == "a warship must …"
        assert cbm.words("aircraft").words[0].written == ("an aircraft must …", "when own.aircraft")


def test_a_text_shows_its_clauses_its_marks_and_what_it_leaves_out(tmp_path: Path) -> None:
    file = tmp_path / "code.cbm"
    file.write_text(OWN, encoding="utf-8")
    told = cbm.words(uses=[file])
    (text,) = told.texts
    assert text.provisions is not None
    assert [(one.label, one.what, one.words) for one in text.provisions] == [
        ("1", "article", ""),
        (
            "1.1",
            "duty",
            "a tug meeting a barge when other unit is adrift and clear weather must take the other unit in tow",
        ),
        ("1.2", "advice against", "a barge should not sound its whistle"),
        ("1.3", "exception", "exception to 1 when own unit is adrift"),
    ]
    assert [source.mark for source in text.provisions[1].sources] == ["seen secondary"]
    assert [(one.label, one.title, one.reason) for one in text.left_out] == [("4", "Costs", "they bind no unit")]
    assert {"tow", "near", "tug", "CN"} <= {word.name for word in told.words}
    assert "hold_course" not in {word.name for word in told.words}
    page = WORDS_RENDERERS["text"](told)
    assert "1.1 “Towing” duty: a tug meeting a barge" in page
    assert "[seen secondary]" in page
    assert "4 Costs: they bind no unit" in page
    assert "exception to 1 when" in WORDS_RENDERERS["markdown"](told)


def test_the_roles_of_a_situation_are_words_to_write() -> None:
    roles = {word.name: word for word in cbm.words(uses=["activities"]).words if word.sort == "role"}
    assert {name: role.written for name, role in roles.items()} == {
        "organiser": ("organiser must …",),
        "informed": ("informed must …",),
    }
    taken = {word.name: word.written for word in cbm.words(uses=["encounters"]).words if word.sort == "role"}
    assert taken == {"own": ("every unit must …",), "other": ("when other is a …",)}


def test_only_words_of_what_is_named_are_looked_through() -> None:
    assert names("report_incident", uses=("activities",)) == ["report_incident", "incidents"]
    assert names("hold_course", uses=("activities",)) == []
    with pytest.raises(Misuse, match=r"no file, vocabulary or text called `activites`; did you mean `activities`\?"):
        cbm.words(uses=["activites"])


def test_with_a_word_go_others_of_what_is_looked_through_alone() -> None:
    def acts(**uses: tuple[str, ...]) -> str:
        found = (word for word in cbm.words("notices", **uses).words if word.declared_in == "channels")
        return " ".join(need for word in found for need in word.needs)

    assert "notify" in acts(uses=("activities",))
    assert "announce_danger_area" not in acts(uses=("activities",))  # an act of encounters
    assert "announce_danger_area" in acts()


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.cbm").write_text("vocabulary mine\nact must\n", encoding="utf-8")
    with pytest.raises(Misuse, match=r"mine.cbm:2: `must` is a word of the language"):
        cbm.words(uses=[tmp_path / "mine.cbm"])


@pytest.mark.parametrize("vocabulary", [path.stem for path in standard_documents() if path.parent.name == "vocabulary"])
def test_each_way_to_write_a_word_is_understood(vocabulary: str, tmp_path: Path) -> None:
    """Written into a text, every one of them is read and means something."""
    told = cbm.words(uses=[vocabulary])
    acts = [word for word in told.words if word.sort == "act"]
    if not acts or not any(word.sort == "attribute" for word in told.words):
        return
    clauses = [
        f"clause {number} {clause}" for number, clause in enumerate(written_out(told.words, acts[0].name), 1) if clause
    ]
    file = tmp_path / "all_words.cbm"
    file.write_text("\n".join([f"draft all_words\n  uses {vocabulary}", *clauses]), encoding="utf-8")
    _, findings = cbm.load([file])
    wrong = [f"{f.message}: {f.primary.span.text}" for f in findings if f.severity is Severity.ERROR]
    assert wrong == []
    assert len(clauses) > 10


def written_out(words: tuple[WordEntry, ...], act: str) -> list[str]:
    """A clause for each way in which a word is written."""
    found = []
    for word in words:
        for way in word.written:
            if way.startswith("must keep") or way.endswith("is a …"):
                continue  # of which quantity, or of which kind, is left to who writes it
            if way.startswith("must "):
                found.append(f"every unit {way}")
            elif way.startswith("when "):
                found.append(f"{who(way)} {way} must {act}")
            elif way.endswith(" must …"):
                found.append(way.replace("…", act))
            elif way.startswith(("within ", "through ", "at level ", "worded in ")):
                found.append(f"every unit must {act} {way}")
    return found


def who(condition: str) -> str:
    """Who is bound where this is so: the role that it speaks of, if that stays with one side."""
    role = re.search(r"(\w+)\.", condition)
    return role[1] if role and role[1] not in ("own", "other") else "every unit"


def test_the_table_of_synonyms_speaks_of_words_that_there_are() -> None:
    known = {word.name for word in cbm.words().words}
    table = synonyms()
    assert [name for name in table.words if name not in known] == []
    said = [(one, name) for name, several in table.words.items() for one in several]
    assert len(said) == len(set(said))
    assert all(several for several in (*table.words.values(), *table.language.values()))


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["words", "slows", "down"]) == 0
    page = capsys.readouterr().out
    assert "reduce_speed (act of encounters: said for “slow down”)" in page
    assert "write  `must reduce_speed` · `when other.reduce_speed`" in page
    assert main(["words", "zzyzx"]) == 1
    assert "nor nearly so" in capsys.readouterr().out
    assert main(["words", "--uses", "nowhere"]) == 2


def test_the_json_is_as_the_schema_says() -> None:
    shipped = Path(cbm.__file__).parent / "render" / "schema-words-1.json"
    for told in (cbm.words("macm_line"), cbm.words("where")):
        page = json.loads(WORDS_RENDERERS["json"](told))
        Draft202012Validator(json.loads(shipped.read_text(encoding="utf-8"))).validate(page)
    page = json.loads(WORDS_RENDERERS["json"](cbm.words("macm_line")))
    assert page["texts"][0]["left_out"][0]["reason"] == "they ask nothing of anybody"
