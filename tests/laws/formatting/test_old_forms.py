"""What is written in old forms says the same as what is written today, and is made it, with the same comments."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from cbm.formatting.line_layout import laid_out
from cbm.source import Source
from cbm.syntax.old_forms import as_today, old_forms
from cbm.syntax.parse import parse
from tests.pages.rooms import ROOT

SHIPPED = ("starter/code", "drafts/contested_waters", "instruments/russia_greece_2021", "drafts/notification_2019_rev1")
PROMISES = """\
draft promising
  uses encounters
  between CN, JP
clause 1 every unit must call unless own.distress  # nobody must
clause 2 every unit [CN: must not | JP: should not] lase unless other.distress
clause 3 every unit should call [CN: except when own.distress or other.distress]
covers weapons, "separation" in every type of encounter between CN, JP when own.distress  # must not; covers
covers weapons in every type of encounter
  # unless
  between CN, JP
covers separation in every type of encounter [JP: when own.distress]
reserve 4 "tugs, for good" for weapons, separation when own.distress until 2030-01-01
reserve 5 "must"
  for weapons when own.distress # must
covers acts lase, call in every type of encounter when own.distress
clause 6 every unit must not lase, call until contact within 2 h after contact
clause 7 every unit should not lase until other.lase otherwise must call not later than contact
clause 8 every unit must call not later than contact  # not until contact
clause 9 every unit must call [CN: until contact | JP: not later than contact]
clause 10 a ship may lase until contact
clause 11 every unit [CN: shall] listen
"""
TEXTS = [PROMISES, *((ROOT / f"specs/{name}.cbm").read_text(encoding="utf-8") for name in SHIPPED)]
ASIDE = re.compile(r'("[^"\n]*"|#[^\n]*|\[[^\]\n]*\])')  # brackets as well: what stands in them stays
COMMENT = re.compile(r'"[^"\n]*"|(#[^\n]*)')
TOPICS = r'((?:\w+|"\w+")(?:, (?:\w+|"\w+"))*)'


def promise(found: re.Match[str], chance: Random) -> str:
    topics, where, rest = found[1], found[2], found[3]
    apart = chance.choice((" ", "\n  "))
    if "#" in rest or chance.random() < 0.5:
        return f"covers {where}{apart}for {topics}{rest}"
    return f"covers {where}{rest}{apart}for {topics}"


def reserve(found: re.Match[str], _: Random) -> str:
    return f"{found[1]}{found[3]} for {found[2]}"


def time_of_ban(_: re.Match[str], chance: Random) -> str:
    return chance.choice(("before", "except\n  after"))


def time_of_duty(_: re.Match[str], chance: Random) -> str:
    return chance.choice(("until", "not after"))


def word(old: str) -> Callable[[re.Match[str], Random], str]:
    return lambda *_: old


OLD: Mapping[str, Callable[[re.Match[str], Random], str]] = {
    r"(?<=not lase )until|(?<=not lase, call )until": time_of_ban,
    r"(?<=must call )not later than": time_of_duty,
    r"(?<=may lase )until": word("not later than"),
    r"\bmust\b": word("shall"),
    r"\bunless\b": word("except  when"),
    rf"(?m)^covers (?!acts){TOPICS} in (every type of \w+)(.*)": promise,
    rf"(?m)^(reserve .*\n?)(?:for {TOPICS} )(when [\w. ]+?)(?= until| *#| *\n)": reserve,
}


def in_old_forms(text: str, chance: Random) -> tuple[str, int]:
    """The text with some of what it says in old forms, and in how many places."""
    count = 0
    for pattern, written in OLD.items():
        done = 0
        parts = []
        for found in re.finditer(pattern, text):
            inside = any(one.start() <= found.start() < one.end() for one in ASIDE.finditer(text))
            if inside or chance.random() < 0.3:
                continue
            parts += [text[done : found.start()], written(found, chance)]
            done, count = found.end(), count + 1
        text = "".join([*parts, text[done:]])
    return text, count


def spoken(text: str) -> object:
    tree, wrong = parse(Source("text.cbm", text))
    assert not wrong, (wrong[0].message, wrong[0].primary.span.begin)
    return tree.documents


def comments(text: str) -> list[str]:
    return [found[1] for found in COMMENT.finditer(text) if found[1]]


@given(st.sampled_from(TEXTS), st.integers(0, 2**32))
def test_old_forms(text: str, seed: int) -> None:
    text = laid_out("text.cbm", text)
    old, count = in_old_forms(text, Random(seed))
    assert spoken(old) == spoken(text)
    assert len(old_forms(Source("text.cbm", old))) == count
    today = as_today(Source("text.cbm", old))
    assert not old_forms(Source("text.cbm", today))
    assert comments(today) == comments(text)
    assert today.split() == text.split()  # lines may be broken elsewhere
