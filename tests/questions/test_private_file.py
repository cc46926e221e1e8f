"""`cbm options --private FILE`: what a delegation's own file comes to; nothing that stands in it is ever printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import cbm
from cbm.cli import main
from cbm.finding import Exit, Misuse
from cbm.outcomes.state_of_play import StateOfPlay
from cbm.questions.negotiating import OpenText, take_stock
from cbm.render.options import STATE_RENDERERS

DRAFT = """\
draft code "A code"
  uses encounters
  between CN, JP
  rank political   proposed 2026-03-01

options distance "Least distance" one of CN, JP, chair

clause 1 a military_aircraft meeting a warship
  must keep separation >= [distance CN: 500 m | JP: 1,000 m | chair "non-paper": 750 m]
clause 2 a military_aircraft meeting a warship must keep separation <= [JP: 800 m | CN: 2,000 m]
[JP, CN: clause 3 every unit must listen | JP: delete]
[JP: clause 4 every unit must not insult]
"""
OWN = """\
# The red lines
wish distance is chair
wish 2 is CN  # as a way out
cases "Red lines" for code
case "never nearer"
  given own.craft is patrol_aircraft and other.craft is warship and own.party is JP and other.party is CN
  expect never separation < 600 m
"""
# The same with other names, titles, remarks and order.
OTHERWISE = """\
wish 2 is 2
cases "Something else" for code

case "vermilion"   # cinnabar
  given other.party is CN and own.party is JP and other.craft is warship and own.craft is patrol_aircraft
  expect never separation < 600 m
# The last one:
wish distance is 3
"""


def stock(folder: Path, own: str, name: str = "own.cbm") -> StateOfPlay:
    (folder / "code.cbm").write_text(DRAFT)
    (folder / name).write_text(own)
    found = take_stock(OpenText(folder / "code.cbm", delegation="JP", private=folder / name))
    assert isinstance(found, StateOfPlay)
    return found


def test_packages_are_counted_that_are_clean_and_meet_what_is_expected(tmp_path: Path) -> None:
    state = stock(tmp_path, OWN)
    assert state.private is not None
    assert (state.packages, state.clean, state.private.clean) == (3 * 2 * 2 * 2, 5 * 2 * 2, 3 * 2 * 2)
    assert (state.private.expected, state.private.wishes) == (1, 2)
    assert state.private.sets == (
        (
            ("JP's “1,000 m” for Least distance", "CN's “2,000 m” in 2"),
            ("chair's “750 m” for Least distance", "JP's “800 m” in 2"),
        ),
    )


def test_what_is_expected_can_be_met_in_no_clean_package(tmp_path: Path) -> None:
    state = stock(tmp_path, OWN.replace("separation < 600 m", "separation < 1,500 m"))
    assert state.private is not None
    assert (state.private.missed_on_some, state.private.clean) == (1, 0)
    page = STATE_RENDERERS["text"](state, "JP")
    assert "no package is clean and meets all that it expects" in page
    assert "of what it proposes and wishes" not in page, "nothing does"


def test_who_would_take_more_may_be_given_it_and_silence_is_no_indifference(tmp_path: Path) -> None:
    """Of 2 both have spoken, of the distance only with JP's wish for the chair's, of 4 China has said nothing."""
    state = stock(tmp_path, OWN)
    assert [(one.choices, one.clean, one.best) for one in state.best_for_all] == [
        (("Least distance", "2"), 5, 3),
        (("3",), 2, 1),
    ]
    assert state.unspoken == ("4",)
    assert [one.choices for one in stock(tmp_path, "wish 2 is JP\n").best_for_all] == [("3",)]


def test_a_page_says_nothing_of_what_stands_in_the_file(tmp_path: Path) -> None:
    one, other = stock(tmp_path, OWN), stock(tmp_path, OTHERWISE, "another_name.cbm")
    secret = set(re.findall(r"\w+", OTHERWISE + "another_name")) - set(re.findall(r"\w+", DRAFT))
    for kind, render in STATE_RENDERERS.items():
        page = render(one, "JP")
        assert page == render(other, "JP"), kind
        public = render(stock(tmp_path, "wish 2 is JP\n"), "JP")
        new = set(re.findall(r"\w+", page)) - set(re.findall(r"\w+", public))
        assert not new & (secret - {"of", "The", "order"}), kind


@pytest.mark.parametrize(
    ("own", "message"),
    [
        ("wish amber is JP\n", r"^line 1 of the private file: code has no choice that is called so$"),
        (
            "\nwish distance is amber\n",
            r"^line 2 of the private file: the choice has no option that is called so alone$",
        ),
        ("wish distance amber\n", r"^line 1 of the private file: a wish is written `wish CHOICE is OPTION`"),
        (
            'cases "amber" for code\ncase "amber"\n  given amber\n  expect own must listen\n',
            r"^line 3 of the private file",
        ),
        ('cases "amber" for code\ncase "amber"\n  given own.party is JP\n', r"expects nothing of this text"),
        ('cases "amber" for amber\ncase "amber"\n  expect own must listen\n', r"private file"),
        ("amber\n", r"private file"),
    ],
)
def test_a_mistake_is_told_by_its_line_alone(own: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(Misuse, match=message) as caught:
        stock(tmp_path, own)
    assert "amber" not in str(caught.value)


def test_it_is_somebody_s_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    stock(tmp_path, OWN)
    draft, own = str(tmp_path / "code.cbm"), str(tmp_path / "own.cbm")
    assert main(["options", draft, "--private", own]) == Exit.MISUSE
    assert "say whose file it is" in capsys.readouterr().err
    assert main(["options", draft, "--private", str(tmp_path / "amber.cbm"), "--delegation", "JP"]) == Exit.MISUSE
    assert "amber" not in capsys.readouterr().err
    known = cbm.options(draft, delegation="JP", private=own)
    assert known.private is not None
    assert known.private.clean == 12
