"""Law: where options and open terms are open at once, a package is told as its text is, in cases that narrow readings.

What is found weighs as much there, too: less where it is so on some of the readings that a case allows.
"""

from __future__ import annotations

from hypothesis import assume, example, given
from hypothesis import strategies as st

import cbm
from cbm.core.norms import NormSystem
from cbm.finding import Finding, RuleId, Severity
from cbm.pipeline import check
from cbm.resolve.declarations.vocabulary import build_scope
from cbm.resolve.labels import index_labels
from cbm.resolve.left_open.open_choices import open_choices
from cbm.source import Source
from cbm.syntax.ast import Document
from cbm.syntax.parse import parse
from cbm.syntax.taking import with_taken
from cbm.wording.reading_words import weakened
from tests.laws.bracketed import WORLD, holds_on, packages
from tests.laws.sparing import sparingly

# What follows from all else.
_OF_PACKAGES = frozenset((RuleId.DEAD_OPTION, RuleId.NO_CLEAN_PACKAGE, RuleId.NO_WORKABLE_READING))
# The clauses named are some among several that would do.
_BY_FIRST_CLAUSE = frozenset((RuleId.BLOCKED_PERMISSION, RuleId.REDUNDANCY))
# They are told by types of encounter, which brackets may cut, or with some of the clauses that would do.
_BY_PLACE = frozenset((RuleId.GAP, RuleId.SEAM, RuleId.NEVER_REACHED))
_MOST_PACKAGES = 3
_CONDITIONS = ("own.alert", "fog", "not fog", "own.craft is ship", "other.alert", "far > 300 m")
_CONTENTS = (
    *("call", "lamp", "keep gap >= far", "keep gap <= far", "keep gap >= 500 m", "keep gap <= 300 m"),
    *("[keep gap >= far | keep gap >= 500 m]", "[call | lamp]", "keep gap >= [A: far | B: 600 m]"),
)
_MODALS = ("must", "must", "should", "may", "[A: must | B: should]", "[d A: must | B: should]")
_GIVEN = ("own.party is A", "far >= 400 m", "far < 300 m", "fog", "own.craft is ship", "own.alert")
_EXPECTED = (
    *("never gap < 400 m", "possible gap < 200 m", "own must keep gap >= 400 m", "own must call", "possible own.call"),
    *("conflict 1, 2", "no conflict 1, 2", "no conflict 1, 2 when far > 400 m"),
)
_PROMISED = ("", "", "covers distance in every type of encounter when far >= 400 m\n")


@st.composite
def texts(draw: st.DrawFn) -> str:
    """A draft of two or three clauses with an open term, some of them in brackets; a promise, perhaps, and a case."""
    clauses = "".join(f"clause {number} {draw(_clauses())}\n" for number in range(1, draw(st.integers(2, 3)) + 1))
    if "[d " not in clauses:
        clauses += "clause 9 every unit should keep gap >= [d A: 50 m | B: 150 m]\n"
    given = " and ".join(draw(st.lists(st.sampled_from(_GIVEN), min_size=1, max_size=2, unique=True)))
    return _text(
        clauses + draw(st.sampled_from(_PROMISED)), given, *draw(st.lists(st.sampled_from(_EXPECTED), max_size=2))
    )


@st.composite
def _clauses(draw: st.DrawFn) -> str:
    def any_of(*conditions: str) -> str:
        return draw(st.sampled_from(conditions)).format(draw(st.sampled_from(_CONDITIONS)))

    when, unless = any_of("", " when {}", " [when {}]"), any_of("", "", " unless {}", " [B: unless {}]")
    return f"every unit{when} {draw(st.sampled_from(_MODALS))} {draw(st.sampled_from(_CONTENTS))}{unless}"


def _text(statements: str, given: str, *expected: str) -> str:
    term = 'open term far "far" : length from 100 m to 800 m\n'
    case = "".join(f"  expect {one}\n" for one in expected) or "  expect own must call or own.alert\n"
    return f'{WORLD}{term}{statements}cases "Cases" for text\ncase "one"\n  given {given}\n{case}'


# The case leaves no reading on which it is met, with the one option.
_ON_EVERY_READING = _text(
    "clause 1 every unit [A: should | B: must] keep gap >= far\n", "far >= 400 m", "never gap < 400 m"
)
# Nor does it leave one on which what is expected can be reached.
_NEVER_REACHED = _text(
    "clause 1 every unit [A: should | B: must] keep gap >= far\n", "far >= 400 m", "possible gap < 200 m"
)


@sparingly(20)
@given(texts())
@example(_ON_EVERY_READING)
@example(_NEVER_REACHED)
def test_findings_on_a_package_weigh_what_they_weigh_in_its_text(text: str) -> None:
    whole = read(text)
    assume(whole is not None)
    assert whole is not None
    draft, names = named_choices(text)
    found, every = check(whole).findings, list(packages(draft))
    for taken in every[:: len(every) // _MOST_PACKAGES + 1]:
        alone = read(with_taken(text, draft, taken))
        if alone is not None:
            told = {key(f, weight(f, taken, names)) for f in found if holds_on(f, taken, names)}
            written_out = {key(f, f.severity) for f in check(alone).findings}
            assert told - {None} == written_out - {None}, taken


def read(text: str) -> NormSystem | None:
    systems, mistakes = cbm.load_text(text)
    return None if mistakes else systems[0]


def named_choices(text: str) -> tuple[Document, tuple[str, ...]]:
    """The draft, and what reports call its choices, in order."""
    file, _ = parse(Source("text.cbm", text))
    vocabulary, draft, *_ = file.documents
    scope, _ = build_scope((vocabulary,))
    index, _ = index_labels(draft)
    return draft, tuple(choice.name for choice in open_choices(draft, index, scope))


def weight(finding: Finding, taken: dict[int, int], names: tuple[str, ...]) -> Severity:
    """How much it weighs on a package; less where it is so there on some readings only."""
    if finding.reach is None or finding.readings is None or finding.readings.every:
        return finding.severity
    numbers = {name: taken[number] for number, name in enumerate(names)}
    surely = any(all(numbers[name] in options for name, options in box) for box in finding.reach.surely)
    return finding.severity if surely else weakened(finding.severity)


def key(finding: Finding, severity: Severity) -> tuple[object, ...] | None:
    """By which it is found again: the rule, its weight, the clauses or the place; None for what is of packages."""
    if finding.rule in _OF_PACKAGES:
        return None
    if finding.rule in _BY_PLACE or not finding.clauses:
        return finding.rule, severity, finding.primary.span.text
    return finding.rule, severity, finding.clauses[:1] if finding.rule in _BY_FIRST_CLAUSE else finding.clauses
