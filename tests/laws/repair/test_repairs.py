"""Laws: with a change that is offered the finding is gone and nothing new is there, by a check of the whole text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator

from hypothesis import given, settings

from cbm.core.norms import NormSystem
from cbm.finding import Finding, Severity
from cbm.inquiry import inquire
from cbm.passes import examine
from cbm.repair.combined_fixes import steps
from cbm.repair.footing import footing
from cbm.repair.offers import offered
from cbm.resolve.system import resolve
from cbm.source import Source, edited
from cbm.syntax import ast
from cbm.syntax.parse import parse
from tests.laws.drafts import drafts
from tests.laws.dynamics.test_underway import drafts as timed_drafts
from tests.laws.enumerate import conflict_sets
from tests.laws.episodes import Side
from tests.laws.promises import Cover, coverage

FEWER = settings(max_examples=max(1, settings.default.max_examples // 4))  # type: ignore[union-attr]  # conftest sets it
FEWEST = settings(max_examples=max(1, settings.default.max_examples // 20))  # type: ignore[union-attr]  # conftest sets it
CLASHES = ("conflict", "agreement-conflict", "impossible-duty")


def read(text: str) -> tuple[dict[str, ast.Document], NormSystem | None]:
    file, mistakes = parse(Source("code.cbm", text))
    assert not mistakes
    documents = {getattr(d.header, "name", d.header.span).text: d for d in file.documents}
    return documents, resolve(documents, "code")[0]


def grave(system: NormSystem) -> tuple[list[Finding], Counter[tuple[str, ...]]]:
    """What is more than a note, and that told apart by rule and clauses (gaps apart)."""
    findings = [f for f in examine(system).findings if f.severity is not Severity.NOTE]
    return findings, Counter(identity(f) for f in findings if f.rule != "gap")


def identity(finding: Finding) -> tuple[str, ...]:
    """A redundant clause is the same whatever makes it so; what is about no clause is told apart by its words."""
    if finding.rule == "redundancy":
        return finding.rule, finding.clauses[0]
    return (finding.rule, *(finding.clauses or (finding.message,)))


def offers(text: str, rules: Collection[str] | None = None) -> Iterator[tuple[Finding, str]]:
    """Each finding of a draft, of these rules, with the text after each of its fixes."""
    documents, system = read(text)
    if system is not None:
        for finding in offered(
            footing(documents, frozenset({"code.cbm"}), inquire(system)), lambda f: rules is None or f.rule in rules
        ):
            for fix in finding.fixes:
                yield finding, edited(fix.edits[0].span.source, fix.edits)


@FEWER
@given(drafts())
def test_what_is_offered_settles_the_finding_and_brings_no_other(text: str) -> None:
    _, before = read(text)
    for finding, after in offers(text):
        _, system = read(after)
        assert before is not None
        assert system is not None, after
        findings, known = grave(system)
        assert identity(finding) not in known, after
        assert known <= grave(before)[1], after
        if finding.rule == "gap":
            assert finding.message not in {f.message for f in findings}, after
        evaluated(before, system, finding)


@FEWEST
@given(timed_drafts())
def test_what_is_offered_for_a_timetable_settles_the_finding_and_brings_no_other(text: str) -> None:
    _, before = read(text)
    assert before is not None
    known = grave(before)[1]
    for finding, after in offers(text, CLASHES):
        _, system = read(after)
        assert system is not None, after
        found = grave(system)[1]
        assert identity(finding) not in found, after
        assert found <= known, after


def evaluated(before: NormSystem, after: NormSystem, finding: Finding) -> None:
    """By plain enumeration no clauses clash, and no promise is broken, that did not or was not before."""
    old, new = clashing(before), clashing(after)
    assert new <= old
    if finding.rule in CLASHES:
        assert frozenset(finding.clauses) not in new
    assert open_types(after) <= open_types(before)


@FEWER
@given(drafts())
def test_fixes_on_top_of_each_other_bring_nothing_new(text: str) -> None:
    documents, system = read(text)
    if system is None:
        return
    base = footing(documents, frozenset({"code.cbm"}), inquire(system))
    done = list(steps(base, lambda _: True, lambda *_: True))
    if done:
        _, after = read(done[-1].documents["code"].span.source.text)
        assert after is not None
        known = grave(after)[1]
        assert known <= grave(system)[1]
        assert not [step.finding.message for step in done if identity(step.finding) in known]


def clashing(system: NormSystem) -> set[frozenset[str]]:
    """The sets of clauses that clash for some bearer and that no edge of precedence settles."""
    sets = conflict_sets(Side(system, 0), advised=True)
    return {frozenset(map(str, norms)) for norms in sets if not inquire(system).settled_by(norms)}


def open_types(system: NormSystem) -> set[tuple[object, ...]]:
    """What is promised and not kept, by type of encounter; what is governed in part counts as less than a gap."""
    found = set[tuple[object, ...]]()
    for key, covers in coverage(Side(system, 0)).items():
        broken = {cover for cover, worlds in covers.items() if worlds and cover is not Cover.COVERED}
        found |= {(*key, "gap")} if Cover.GAP in broken else set()
        found |= {(*key, "broken")} if broken else set()
    return found
