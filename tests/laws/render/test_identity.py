"""Identities last: whatever happens to a text that is not the defect itself, each finding keeps its name."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cbm.finding import Finding, Label, PackageReach, RuleId, Severity
from cbm.pipeline import run
from cbm.records import replace
from cbm.render.identity import identities, whole_identities
from cbm.source import Source, Span

NIGHTLY = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"

WORDS = """\
vocabulary strait "A strait"
party CN "China"
party JP "Japan"
kind craft = frigate | tanker
situation encounter "Encounter"
roles own, other
each
  party : party
  craft : craft
axiom "two sides" own.party is not other.party
types by own.craft
topic manoeuvre
topic weapons
topic calls
act turn, hold_course topic manoeuvre
act aim topic weapons
act call topic calls
"""
CLAUSES = (
    'clause 1 "Turn" a frigate must turn\n',
    'clause 2 "Hold" a frigate must not turn unless other.craft is tanker\n',
    'clause 3 "Aim" a frigate must not aim\n',
    'clause 4 "Slip" a tanker must flee\n',
)
PROMISE = "covers weapons in every type of encounter\n"
HEAD = 'draft code "Code"\n  uses strait\n  between CN, JP\n'
CASES = 'cases "Cases" for code\ncase "far"\n  given own.craft is tanker\n  expect own must aim\n'
TEXT = "".join((WORDS, HEAD, *CLAUSES, PROMISE, CASES))
SOUND = TEXT.replace(CLAUSES[3], "")


def found(path: Path, text: str) -> dict[str, Finding]:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    findings = run([path]).findings
    return dict(zip(identities(findings), findings, strict=True))


def reformatted(text: str) -> str:
    spread = re.sub(
        r"^clause (\d \"\w+\") (.*?) (must.*)$", r"# a remark\nclause \1\n    \2\n\n      \3", text, flags=re.M
    )
    return spread.replace("expect own must", "expect  own   must")


def reordered(text: str) -> str:
    return text.replace("".join(CLAUSES[:2]), "".join(CLAUSES[1::-1]))


def edited_elsewhere(text: str) -> str:
    more = 'clause 9 "Call" every unit must call\n'
    return text.replace(PROMISE, f"{more}{PROMISE}").replace('"Aim"', '"Fire control"')


def renamed(text: str) -> str:
    """With other titles."""
    return text.replace('"Turn"', '"Turning"').replace('"A strait"', '"The strait"').replace('"Code"', '"A code"')


def same(text: str) -> str:
    return text


@pytest.mark.parametrize("text", [TEXT, SOUND], ids=["faulty", "sound"])
@pytest.mark.parametrize("change", [same, reformatted, reordered, edited_elsewhere])
def test_every_finding_keeps_its_identity(tmp_path: Path, text: str, change: Callable[[str], str]) -> None:
    before = found(tmp_path / "code.cbm", text)
    after = found(tmp_path / "moved" / "otherwise.cbm", change(text))
    assert {name: finding.rule for name, finding in before.items()} == {name: f.rule for name, f in after.items()}
    assert len({finding.rule for finding in before.values()}) >= (1 if text == TEXT else 3)


@settings(max_examples=25 if NIGHTLY else 3)
@given(st.lists(st.sampled_from([reformatted, reordered, edited_elsewhere, renamed]), unique=True), st.booleans())
def test_whatever_is_done_in_whichever_order_keeps_every_identity(
    changes: list[Callable[[str], str]], sound: bool
) -> None:
    text = SOUND if sound else TEXT
    with TemporaryDirectory() as folder:
        before = found(Path(folder, "code.cbm"), text)
        for change in changes:
            text = change(text)
        after = found(Path(folder, "moved", "otherwise.cbm"), text)
    assert {name: f.rule for name, f in before.items()} == {name: f.rule for name, f in after.items()}


def test_another_topic_in_a_promise_changes_no_identity(tmp_path: Path) -> None:
    before = found(tmp_path / "code.cbm", SOUND)
    promised = SOUND.replace("covers weapons in", "covers weapons, calls in")
    assert before.keys() < found(tmp_path / "code.cbm", promised).keys()


# What is found, the text without the rest, and what brings one more of the same rule and clauses above it.
TWINS = {
    "quoted texts": (
        "wording",
        'clause 1 a frigate must turn\n  text en "A frigate should turn."{} ja "護衛艦は変針しなければならない。"\n',
        ' zh "护卫舰必须转向。"',
    ),
    "expectations": (
        "never-reached",
        'clause 1 every unit must not turn, aim\ncases "Cases" for code\ncase "far"\n{}  expect possible own.turn\n',
        "  expect possible own.aim\n",
    ),
    "reserves": (
        "reserve",
        "{}reserve 9 for weapons when own.craft is frigate\nclause 1 a frigate must not aim\n",
        "reserve 8 for weapons when own.craft is frigate and other.craft is tanker\n",
    ),
}


@pytest.mark.parametrize(("rule", "text", "more"), TWINS.values(), ids=list(TWINS))
def test_one_more_of_a_kind_above_changes_no_identity(tmp_path: Path, rule: str, text: str, more: str) -> None:
    before, after = (
        {
            name
            for name, one in found(tmp_path / "code.cbm", f"{WORDS}{HEAD}{text.format(said)}").items()
            if one.rule == rule
        }
        for said in ("", more)
    )
    assert before
    assert before < after


def test_twins_that_differ_in_clause_or_packages_are_not_numbered() -> None:
    """Whichever of them is told first."""
    place = Label(Span(Source("a.cbm", "x"), 0, 1))
    one = Finding(RuleId.REDUNDANCY, Severity.WARNING, "it is", place, clauses=("a:1", "a:2"))
    other = replace(one, clauses=("a:2", "a:1"))
    on_one, on_other = (
        replace(one, reach=PackageReach(every=False, boxes=((("islands", (number,)),),))) for number in (1, 2)
    )
    for twins in ((one, other), (on_one, on_other)):
        names = identities(twins)
        assert len(set(names)) == 2
        assert identities(reversed(twins)) == names[::-1]
        assert not any(name.endswith("-2") for name in names)
        assert whole_identities(twins) == tuple(whole_identities((twin,))[0] for twin in twins)
