"""Lengths, signs and sentences in place of a name, as drafters put them: what is told, and that it then is read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import cbm

Told = Callable[[str], list[str]]

HEAD = """\
vocabulary activities
party CN "China"
party JP "Japan"
situation activity
roles organiser, informed
each
  party : party
shared
  troops : count from 0 to 500,000
moments start, end
axiom "two sides" organiser.party is not informed.party
topic notices
act notify "gives notice" topic notices
act invite "invites observers" topic notices
draft code
  uses activities
  between CN, JP
clause 1 """


@pytest.fixture
def told(tmp_path: Path) -> Told:
    """What is wrong in a clause, with what is advised."""

    def told_of(clause: str) -> list[str]:
        code = tmp_path / "code.cbm"
        code.write_text(f"{HEAD}{clause}\n", encoding="utf-8")
        findings = cbm.run([code], select=["undefined"]).findings
        return [" → ".join((finding.message, *finding.remedies)) for finding in findings]

    return told_of


@pytest.mark.parametrize(
    ("written", "called", "meant"),
    [
        ("organiser must invite unless {}", "organiser notifies", "organiser.notify"),
        ("organiser must invite unless {}", "organiser gives notice", "organiser.notify"),
        ("organiser must invite unless {}", "informed has invited", "informed.invite"),
        ("organiser must not invite until {}", "informed has invited", "informed.invite"),
        ("organiser must invite within 48 h after {}", "informed gives notice", "informed.notify"),
        ("organiser must notify {} from start until end", "every week", "every 7 days"),
        ("organiser must notify {} from start until end", "every hour", "every 1 h"),
    ],
)
def test_it_is_told_how_it_is_written(told: Told, written: str, called: str, meant: str) -> None:
    (said,) = told(written.format(called))
    assert said.endswith(f"write `{meant}`")
    assert told(written.format(meant)) == []


@pytest.mark.parametrize(("words", "meant"), [("> 9,000 or more", ">= 9,000"), ("< 9,000 or fewer", "<= 9,000")])
def test_a_figure_has_one_sign(told: Told, words: str, meant: str) -> None:
    (said,) = told(f"organiser when troops {words} must notify")
    assert said.endswith(f"write `{meant}`")
    assert told(f"organiser when troops {meant} must notify") == []


@pytest.mark.parametrize("words", ["start before dawn", "organiser swims", "week"])
def test_nothing_is_guessed_of_what_is_not_known(told: Told, words: str) -> None:
    (said,) = told(f"organiser must invite unless {words}")
    assert "write `" not in said.replace("is not one name: write `", "")
