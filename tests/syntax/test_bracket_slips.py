"""What newcomers write in square brackets is told with what to write, and the advice, once followed, leaves nothing."""

from __future__ import annotations

import pytest

from cbm.pipeline import load_text
from cbm.source import Source
from cbm.syntax.parse import mends
from tests.syntax.reading import mended, said

HEAD = "draft code\n  uses encounters\n  between CN, JP\nclause 1 every unit "
OPEN_FIGURE = (
    "a figure that is still open stands with its range: write `[__ from … to …]`"
    " → write the lowest and the highest that is thought of, such as `[__ from 1 nmi to 5 nmi]`"
)


@pytest.mark.parametrize(
    ("written", "message", "meant"),
    [
        (
            "must keep speed <= [5 kt to 10 kt]",
            "a figure that is still open is written `[__ from 5 kt to 10 kt]`",
            "must keep speed <= [__ from 5 kt to 10 kt]",
        ),
        (
            "must keep speed <= [5-10] kt unless night",
            "a figure that is still open is written `[__ from 5 kt to 10 kt]`",
            "must keep speed <= [__ from 5 kt to 10 kt] unless night",
        ),
        (
            "must call within [between 5 and 10 min] after start",
            "a figure that is still open is written `[__ from 5 min to 10 min]`",
            "must call within [__ from 5 min to 10 min] after start",
        ),
        (
            "must keep speed <= [CN: 5–10 kt | JP: 12 kt]",
            "a figure that is still open is written `[__ from 5 kt to 10 kt]`",
            None,
        ),
        (
            "when own.bearing from 10 deg to [90-100] deg must call",
            "a figure that is still open is written `[90 deg | 100 deg]`",
            "when own.bearing from 10 deg to [90 deg | 100 deg] must call",
        ),
        ("must keep speed <= [TBD] kt", OPEN_FIGURE, None),
        ("must keep speed <= [X kt]", OPEN_FIGURE, None),
        ("must keep speed <= [...] kt", OPEN_FIGURE, None),
        ("must keep speed <= ___ kt", OPEN_FIGURE, None),
        (
            "must keep speed <= [5 kt or 10 kt]",
            "`or` does not part options → write `|` between what is proposed, in one bracket",
            "must keep speed <= [5 kt | 10 kt]",
        ),
        (
            "must keep speed <= [CN 5 kt | JP: 10 kt]",
            "who proposes an option stands in front of it, with a colon: write `CN: 5 kt`",
            "must keep speed <= [CN: 5 kt | JP: 10 kt]",
        ),
        (
            "[[JP] must | CN: should] call",
            "who proposes an option stands in front of it, with a colon: write `JP: must`",
            None,
        ),
        (
            "must keep speed <= [5 kt (CN, JP) | chair: 10 kt]",
            "who proposes an option stands in front of it, with a colon: write `CN, JP: 5 kt`",
            "must keep speed <= [CN, JP: 5 kt | chair: 10 kt]",
        ),
        (
            "must keep speed <= [CN: 5 kt, JP: 10 kt]",
            "options are parted by `|`: write `| JP:`",
            "must keep speed <= [CN: 5 kt | JP: 10 kt]",
        ),
        (
            'must keep speed <= [CN "of May": 5 kt; JP "of June": 10 kt]',
            'options are parted by `|`: write `| JP "of June":`',
            'must keep speed <= [CN "of May": 5 kt | JP "of June": 10 kt]',
        ),
        (
            "must call within [CN: 5 min | JP: 10] min after start",
            (
                "the unit stands behind the bracket, and in one of its options as well"
                " → write it once: behind the bracket, or in each option"
            ),
            "must call within [CN: 5 min | JP: 10 min] after start",
        ),
        (
            "[shall/should] call",
            "`/` does not part options → write `|` between what is proposed, in one bracket",
            "[shall | should] call",
        ),
    ],
)
def test_what_is_told_of_a_bracket_and_what_it_becomes(written: str, message: str, meant: str | None) -> None:
    assert [line.split(" ", 1)[1] for line in said(HEAD + written)] == [message]
    if meant is None:
        assert mends(Source("text.cbm", HEAD + written)) == ()
        return
    assert mended(HEAD + written) == HEAD + meant
    assert said(HEAD + meant) == []


