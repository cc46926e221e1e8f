"""An entry of the journal in words: whom and what it asks, what either answer means, what each formula says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cbm.conflicts.all_conflicts import CLASH
from cbm.core.expressions import Compare, Flag, Formula, IsIn, Not, Same, Truth, negation
from cbm.core.norms import NormSystem
from cbm.core.sorts import Dimension, FlagSort, NumberSort
from cbm.core.substitution import parts_of, substitute, variables
from cbm.core.variables import Counterpart, Variable
from cbm.ground.grounder import Grounder
from cbm.search.world import is_copy
from cbm.smt.journal import Entry, Verdict
from cbm.smt.script import Scribe
from cbm.wording.condition_words import literal_words, variable_words
from cbm.wording.findings.clashes.clash_rules import rule_for
from cbm.wording.phrases import role_words

UNSAID = "is there an encounter that meets everything asserted"
COPIES = "Symbols with ~ speak of another conduct in the same situation, one for each word behind the ~."

# More literals than this are told one by one where they are asserted, not in a sentence.
_TOLD = 8
_BASE = {
    Dimension.LENGTH: "in m",
    Dimension.SPEED: "in m/s",
    Dimension.ANGLE: "in degrees",
    Dimension.DURATION: "in s",
    Dimension.COUNT: "a count",
}


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """What a reader is told of one question; empty where nothing was said or nothing applies."""

    text: str
    date: str
    rule: str
    clauses: str
    bearer: str
    question: str
    step: str
    where: str
    sat: str
    unsat: str

    def lines(self) -> Iterator[str]:
        """One line for each thing told."""
        dated = f"{self.text}, as of {self.date}" if self.date else self.text
        for title, words in (
            ("Text", dated),
            ("Rule", self.rule),
            ("Clauses", self.clauses),
            ("Bearer", self.bearer),
            ("Asked", self.question),
            ("Here", self.step),
            ("Where", self.where),
            ("sat", self.sat),
            ("unsat", self.unsat),
        ):
            if words:
                yield f"{title}: {words}"


def describe_question(entry: Entry) -> QuestionWords:
    """The question in words."""
    asked, step, system = entry.asked, entry.step, entry.asked.system
    rule = asked.rule
    if rule == CLASH and system is not None:
        rule = rule_for(system, asked.norms)
    return QuestionWords(
        text=system.subject if system else "",
        date=system.as_of.isoformat() if system and system.as_of else "",
        rule=rule,
        clauses=", ".join(map(str, asked.norms)),
        bearer=_bearer(system, asked.bearer),
        question=asked.question or UNSAID,
        step=step.question if step else "",
        where=_where(entry),
        sat=_meaning(entry, Verdict.SAT),
        unsat=_meaning(entry, Verdict.UNSAT),
    )


class Reader:
    """Says what symbols and formulas are: axioms by title, clauses by label, single conditions in words."""

    def __init__(self, scribe: Scribe) -> None:
        self._scribe = scribe
        self._named: dict[tuple[int, tuple[int, ...]], dict[str, str]] = {}
        self._said: dict[tuple[int, int | None, int], str] = {}

    def stands_for(self, entry: Entry, variable: Variable) -> str:
        """What a declared symbol stands for; nothing for a copy, whose original stands for the same."""
        system = entry.asked.system
        if system is None or is_copy(variable):
            return ""
        if isinstance(variable.sort, FlagSort):
            return literal_words(system, Flag(variable))
        unit = f", {_BASE[variable.sort.dimension]}" if isinstance(variable.sort, NumberSort) else ""
        return variable_words(system, variable) + unit

    def says(self, entry: Entry, formula: Formula) -> str:
        """What an assertion says; nothing where no short words are known.

        All entries must outlive the reader: it knows systems and formulas by their identity.
        """
        system = entry.asked.system
        if system is None:
            return ""
        key = (id(system), entry.asked.bearer, id(formula))
        if key not in self._said:
            self._said[key] = self._words(system, entry, formula)
        return self._said[key]

    def _words(self, system: NormSystem, entry: Entry, formula: Formula) -> str:
        if _is_literal(formula) and not any(map(is_copy, variables(formula))):
            return literal_words(system, formula)
        copies: dict[Variable, Variable] = {v: v.variable for v in variables(formula) if isinstance(v, Counterpart)}
        original = substitute(formula, copies) if copies else formula
        known = self._names(system, entry).get(self._scribe.formula(entry.roles, original), "")
        return f"{known} (another conduct)" if known and copies else known

    def _names(self, system: NormSystem, entry: Entry) -> dict[str, str]:
        bearer = entry.asked.bearer
        acting = tuple(range(len(entry.roles))) if bearer is None else (bearer,)
        key = (id(system), acting)
        if key not in self._named:
            named = reversed(list(_named(system, acting)))
            self._named[key] = {self._scribe.formula(entry.roles, formula): words for formula, words in named}
        return self._named[key]


def _named(system: NormSystem, acting: tuple[int, ...]) -> Iterator[tuple[Formula, str]]:
    """Formulas with their names; of two names for one formula the earlier counts."""
    grounder = Grounder(system, acting)
    for axiom in system.axioms:
        for formula in grounder.axiom(axiom):
            for part in parts_of(formula):
                yield part, f"axiom: {axiom.title}"
    for role in acting:
        who = role_words(system, role)
        for n in grounder.norms(role):
            yield n.demand, f"{n.norm.id} is kept by the {who} where it binds"
            yield n.binds, f"{n.norm.id} binds the {who}"
            yield negation(n.fulfilled), f"the {who} does not do what {n.norm.id} says"
            yield n.fulfilled, f"the {who} does what {n.norm.id} says"


def _bearer(system: NormSystem | None, bearer: int | None) -> str:
    if system is None:
        return ""
    return "all units together" if bearer is None else role_words(system, bearer)


def _where(entry: Entry) -> str:
    """What is assumed, if it can be said in a sentence."""
    system, parts = entry.asked.system, entry.assumed
    if system is None or not 0 < len(parts) <= _TOLD or not all(map(_is_literal, parts)):
        return ""
    return ", ".join(literal_words(system, part) for part in parts)


def _meaning(entry: Entry, verdict: Verdict) -> str:
    asked, step = entry.asked, entry.step
    if step is None:
        there, follows = ("there is one", asked.found) if verdict is Verdict.SAT else ("there is none", asked.none)
    else:
        there = step.sat if verdict is Verdict.SAT else step.unsat
        follows = asked.found if step.found is verdict else asked.none if step.none is verdict else ""
    return f"{there} -> {follows}" if follows else there


def _is_literal(formula: Formula) -> bool:
    core = formula.operand if isinstance(formula, Not) else formula
    return isinstance(core, Truth | Flag | IsIn | Same | Compare)
