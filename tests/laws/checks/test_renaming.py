"""Laws: other names, another order, swapped parties or a text cut in two change nothing in what is found but the names.

A clause found redundant is not used against a later one, and what it repeats of another text is told as such: so of
what is implied the order and the cut decide what is told, and these laws leave it out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from cbm.core.norms import NormSystem
from cbm.core.sorts import KindSort
from cbm.finding import Finding, Severity
from cbm.records import replace
from tests.laws.checked import is_empty, report
from tests.laws.renamed import cut, names_of, renamed, reordered, swapped
from tests.laws.sparing import sparingly
from tests.laws.systems import anywhere, systems
from tests.laws.tiny import PARTY

ANNEX = "annex"
IMPLIED = ("redundancy", "restatement", "derogation")


@st.composite
def under_two_names(draw: st.DrawFn) -> tuple[NormSystem, dict[str, str]]:
    """A system in which every name is a word by itself, and other names for all of them, in any order."""
    system = draw(anywhere())
    known = names_of(system)
    words = [f"{chr(ord('a') + number)}x{number}" for number in range(len(known))]
    others = draw(st.permutations(words))
    return renamed(system, dict(zip(known, words, strict=True))), dict(zip(words, others, strict=True))


@given(under_two_names(), st.randoms(use_true_random=False), st.data())
@sparingly(6)
def test_names_order_and_a_text_in_two_parts_change_nothing_but_names(
    of: tuple[NormSystem, dict[str, str]], order: Random, data: st.DataObject
) -> None:
    system, names = of
    document = data.draw(st.sampled_from(list(system.texts)))
    moved = [norm for norm in system.norms if norm.document == document and data.draw(st.booleans())]
    if is_empty(system):
        return
    findings = report(system)
    compare_names(findings, report(renamed(system, names)), names)
    norms = list(system.norms)
    order.shuffle(norms)
    assert kinds(report(reordered(system, norms))) == kinds(findings)
    compare_parts(system, findings, cut(system, document, ANNEX, moved), document)


@given(anywhere())
@sparingly(6)
def test_names_that_are_ordered_alike_change_not_even_conditions(system: NormSystem) -> None:
    """Sums stand in the order of their names, and of several ways to tell conditions the first one is told. Where the
    order stays, everything that is told stays but for the names.
    """
    known = sorted(names_of(system))
    words, others = ([f"{letter}{number:02}" for number in range(len(known))] for letter in ("cx", "dx"))
    if is_empty(system):
        return
    one, other = (renamed(system, dict(zip(known, some, strict=True))) for some in (words, others))
    back = dict(zip(others, words, strict=True))
    assert [in_full(finding, back) for finding in report(other)] == [in_full(finding, {}) for finding in report(one)]


@st.composite
def of_parties(draw: st.DrawFn) -> NormSystem:
    return draw(systems(interchangeable=draw(st.booleans()), needs=("party",)))


@given(of_parties(), st.data())
@sparingly(6)
def test_parties_that_change_places_change_nothing(system: NormSystem, data: st.DataObject) -> None:
    """The first one above all: no place in the list has a meaning."""
    if is_empty(system):
        return
    (parties,) = (
        v.sort.members for v in system.situation.attributes if v.sort == PARTY and isinstance(v.sort, KindSort)
    )
    other = data.draw(st.sampled_from(parties[1:]))
    assert kinds(report(swapped(system, parties[0], other))) == kinds(report(system))


def compare_names(findings: Sequence[Finding], others: Sequence[Finding], names: Mapping[str, str]) -> None:
    """Findings stay in their order, and word for word; which example is shown, and which of several ways to tell the
    conditions, is up to the solver."""
    assert [told(finding, {}) for finding in others] == [told(finding, names) for finding in findings]


def told(finding: Finding, names: Mapping[str, str]) -> tuple[str, ...]:
    """What is found, under these names; places are numbers. Of what narrows a permission one example is told."""
    labels = [(label.span.start, label.text) for label in (finding.primary, *finding.related)]
    shown = finding.witness is not None
    if finding.rule == "blocked-permission":
        finding = replace(finding, message="", clauses=finding.clauses[:1], related=(), remedies=(), notes=())
        labels = labels[:1]
    parts = (
        finding.rule,
        finding.severity,
        finding.message,
        labels,
        finding.clauses,
        shown,
        finding.remedies,
        finding.notes,
    )
    return tuple(_under(names, part) for part in parts)


def _under(names: Mapping[str, str], part: object) -> str:
    return re.sub(r"[a-z]x\d+", lambda name: names.get(name[0], name[0]), str(part))


def in_full(finding: Finding, names: Mapping[str, str]) -> tuple[str, ...]:
    """Everything that is told, under these names."""
    example = "" if finding.witness is None else finding.witness.words
    parts = (finding.message, finding.whenever, finding.extent, example, finding.readings)
    return (*told(finding, names), *(_under(names, part) for part in parts))


def compare_parts(system: NormSystem, findings: Sequence[Finding], parted: NormSystem, document: str) -> None:
    """Both parts of a draft are checked: what is found of it is what is found of either."""
    if document != system.subject:
        assert set(kinds(report(parted), joined=document)) == set(kinds(findings))
    else:
        views = (parted, seen_from_annex(parted))
        found = {kind for view in views for kind in kinds(report(view), joined=document, of=view.subject)}
        assert found == set(kinds(findings, of=document))


def seen_from_annex(system: NormSystem) -> NormSystem:
    """The same system about its annex, which promises nothing and has no cases."""
    texts = {ANNEX: system.texts[ANNEX], **system.texts}
    of = replace(system, subject=ANNEX, texts=texts, coverage=(), cases=())
    return reordered(of, of.norms)


Kind = tuple[str, Severity, tuple[str, ...]]


def kinds(findings: Sequence[Finding], joined: str = "", of: str | None = None) -> list[Kind]:
    """Rule, gravity and clauses of what is found, those of the annex in the text it was cut from.

    `of`: without what speaks of clauses of other texts alone, which is only noted in the report on this one.
    """
    told: list[Kind] = []
    for finding in findings:
        rule = "conflict" if finding.rule == "agreement-conflict" else finding.rule
        own = [clause for clause in finding.clauses if of is None or clause.startswith(f"{of}:")]
        if rule not in IMPLIED and (own or not finding.clauses):
            named = finding.clauses[:1] if rule == "blocked-permission" else finding.clauses
            clauses = tuple(sorted(re.sub(f"^{ANNEX}:", f"{joined}:", clause) for clause in named))
            told.append((rule, finding.severity, clauses))
    return sorted(told)
