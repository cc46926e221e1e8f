"""What is found of several acts of one clause is told once, with the acts that it is found of."""

from __future__ import annotations

from cbm.core.expressions import NormId
from cbm.core.norms import NormSystem
from cbm.finding import Finding, Label, RuleId, Severity
from cbm.resolve.system import resolve
from cbm.source import Source
from cbm.syntax.parse import parse
from cbm.wording.acts_together import acts_told, told_once
from tests.laws.drafts import STRAIT

TEXT = """\
draft code
  uses strait
clause 1 every unit must call, turn, hold_course
clause 11 every unit must call
"""


def understood() -> NormSystem:
    file, _ = parse(Source("code.cbm", STRAIT + TEXT))
    documents = {getattr(d.header, "name", d.header.span).text: d for d in file.documents}
    system, faults = resolve(documents, "code")
    assert system is not None, faults
    return system


def finding(system: NormSystem, message: str, *clauses: str) -> Finding:
    place = system.norms[NormId("code", "11")].span
    assert place is not None
    return Finding(RuleId.CONFLICT, Severity.ERROR, message, Label(place, message), clauses=clauses)


def test_acts_of_one_clause_are_listed_in_its_order() -> None:
    system = understood()
    found = [finding(system, f"clauses 1 (`{act}`) and 11 clash", "code:1", "code:11") for act in ("turn", "call")]
    (told,) = told_once(system, found)
    assert told.message == told.primary.text == "clauses 1 (`call`, `turn`) and 11 clash"
    assert acts_told(system, told, NormId("code", "1")) == {"call", "turn"}


def test_all_acts_are_the_clause() -> None:
    system = understood()
    found = [finding(system, f"clause 1 (`{act}`) clashes", "code:1") for act in ("turn", "call", "hold_course")]
    (told,) = told_once(system, found)
    assert told.message == "clause 1 clashes"
    assert acts_told(system, told, NormId("code", "1")) == frozenset()


def test_a_clause_is_named_once() -> None:
    system = understood()
    (told,) = told_once(system, [finding(system, "clause 1 (`turn`, `call`) clashes", "code:1", "code:1")])
    assert told.clauses == ("code:1",)


def test_what_differs_otherwise_stays_apart() -> None:
    system = understood()
    found = [
        finding(system, "clause 1 (`turn`) clashes", "code:1"),
        finding(system, "clause 1 (`call`) clashes by night", "code:1"),
        finding(system, "clause 11 clashes", "code:11"),
        finding(system, "of clause 11 (`turn`) nothing is known", "code:11"),
    ]
    assert told_once(system, found) == found
