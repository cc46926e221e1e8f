"""What is offered where a name is not found: the nearest one, or all where they are few."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm import load_text
from cbm.pipeline import run
from cbm.resolve.faults import FEW, duplicate, suggestion, undefined
from cbm.source import Source, Span

PLACE = Span(Source("code.cbm", "draft code\n"), 6, 10)
ACTS = ["call", "report", "aim_weapons"]


@pytest.mark.parametrize(
    ("name", "meant"),
    [("cal", "call"), ("reports", "report"), ("aim_weapon", "aim_weapons"), ("CALL", "call"), ("zorp", None)],
)
def test_the_nearest_name_is_suggested(name: str, meant: str | None) -> None:
    assert suggestion(name, ACTS) == (() if meant is None else (f"did you mean `{meant}`?",))


def test_a_name_that_is_the_beginning_of_others_is_told_with_these() -> None:
    """For `aim` another act was advised that is spelt alike, `jam`."""
    assert suggestion("aim", ["aim_weapons", "jam"]) == ("did you mean `aim_weapons`?",)
    assert suggestion("aim", ["aim_guns", "aim_weapons", "jam"]) == ("write `aim_guns` or `aim_weapons`",)


def test_a_name_that_looks_the_same_is_told_from_the_other() -> None:
    alike = "did you mean `call`? it looks alike, but `\u0441` is U+0441 CYRILLIC SMALL LETTER ES"
    assert suggestion("\u0441all", ["cull", "call"]) == (alike,)
    assert suggestion("ca11", ["call"]) == ("did you mean `call`? it looks alike, but `1` is U+0031 DIGIT ONE",)


def test_it_is_the_same_one_in_whatever_order_names_are_known() -> None:
    assert suggestion("cat", ["car", "bat"]) == suggestion("cat", ["bat", "car"])


@pytest.mark.parametrize(
    ("known", "remedies"),
    [
        (ACTS, ("write one of `aim_weapons`, `call`, `report`",)),
        (["call"], ("there is `call` only",)),
        ([], ()),
        ([f"act{n}" for n in range(FEW + 1)], ("`cbm words` finds what can be written here",)),
    ],
)
def test_few_names_are_all_listed(known: list[str], remedies: tuple[str, ...]) -> None:
    finding = undefined("act", "zorp", PLACE, known).finding
    assert finding is not None
    assert (finding.message, finding.remedies) == ("no act is called `zorp`", remedies)


def test_what_is_declared_twice_shows_the_first_place() -> None:
    again, first = duplicate("the act", "call", PLACE, PLACE).finding, duplicate("the act", "call", PLACE, None).finding
    assert again is not None
    assert first is not None
    assert again.message == first.message == "the act `call` is declared twice"
    assert [label.span for label in again.related] == [PLACE]
    assert first.related == ()


def test_two_situations_are_told_once_and_where_they_meet() -> None:
    text = """\
vocabulary mine
  uses encounters, activities
draft both
  uses mine
  between CN, JP
clause 1 every unit must call
"""
    (found,) = load_text(text)[1]
    assert found.message == "the vocabularies used here describe two situations, `encounter` and `activity`"
    assert (found.primary.span.begin[0], found.primary.span.text) == (2, "activities")


def test_a_text_about_another_situation_is_refused_where_it_is_named() -> None:
    text = """\
draft near_reefs
  uses encounters
  between CN, PH
  beside doc_2002
