"""What two solvers say to the questions of one rule in the certificate of a text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cbm.certify.certificates import certified_text
from cbm.certify.claims import script
from cbm.certify.opinions import Opinion, cvc5_opinion, z3_opinion
from cbm.certify.rows import VerdictRow
from cbm.finding import RuleId
from cbm.report import Ending
from cbm.smt.journal import Verdict
from tests.laws.timed import system_of


def opinions(text: str, rule: RuleId | str) -> Iterator[tuple[VerdictRow, Opinion]]:
    """What each of the two answers to each question about the rule."""
    for row in certified_text(system_of(text)).rows:
        if row.rule == rule and row.asked is not None:
            written = script(row.asked, row.expected)
            yield row, z3_opinion(written)
            yield row, cvc5_opinion(written)


def upheld(text: str, rule: RuleId) -> dict[Ending, int]:
    """How many verdicts of the rule have files, by how they ended; both solvers answer each as the report says."""
    answers = list(opinions(text, rule))
    assert [(row.matter, row.question, said) for row, said in answers if said != row.expected] == []
    return {ending: n // 2 for ending, n in Counter(row.ending for row, _ in answers).items()}


def contradictions(text: str, rule: RuleId | str) -> list[VerdictRow]:
    """The verdicts that go against what some solver answers."""
    return [row for row, said in opinions(text, rule) if said not in (row.expected, Verdict.UNKNOWN)]


def contradicted(text: str, rule: RuleId) -> list[str]:
    """The clauses of these verdicts."""
    return sorted({", ".join(norm.label for norm in row.clauses) for row in contradictions(text, rule)})


def clear_without_file(text: str, rule: RuleId) -> list[VerdictRow]:
    """The clear verdicts of the rule that no file carries by itself."""
    rows = certified_text(system_of(text)).rows
    return [row for row in rows if row.rule == rule and row.ending is Ending.CLEAR and row.asked is None]
