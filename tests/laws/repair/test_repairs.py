"""Laws: with a change that is offered the finding is gone and nothing new is there, by a check of the whole text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from hypothesis import given

from cbm.checking.passes import examine
from cbm.core.norms import NormSystem
from cbm.finding import Finding, Severity
from cbm.inquiry import inquire
from cbm.repair.combined_fixes import steps
from cbm.repair.footing import Footing, footing
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
from tests.laws.sparing import sparingly

CLASHES = ("conflict", "agreement-conflict", "impossible-duty")


def read(text: str) -> tuple[dict[str, ast.Document], NormSystem | None]:
    file, mistakes = parse(Source("code.cbm", text))
    assert not mistakes
    documents = {getattr(d.header, "name", d.header.span).text: d for d in file.documents}
    return documents, resolve(documents, "code")[0]


def grave(system: NormSystem) -> tuple[list[Finding], Counter[tuple[str, ...]]]:
    """What is more than a note, and that told apart by rule and clauses (gaps apart)."""
    findings = [f for f in examine(system, showing=False).findings if f.severity is not Severity.NOTE]
    return findings, Counter(identity(f) for f in findings if f.rule != "gap")


def identity(finding: Finding) -> tuple[str, ...]:
    """A redundant clause is the same whatever makes it so; what is about no clause is told apart by its words."""
    if finding.rule == "redundancy":
        return finding.rule, finding.clauses[0]
    return (finding.rule, *(finding.clauses or (finding.message,)))


def base_of(documents: Mapping[str, ast.Document], system: NormSystem) -> Footing:
    return footing(documents, frozenset({"code.cbm"}), inquire(system))


def texts(findings: Iterable[Finding]) -> Iterator[tuple[Finding, str]]:
    """Each finding, with the text after each of its fixes."""
    for finding in findings:
        for fix in finding.fixes:
            yield finding, edited(fix.edits[0].span.source, fix.edits)


@sparingly(8)
@given(drafts())
def test_what_is_offered_settles_the_finding_and_brings_no_other(text: str) -> None:
    documents, before = read(text)
    if before is None:
        return
    base = base_of(documents, before)
    known, side = grave(before)[1], Side(before, 0)
    clashed, opened = clashing(side), open_types(side)
    for finding, after in texts(offered(base, lambda _: True)):
        _, system = read(after)
        assert system is not None, after
        findings, left = grave(system)
        assert identity(finding) not in left, after
        assert left <= known, after
        if finding.rule == "gap":
            assert finding.message not in {f.message for f in findings}, after
        evaluated(system, finding, clashed, opened)
    compare_steps(base, known)


def evaluated(
    after: NormSystem, finding: Finding, clashed: set[frozenset[str]], opened: set[tuple[object, ...]]
) -> None:
    """By plain enumeration no clauses clash, and no promise is broken, that did not or was not before."""
    side = Side(after, 0)
    left = clashing(side)
    assert left <= clashed
    if finding.rule in CLASHES:
        assert frozenset(finding.clauses) not in left
    assert open_types(side) <= opened


def compare_steps(base: Footing, known: Counter[tuple[str, ...]]) -> None:
    """Fixes on top of each other bring nothing new."""
    done = list(steps(base, lambda _: True, lambda *_: True))
    if done:
        _, after = read(done[-1].documents["code"].span.source.text)
        assert after is not None
        left = grave(after)[1]
        assert left <= known
        assert not [step.finding.message for step in done if identity(step.finding) in left]


@sparingly(20)
@given(timed_drafts())
def test_what_is_offered_for_a_timetable_settles_the_finding_and_brings_no_other(text: str) -> None:
    documents, before = read(text)
    assert before is not None
    known = grave(before)[1]
    for finding, after in texts(offered(base_of(documents, before), lambda f: f.rule in CLASHES)):
        _, system = read(after)
        assert system is not None, after
        found = grave(system)[1]
        assert identity(finding) not in found, after
        assert found <= known, after


def clashing(side: Side) -> set[frozenset[str]]:
    """The sets of clauses that clash for some bearer and that no edge of precedence settles."""
    inquiry = inquire(side.system)
    return {frozenset(map(str, norms)) for norms in conflict_sets(side, advised=True) if not inquiry.settled_by(norms)}


def open_types(side: Side) -> set[tuple[object, ...]]:
    """What is promised and not kept, by type of encounter; what is governed in part counts as less than a gap."""
    found = set[tuple[object, ...]]()
    for key, covers in coverage(side).items():
        broken = {cover for cover, worlds in covers.items() if worlds and cover is not Cover.COVERED}
        found |= {(*key, "gap")} if Cover.GAP in broken else set()
        found |= {(*key, "broken")} if broken else set()
    return found