clause 1 every unit must call
"""
    (found,) = load_text(text)[1]
    assert found.message == "`doc_2002` is about `activity`, and `near_reefs` about another situation, `encounter`"
    assert (found.primary.span.begin[0], found.primary.span.text) == (4, "doc_2002")
    assert load_text(text.replace("  beside doc_2002\n", ""))[1] == ()


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        (
            "distress",
            (
                "`own.distress` is so or not, and at no time of its own: write `when own.distress` in place of the "
                "time, or declare a moment to count from in a vocabulary of yours, `moments the_distress`"
            ),
        ),
        ("own.cal", "did you mean `call`?"),
        (
            "fog",
            (
                "the vocabularies used here have no moments: write what a unit does, such as `own.hold_course`, or "
                "declare one in a vocabulary of yours, `moments fog`"
            ),
        ),
    ],
)
def test_what_can_stand_for_a_time_is_told(name: str, advice: str) -> None:
    draft = (
        f"draft late\n  uses encounters\n  between CN, JP\nclause 1 every unit must signal within 1 h after {name}\n"
    )
    (found,) = load_text(draft)[1]
    assert (found.rule, found.remedies) == ("undefined", (advice,))


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("other.illuminate", "illuminate_fire_control"),
        ("other.dazzle", "lase"),
        ("other.signal", "signal_by_lamp` or `signal_flight_operations"),
        ("illuminate", "own.illuminate_fire_control` or `other.illuminate_fire_control"),
        ("dazzle", "own.lase` or `other.lase"),
    ],
)
def test_an_act_that_a_time_counts_from_is_the_same_one_as_elsewhere(written: str, meant: str) -> None:
    """`own.illuminate_bridge` was advised for `other.illuminate`: another act, of the other unit."""
    clause = f"draft d\nuses encounters\nbetween CN, JP\nclause 1 JP must call within 1 min after {written}\n"
    (found,) = load_text(clause)[1]
    assert found.message == f"no moment or act is called `{written.removeprefix('other.')}`"
    assert found.remedies == (f"write `{meant}`",)


@pytest.mark.parametrize(
    ("statement", "advice"),
    [
        ("covers lase in every type of encounter", "an act is promised behind `acts`: write `covers acts lase in …`"),
        (
            "covers act lase in every type of encounter",
            "an act is promised behind `acts`: write `covers acts lase in …`",
        ),
        ('reserve 2 "x" for lase when own.distress', "an act is no topic: write `sensors`"),
        ("covers seperation in every type of encounter", "did you mean `separation`?"),
    ],
)
def test_an_act_in_the_place_of_a_topic_is_told(statement: str, advice: str) -> None:
    (found,) = load_text(f"draft d\nuses encounters\nbetween CN, JP\nclause 1 JP must call\n{statement}\n")[1]
    assert (found.rule, found.remedies) == ("undefined", (advice,))


def test_what_is_advised_for_a_fact_in_the_place_of_a_time_is_read() -> None:
    words = "vocabulary more\n  uses encounters\nsituation encounter also\nmoments the_distress\n"
    for clause in (
        "every unit when own.distress must signal_by_lamp",
        "every unit when own.distress must signal_by_lamp within 1 h after the_distress",
    ):
        draft = f"draft late\n  uses more\n  between CN, JP\nclause 1 {clause}\n"
        assert load_text(words + draft)[1] == ()


@pytest.mark.parametrize("written", ["__", "TBD", "TBD m", "XX km"])
def test_a_figure_that_is_still_open_is_advised_as_it_is_written(written: str, tmp_path: Path) -> None:
    path = tmp_path / "code.cbm"
    text = f"draft code\n  uses encounters\n  between CN, JP\nclause 1 a warship must keep separation >= {written}\n"
    path.write_text(text, encoding="utf-8")
    advice = (
        "a figure that is still open is written with its range, such as `[__ from 100 m to 1,000 m]`, or of a time "
        "`[__ from 1 h to 3 h]`"
    )
    assert advice in [remedy for finding in run([path]).findings for remedy in finding.remedies]
    path.write_text(text.replace(written, "[__ from 100 m to 1,000 m]"), encoding="utf-8")
    assert not run([path]).findings


def test_a_name_of_a_vocabulary_that_comes_with_cbm_is_told_where_it_can_be_changed() -> None:
    """`annex_2` brings a vocabulary that declares the act too; there nobody can change it."""
    words = 'vocabulary air\n  uses encounters\nact rock_wings "rocks its wings" topic signals\n'
    draft = "draft code\n  uses air\n  between CN, JP\n  beside annex_2\nclause 1 a fighter must rock_wings\n"
    (found,) = load_text(words + draft)[1]
    assert (found.primary.span.source.standard, found.primary.span.begin[0]) == (False, 3)
    assert [label.span.source.standard for label in found.related] == [True]
    assert found.remedies == ("leave it out here, if it is the same", "give it another name here, if it is not")


@pytest.mark.parametrize(
    ("statement", "message", "remedies", "meant"),
    [
        (
            "party CN",
            "party `CN` is declared twice",  # with another name China would be two parties
            ("leave it out here, if it is the same", "give it another name here, if it is not"),
            "",
        ),
        (
            "kind craft = buoy",
            "kind `craft` is declared twice",
            (
                "to add values to it, write `kind craft also …`",
                "give it another name here, if it is not the same",
            ),
            "kind craft also buoy",
        ),
        (
            "situation encounter",
            "situation `encounter` is declared twice",
            ("to add attributes to it, write `situation encounter also`",),
            "situation encounter also\neach\n  lit : flag",
        ),
        (
            "roles own, other",
            "the list of roles of `encounter` is declared twice",
            ("leave it out here: the roles are `own` and `other`",),
            "",
        ),
    ],
)
def test_what_a_vocabulary_in_use_has_already_is_told_with_what_may_be_meant(
    statement: str, message: str, remedies: tuple[str, ...], meant: str
) -> None:
    text = "vocabulary mine\n  uses encounters\n{}\ndraft code\n  uses mine\n  between CN, JP\nclause 1 own must call\n"
    (found,) = load_text(text.format(statement))[1]
    assert (found.message, found.remedies) == (message, remedies)
    assert not load_text(text.format(meant))[1]


@pytest.mark.parametrize("name", ["flag", "count", "party"])
def test_a_kind_is_not_called_by_a_word_for_what_an_attribute_is(name: str) -> None:
    (found,) = load_text(f"vocabulary mine\nkind {name} = red | green\n")[1]
    assert found.message == f"`{name}` is a word of the language; choose another name"


def test_the_advice_for_an_open_figure_holds_for_a_time_as_well() -> None:
    head = "draft code\n  uses activities\n  between CN, JP\nclause 1 organiser must notify within "
    (found,) = load_text(f"{head}TBD after start\n")[1]
    assert "`[__ from 1 h to 3 h]`" in found.remedies[0]
    assert not load_text(f"{head}[__ from 1 h to 3 h] after start\n")[1]


def test_a_unit_that_is_written_in_front_is_advised_behind() -> None:
    head = "draft code\n  uses encounters\n  between CN, JP\nclause 1 a fighter must keep altitude_difference >= "
    (found,) = load_text(f"{head}FL100\n")[1]
    assert found.remedies == ("write `100 FL`",)
    assert not load_text(f"{head}100 FL\n")[1]


def test_no_figure_is_advised_where_none_belongs() -> None:
    for text in ("between CN, TBD\nclause 1 a warship must call\n", "between CN, JP\nclause 1 a warship must TBD\n"):
        _, faults = load_text(f"draft code\n  uses encounters\n  {text}")
        assert faults
        assert not any("figure" in remedy for fault in faults for remedy in fault.remedies)


def test_a_party_that_there_is_not_is_told_with_how_it_is_declared() -> None:
    code = "draft code\n  uses {vocabulary}\n  between CN, KP\nclause 1 a warship must call\n"
    ((fault,),) = (load_text(code.format(vocabulary="encounters"))[1],)
    (advice,) = fault.remedies
    assert advice == 'declare it in a vocabulary that the text uses: `party KP "…"`'
    declared = 'vocabulary more\n  uses encounters\nparty KP "North Korea"\n' + code.format(vocabulary="more")
    assert load_text(declared)[1] == ()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("any unit meeting any unit", "every unit"),
        ("any unit meeting a warship", "every unit when other is a warship"),
        ("a warship or unit meeting a warship", "every unit when other is a warship"),
        ("a warship meeting any unit", "a warship"),
    ],
)
def test_who_binds_or_meets_any_unit_is_told_what_to_write(written: str, meant: str) -> None:
    code = "draft code\n  uses encounters\n  between CN, JP\nclause 1 {bearer} must call\n"
    (fault,) = load_text(code.format(bearer=written))[1]
    left_out = "leave `meeting …` out: a clause is about whoever is met"
    assert fault.remedies == (left_out if written.startswith(meant) else f"write `{meant}`",)
    assert load_text(code.format(bearer=meant))[1] == ()


def test_a_time_from_what_is_received_is_told_to_count_from_the_act() -> None:
    """`receipt of notify` was told to be no term of a text called `notify`."""
    head = "draft code uses activities between CN, JP\nclause 1 informed must reply within 48 h after "
    for words in ("receipt of notify", "notify"):
        _, (finding,) = load_text(f"{head}{words}\n")
        assert finding.message == "say whose act: `organiser.notify` or `informed.notify`"


def test_an_act_that_is_said_again_among_channels_is_told_as_one() -> None:
    """`no channel is called call` was said, and nothing of what to write."""
    head = "draft code uses encounters between CN, JP\nclause 1 every unit must call through vhf_16, "
    _, (finding,) = load_text(f"{head}call through vhf_121_5\n")
    assert finding.message == "`call` is an act, and channels stand behind `through`"
    assert finding.remedies == (
        "write the channels alone, with `,` between them",
        "or write `or call` before `through`, if it is another act that is enough",
    )
    assert load_text(f"{head}vhf_121_5\n")[1] == ()


LINES = """\
vocabulary lines
party CN
party JP
party US
situation encounter
roles own, other
each party : party
axiom "two sides" own.party is not other.party
topic notices
act report topic notices
channel one between CN, JP for notices operational from 2020-01-01
channel another between CN, US for notices operational from 2020-01-01
draft code
  uses lines
  between CN, JP, US