@pytest.mark.parametrize(
    "written",
    [
        "must call within [chair: 5 | JP: 10] min after start",
        "must keep speed from [5 kt to 10 kt | 6 kt to 12 kt]",
        "must keep speed [CN: from 5 kt to 10 kt]",
        "when [far | near] must keep speed <= [reach]",
    ],
)
def test_what_can_be_read_is_no_slip(written: str) -> None:
    assert said(HEAD + written) == []


def test_a_number_in_words_is_no_figure_that_is_left_open() -> None:
    assert not any("still open" in line for line in said(f"{HEAD}must call within [ten] min after start"))


def test_what_is_wrong_around_a_bracket_is_the_same_for_each_option() -> None:
    found = said(f"{HEAD}must call within [CN: 2 h | JP: 10 min] of start")
    assert {line.split(" ", 1)[1] for line in found} == {
        "`within … of` can mean two things: write `within … after` or `within … before`"
    }


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("[CN: clause 2 every unit must call | JP: clause 2 every unit must lase]", "| JP: …"),
        ("[clause 2 every unit must call | clause 2 every unit must lase]", "| …"),
        (
            '[CN: clause 2 every unit must call | CN, JP "x": clause 2 every unit must lase | chair: delete]',
            "| CN, JP: …",
        ),
        ("[CN: clause 2 every unit\n  must call | JP: clause 2 every unit must lase]", "| JP: …"),
        ("[CN: delete | JP: clause 2 every unit must call | chair: clause 2 a ship must lase]", "| chair: …"),
    ],
)
def test_whole_clauses_in_one_bracket_stand_on_lines_of_their_own(written: str, meant: str) -> None:
    """`clause` was to be put on a line of its own, and what stands before it in the bracket was not spoken of."""
    text = f"{HEAD}must call\n{written}\nclause 3 every unit must lase\n"
    (line,) = said(text)
    advice = f"an option that is a whole clause begins a line of its own → write `{meant}` on the next line"
    assert line.split(" ", 1)[1] == advice
    after = mended(text)
    assert said(after) == []
    assert " ".join(after.split()) == " ".join(text.split())


@pytest.mark.parametrize(
    "written",
    [
        "must call [but not lase]",
        "when zone is [in (eez, high_seas)] must call",
        "when zone [is either eez] or high_seas must call",
    ],
)
def test_no_bracket_goes_with_words_that_are_changed(written: str) -> None:
    """One end of it would be left, or what is proposed would be told as agreed."""
    source = Source("code.cbm", f"{HEAD}{written}\n")
    assert said(source.text)
    assert mends(source) == ()


def test_a_figure_that_may_be_left_out_is_told_with_how_it_is_written() -> None:
    for written in ("must keep separation >= [500] m", "must call within [5] min after other.call"):
        (found,) = load_text(f"{HEAD}{written}\n")[1]
        assert "no figure is left" in found.remedies[0]
    for meant in ("must keep separation >= [500 | 600] m", "must keep separation >= [__ from 300 m to 500 m]"):
        assert load_text(f"{HEAD}{meant}\n")[1] == ()


def test_who_proposes_a_whole_clause_stands_in_the_bracket() -> None:
    """It was told to be a title, `"JP"`, so that all had agreed to the clause."""
    head = "draft code uses encounters between CN, JP\n"
    (line,) = said(f"{head}clause 1 [JP] every unit must not fly_over\n")
    assert line.endswith("write `[JP: …]`, with the words that JP proposes in place of `…`")
    assert not said(f"{head}clause 1 [JP: every unit must not fly_over]\n")
