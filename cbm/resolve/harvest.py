"""What the clauses of all texts add up to, with what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from cbm.core.episodes import Axiom
from cbm.core.expressions import Formula, NormId
from cbm.core.norms import Coverage, Displacement, IdleScope, Norm, Omission, OpenTerm, Precedence, Reserve
from cbm.core.packages.choices import ChoiceTie
from cbm.core.quotations import QuotedClause
from cbm.finding import Finding
from cbm.records import Struct, field
from cbm.resolve.faults import Fault
from cbm.resolve.names.scope import Scope
from cbm.source import Span


class Harvest(Struct):
    """What the clauses of the texts add up to; filled text by text."""

    norms: dict[NormId, Norm] = field(default_factory=dict)
    displacements: list[Displacement] = field(default_factory=list)
    precedences: list[Precedence] = field(default_factory=list)
    axioms: list[Axiom] = field(default_factory=list)
    coverage: list[Coverage] = field(default_factory=list)
    # From exceptions to those that they are exceptions to, with the packages on which they are; and their places.
    exception_edges: dict[NormId, Mapping[NormId, Formula]] = field(default_factory=dict)
    exception_places: dict[NormId, Span] = field(default_factory=dict)
    prejudices: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    quoted: dict[str, list[QuotedClause]] = field(default_factory=dict)
    omissions: dict[str, list[Omission]] = field(default_factory=dict)
    idle_scopes: dict[str, list[IdleScope]] = field(default_factory=dict)
    reserves: list[Reserve] = field(default_factory=list)
    choices: dict[str, tuple[OpenTerm, ...]] = field(default_factory=dict)  # what is open in each text
    ties: list[ChoiceTie] = field(default_factory=list)
    scopes: dict[str, Scope] = field(default_factory=dict)  # of each text, with its own terms
    findings: list[Finding] = field(default_factory=list)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """What one step finds wrong is kept, and the next step goes on."""
        try:
            yield
        except Fault as problem:
            if problem.finding is not None:
                self.findings.append(problem.finding)