"""


def test_parties_that_several_lines_reach_have_a_clause_each() -> None:
    """Another channel or fewer of them were advised, and then one of the parties was not reached."""
    _, (finding,) = load_text(f"{LINES}clause 1 CN must report to JP, US through one, another\n")
    assert finding.remedies == ("write a clause for each party, with the channels that reach it",)
    apart = "clause 1 CN must report to JP through one\nclause 2 CN must report to US through another\n"
    assert load_text(f"{LINES}{apart}")[1] == ()
    _, (finding,) = load_text(f"{LINES}clause 1 CN must report to JP, US through one\n")
    assert finding.remedies == ("name another channel, or leave it out",)


def test_each_sides_own_takes_a_clause_for_each_where_roles_are_fixed(tmp_path: Path) -> None:
    """To write one of the roles, which alone was advised, is refused in a clause that binds them all."""
    text = "draft code\n  uses activities\n  between CN, JP\n"
    clause = "clause {} {} must not confer until {}.report_incident\n"
    (tmp_path / "code.cbm").write_text(text + clause.format("1", "each party", "own"), encoding="utf-8")
    (finding,) = run([tmp_path / "code.cbm"], select=["undefined"]).findings
    apart = "or, if it is each side's own, write a clause for each: `organiser must …`, `informed must …`"
    assert finding.remedies == ("write one of `informed`, `organiser`", apart)
    roles = ("organiser", "informed")
    clauses = "".join(clause.format(number, role, role) for number, role in enumerate(roles, 1))
    (tmp_path / "code.cbm").write_text(text + clauses, encoding="utf-8")
    assert run([tmp_path / "code.cbm"], select=["undefined", "type-mismatch", "syntax"]).findings == ()


EXERCISES = """\
vocabulary exercises
party CN
party JP
situation exercise
fixed roles organiser, informed
each
  party : party
  ready : flag
