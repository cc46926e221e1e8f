"""Laws: how a check is cut into shares, and who does them, changes nothing in what it finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings

from cbm.checking.passes import examine
from cbm.core.norms import NormSystem
from cbm.finding import Finding
from cbm.pipeline import check, run
from cbm.report import Outcome, Report
from cbm.search.parallel import Crew
from tests.benchmarks.law import law
from tests.laws.dressed import dressed
from tests.laws.systems import anywhere
from tests.search.test_parallel import Afar
from tests.shipped import DRAFTS, report

DRAFT = DRAFTS / "code_of_conduct_2019.cbm"


def verdicts(outcome: Outcome) -> object:
    """Everything but examples, and the conditions that are told of many."""
    attested = [(one.kind, one.statement, one.witness is None) for one in outcome.attestations]
    return list(map(_told, outcome.findings)), Counter(outcome.questions), attested, outcome.pairs


def _told(finding: Finding) -> object:
    return finding.rule, finding.severity, finding.message, finding.primary, finding.clauses


@settings(
    max_examples=settings.default.max_examples // 4 if settings.default else 25,  # each is checked three times over
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture],
)
@given(system=anywhere())
def test_a_check_in_single_pieces_finds_the_same(monkeypatch: pytest.MonkeyPatch, system: NormSystem) -> None:
    at_once = examine(dressed(system))
    afar = Afar()
    with monkeypatch.context() as patch:
        patch.setattr("cbm.checking.check_shares.SHARE", 1)
        patch.setattr("cbm.search.parallel.FEWEST", 1)
        patch.setattr("cbm.conflicts.all_conflicts.SHARE", 1)
        patch.setattr("cbm.conflicts.deadlocks.SHARE", 1)
        patch.setattr("cbm.wording.findings.attestations.PAIRS", 1)
        patch.setattr("cbm.wording.findings.attestations.CLAUSES", 1)
        in_pieces = examine(dressed(system))
        sent_away = examine(dressed(system), crew=Crew(afar))
    assert verdicts(in_pieces) == verdicts(at_once)
    assert sent_away == in_pieces
    assert afar.sent or not at_once.attestations


@pytest.fixture(scope="module")
def body() -> NormSystem:
    return law(110, relating=1)


@pytest.fixture(scope="module")
def alone(body: NormSystem) -> Report:
    report = check(body)
    assert {f.rule for f in report.findings} >= {"conflict", "deadlock"}
    return report


@pytest.mark.parametrize("workers", [ProcessPoolExecutor, ThreadPoolExecutor])
def test_two_workers_report_what_one_does(body: NormSystem, alone: Report, workers: Callable[[int], Executor]) -> None:
    with workers(2) as executor:
        assert check(body, executor=executor) == alone


def test_two_workers_report_of_the_draft_what_one_does() -> None:
    assert run([DRAFT], jobs=2) == report(DRAFT)
