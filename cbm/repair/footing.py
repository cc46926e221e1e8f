"""What was found in a text before anything is changed: what every change is held against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from cbm.checks.attestation import Attested
from cbm.decide.inquiry import Inquiry
from cbm.finding import Finding, Severity
from cbm.repair.needed import Breaches, breaches
from cbm.semantics.core import Case, ConductExpected, Expected, NormId
from cbm.smt.solve import Unsat
from cbm.syntax import ast


@dataclass(slots=True)
class Footing:
    """The texts by name, the inquiry about one of them, its findings, and what was shown.

    `editable` are the names of the sources that may be changed.
    """

    documents: Mapping[str, ast.Document]
    editable: frozenset[str]
    inquiry: Inquiry
    findings: tuple[Finding, ...]
    attested: Attested
    _breaches: Breaches | None = None
    _failed: frozenset[tuple[str, str]] | None = None
    _guards: dict[tuple[str, str], frozenset[NormId]] = field(default_factory=dict)

    def has(self, finding: Finding) -> bool:
        """Whether the same was found before, in the same words and at least as grave."""
        return any(
            (f.rule, f.message, f.clauses) == (finding.rule, finding.message, finding.clauses)
            and f.severity.weight >= finding.severity.weight
            for f in self.findings
        )

    def of_rule(self, rule: str) -> Iterator[Finding]:
        """The findings of a rule that are more than notes."""
        return (f for f in self.findings if f.rule == rule and f.severity is not Severity.NOTE)

    def failed(self, case: Case, expected: Expected) -> bool:
        """Whether an expectation of a case did not hold before."""
        if self._failed is None:
            rules = ("expectation", "impossible", "never-reached")
            places = {finding.primary.span for finding in self.findings if finding.rule in rules}
            pairs = [(old, e) for old in self.inquiry.system.cases for e in old.expected]
            self._failed = frozenset((old.title, e.words) for old, e in pairs if e.span in places)
        return (case.title, expected.words) in self._failed

    def breaches(self) -> Breaches:
        """How each duty can be breached while the others are kept, asked when it is first needed."""
        if self._breaches is None:
            self._breaches = breaches(self.inquiry)
        return self._breaches

    def guards(self, case: Case, expected: ConductExpected) -> frozenset[NormId]:
        """Clauses that together keep those who comply from what is expected never to happen."""
        key = (case.title, expected.words)
        if key not in self._guards:
            together = self.inquiry.on(case.as_of).together()
            wanted = (together.formula(case.given), together.formula(expected.condition))
            answer = together.ask(*wanted, *(demand.formula for demand in together.demands))
            core = answer.core if isinstance(answer, Unsat) else ()
            kept = frozenset(demand.norm for demand in together.demands if demand.formula in core)
            self._guards[key] = kept
        return self._guards[key]