topic exercises
act observe, notify topic exercises
{}
draft code
  uses exercises
  between CN, JP
"""


@pytest.mark.parametrize(
    ("written", "advice", "mended"),
    [
        (
            "observe requires own.ready",
            "or, if who does it is meant, write an axiom for each role: `axiom organiser.observe implies organiser.…`",
            "axiom {0}.observe implies {0}.ready",
        ),
        (
            "axiom own.notify implies own.ready",
            "or, if it is each side's own, write an axiom for each: `organiser.…`, `informed.…`",
            "axiom {0}.notify implies {0}.ready",
        ),
    ],
)
def test_each_sides_own_takes_an_axiom_for_each_where_roles_are_fixed(written: str, advice: str, mended: str) -> None:
    """A clause for each was advised, and a vocabulary has none."""
    _, (finding,) = load_text(EXERCISES.format(written))
    assert finding.remedies == ("write one of `informed`, `organiser`", advice)
    assert load_text(EXERCISES.format("\n".join(map(mended.format, ("organiser", "informed")))))[1] == ()


def test_an_act_without_items_states_nothing() -> None:
    draft = "draft late\n  uses encounters\n  between CN, JP\nclause 1 every unit must call stating nationality\n"
    (found,) = load_text(draft)[1]
    assert found.remedies == (
        "leave `stating …` out, or ask for an act that states it: of `call` no items are declared",
    )


def test_what_an_act_is_said_for_may_be_a_moment() -> None:
    """`own.call` alone was advised for `contact`: a call that asks for the next one, without end."""
    draft = "draft late\n  uses encounters\n  between CN, JP\nclause 1 every unit must call within 1 h after contact\n"
    (found,) = load_text(draft)[1]
    moment = "or declare a moment in a vocabulary of yours: `situation encounter also`, and below it `moments contact`"
    assert found.remedies == ("write `own.call` or `other.call`", moment)
    own = "vocabulary own_words\n  uses encounters\nsituation encounter also\nmoments contact\n\n"
    assert load_text(own + draft.replace("uses encounters", "uses own_words"))[1] == ()
