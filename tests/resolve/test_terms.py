"""A term is an abbreviation: in its place, its definition in brackets means the same."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import cbm
from cbm.core.norms import Norm

VOCABULARY = """\
vocabulary watch "A watch"
party CN "China"
party JP "Japan"
situation encounter
roles own, other
each
  party : party
  distress : flag
shared
  night : flag
  distance : length from 0 nmi to 50 nmi over time
moments sighting
axiom "two sides" own.party is not other.party
topic calls
act call, announce topic calls
"""
NEAR, FAR = "distance at own.call < 3 nmi", "distance at own.call > 5 nmi"
TERMS = {
    "near_call": NEAR,
    "near_or_dark": f"({NEAR} or night)",
    "not_near": f"not ({NEAR})",
    "between": f"({NEAR} and distance at own.call > 1 nmi)",
    "nearly": "near_call",
    "nearness": "3 nmi - distance at own.call",
}
CLAUSES = [
    "every unit when {near_call} must announce",
    "every unit when {near_call} and distance at own.call > 5 nmi must announce",
    "every unit when {nearly} and {near_or_dark} and distance at own.call > 1 nmi must announce",
    "every unit when {not_near} and distance at own.call > 1 nmi must announce",
    "every unit when {between} and {near_call} must announce upon own.call",
    "every unit when not ({near_call} and {between}) and night must announce",
    "every unit when {nearness} > 1 nmi must announce",
    "every unit when {nearness} > 1 nmi and {nearness} < 2 nmi must announce",
    "every unit when {nearness} > 1 nmi and {near_call} must announce",
    "every unit must not call except while {near_call} and night",
    "every unit must not call except while {nearness} > 1 nmi",
    "every unit when {other.near_call} and distance at other.call > 5 nmi must announce",
    "every unit when own.distress must announce unless {near_call} and distance at own.call > 5 nmi",
]


def test_a_term_used_twice_means_the_same_both_times() -> None:
    """It is not understood as it was needed first: of one doing among others, or of the doing at hand."""
    first, second = meanings(CLAUSES[1], CLAUSES[0]), meanings(CLAUSES[0], CLAUSES[1])
    assert first == second[::-1]


@pytest.mark.parametrize("clause", CLAUSES)
def test_a_term_is_an_abbreviation(clause: str) -> None:
    assert meanings(short(clause)) == meanings(long(clause))


def short(clause: str) -> str:
    return re.sub(r"[{}]", "", clause)


def long(clause: str) -> str:
    """With the definitions in place of the terms."""

    def defined(term: re.Match[str]) -> str:
        *role, name = term[1].split(".")
        return written(name).replace("own.", f"{role[0]}.") if role else written(name)

    return re.sub(r"{([a-z_.]+)}", defined, clause)


def written(name: str) -> str:
    """The definition, with those of the terms in it."""
    text = TERMS[name]
    while inner := next((term for term in TERMS if term in text), None):
        text = text.replace(inner, f"({TERMS[inner]})")
    return f"({text})"


def meanings(*clauses: str) -> list[object]:
    """What the clauses say, as they are understood."""
    lines = [f"term {name} means {text}" for name, text in TERMS.items()]
    lines += [f"clause {i} {short(clause)}" for i, clause in enumerate(clauses, 1)]
    text = VOCABULARY + "draft code\n  uses watch\n" + "\n".join(lines) + "\n"
    Path("code.cbm").write_text(text, encoding="utf-8")
    systems, findings = cbm.load([Path("code.cbm")])
    assert systems, [finding.message for finding in findings]
    return [_said(norm) for norm in systems[0].norms.values()]


def _said(norm: Norm) -> object:
    return [guard.condition for guard in norm.guards], [guard.condition for guard in norm.exceptions], norm.content


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_a_term_of_another_text_is_one_as_well() -> None:
    def said(condition: str) -> object:
        base = f"instrument base\n  uses watch\nterm near_call means {NEAR}\nclause 1 every unit must call\n"
        code = (
            f"draft code\n  uses watch\n  beside base\nclause 1 every unit when {condition} and {FAR} must announce\n"
        )
        Path("code.cbm").write_text(VOCABULARY + base + code, encoding="utf-8")
        systems, findings = cbm.load([Path("code.cbm")])
        assert systems, [finding.message for finding in findings]
        system = next(system for system in systems if system.subject == "code")
        return next(_said(norm) for norm in system.norms.values() if norm.id.document == "code")

    assert said("near_call of base") == said(f"({NEAR})")
