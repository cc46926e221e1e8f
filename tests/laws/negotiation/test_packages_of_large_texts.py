"""Law: what a large text with brackets is told of a package is what the text of that package is told.

Small texts never reach the limits that checks have; the shipped texts under negotiation and dense texts do. What is
given up in a text with brackets, and not in the text of a package, differs as well.
"""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from cbm.core.negotiation import Negotiation
from cbm.core.norms import NormSystem
from cbm.core.packages.package_boxes import bits
from cbm.finding import Finding, RuleId, Severity
from cbm.pipeline import check, load
from cbm.report import Report
from cbm.syntax.ast import Document
from cbm.syntax.taking import with_taken
from tests.laws.bracketed import holds_on
from tests.laws.dense import MODES, dense
from tests.laws.negotiation.test_readings_and_options import weight
from tests.laws.sparing import SHORT
from tests.shipped import SPECS

LONG = settings().max_examples > SHORT
SHIPPED = ("rolling_2026", "scs_rolling")
# A package of a shipped text takes a second, the text itself eight; a dense text takes five, and so does its package.
KINDS = (*SHIPPED, *MODES) if LONG else ("scs_rolling", "figures")
COUNT = 100 if LONG else 2
SEEDS = 20 if LONG else 1
# What follows from all else; and what is about the words of a vocabulary.
_OF_PACKAGES = frozenset((RuleId.DEAD_OPTION, RuleId.NO_CLEAN_PACKAGE, RuleId.NO_WORKABLE_READING, RuleId.UNUSED))
# The clauses named are some among several that would do.
_BY_FIRST_CLAUSE = frozenset((RuleId.BLOCKED_PERMISSION, RuleId.REDUNDANCY))
# Types of encounter may be cut by brackets: what is the same is the text, the topic and what is wrong there. Clauses
# that govern what a reserve leaves open are told with the packages of each, and of a package all at once. What is not
# known is the question, whichever clauses it is about.
_BY_MATTER = {RuleId.GAP: 3, RuleId.SEAM: 2, RuleId.RESERVE: 1, RuleId.UNDECIDED: 2}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with the shipped texts, where others may stand beside them."""
    project = tmp_path_factory.mktemp("project")
    shutil.copytree(SPECS, project / "specs")
    (project / "pyproject.toml").touch()
    return project / "specs" / "drafts"


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=COUNT // len(KINDS), phases=(Phase.generate,), suppress_health_check=tuple(HealthCheck))
@given(st.integers(0, SEEDS - 1), st.randoms(use_true_random=True))
def test_a_package_of_a_large_text_is_told_as_its_text_is(folder: Path, kind: str, seed: int, dice: Random) -> None:
    path = (
        folder / f"{kind}.cbm" if kind in SHIPPED else written(folder / f"{kind}_{seed}.cbm", dense(kind, Random(seed)))
    )
    whole, told = reported(path)
    draft = whole.documents[whole.subject]
    assert len(draft.choices) == len(Negotiation(whole).choices)
    taken = _package(draft, Negotiation(whole), dice)
    text = with_taken(path.read_text(encoding="utf-8"), draft, taken)
    systems, mistakes = load([written(folder / f"package_of_{path.name}", text)])
    assume(not mistakes)
    names = tuple(term.name for term in whole.open_terms if term.choice and term.document == whole.subject)
    in_brackets = {key(f, weight(f, taken, names)) for f in told.findings if holds_on(f, taken, names)}
    alone = {key(f, f.severity) for f in check(systems[0]).findings}
    assert in_brackets - {None} == alone - {None}, taken


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


@cache
def reported(path: Path) -> tuple[NormSystem, Report]:
    systems, _ = load([path])
    return systems[0], check(systems[0])


def _package(draft: Document, negotiation: Negotiation, dice: Random) -> dict[int, int]:
    """One that no tie excludes: for each choice of the draft, by number, the number of an option."""
    while True:
        taken = [dice.choice([*(option.number for option in c.options), *([0] * c.optional)]) for c in draft.choices]
        numbers = [[option.number for option in choice.options] for choice in negotiation.choices]
        box = {n: bits((numbers[n].index(option),)) for n, option in enumerate(taken)}
        if negotiation.space.minus((box,), negotiation.space.excluded):
            return dict(enumerate(taken))


def key(finding: Finding, severity: Severity) -> tuple[object, ...] | None:
    """By which it is found again: the rule, its weight, the clauses or the matter; None for what is of packages."""
    rule = finding.rule
    if rule in _OF_PACKAGES:
        return None
    if rule in _BY_MATTER:
        return rule, severity, finding.matter[: _BY_MATTER[rule]]
    if rule in _BY_FIRST_CLAUSE:
        return rule, severity, finding.clauses[:1]
    return rule, severity, frozenset(finding.clauses), () if finding.clauses else finding.matter
