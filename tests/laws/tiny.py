"""Norm systems made by hand: one small vocabulary, norms in a line each, and episodes to read them in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from cbm.core.episodes import Act, Axiom, Result, Situation, Words
from cbm.core.expressions import TRUE, Does, Expr, Flag, IsIn, NormId, Order, States, conjunction, negation
from cbm.core.linear import Sum, at_zero
from cbm.core.norms import Coverage, Displacement, Guard, Norm, NormSystem, Precedence, Secondary, Text
from cbm.core.roles import sorted_terms
from cbm.core.sorts import FLAG, Dimension, KindSort, NumberSort
from cbm.core.variables import Attribute, ResultValue, Variable
from cbm.evaluate.complete_episode import CompleteEpisode, Doing, Value
from cbm.evaluate.possible_episodes import variables
from cbm.records import replace
from cbm.syntax.ast import DocumentKind, Modality, Rank, Strength
from cbm.wording.variable_names import variable_name

PARTY = KindSort("party", ("A", "B", "C"))
CRAFT = KindSort("craft", ("ship", "plane"))
ZONE = KindSort("zone", ("near", "mid", "far"))
METRES = NumberSort(Dimension.LENGTH, Fraction(0), Fraction(2))
SHORT = NumberSort(Dimension.LENGTH, Fraction(0), Fraction(1))
HEADS = NumberSort(Dimension.COUNT, Fraction(0), Fraction(1))

ATTRIBUTES = {
    "party": Attribute("party", 0, PARTY),
    "craft": Attribute("craft", 0, CRAFT),
    "distress": Attribute("distress", 0, FLAG),
    "crew": Attribute("crew", 0, HEADS),
    "night": Attribute("night", None, FLAG),
    "zone": Attribute("zone", None, ZONE),
    "distance": Attribute("distance", None, METRES),
}
RESULTS = {
    "separation": Result("separation", "", "keeping", False, METRES),
    "speed": Result("speed", "", "moving", True, SHORT),
}
ACTS = {
    "report": Act("report", "", "telling", ("nature",)),
    "log": Act("log", "", "telling", ("place", "course")),
    "hold": Act("hold", "", "moving", ()),
    "turn": Act("turn", "", "moving", ()),
}
DRAFT, PACT, TREATY = "draft", "pact", "treaty"
LESS, AT_MOST, EQUAL = Order.LESS, Order.AT_MOST, Order.EQUAL


# ---- expressions


def attribute(name: str, role: int | None = None) -> Attribute:
    return Attribute(name, role, ATTRIBUTES[name].sort)


def result(name: str, role: int | None = None) -> ResultValue:
    return ResultValue(name, role, RESULTS[name].sort)


def distress(role: int) -> Expr:
    return Flag(attribute("distress", role))


NIGHT = Flag(attribute("night"))


def of_party(role: int, *parties: str) -> Expr:
    return IsIn(attribute("party", role), parties)


def compare(coefficients: Mapping[Variable, int | Fraction], order: Order, bound: int | Fraction) -> Expr:
    """sum(coefficient * variable) ORDER bound, as resolved texts have it: the first coefficient is 1 or -1."""
    exact = {variable: Fraction(coefficient) for variable, coefficient in coefficients.items()}
    return at_zero(Sum(sorted_terms(exact), -Fraction(bound)), order)


def at_least(variable: Variable, bound: int | Fraction) -> Expr:
    return compare({variable: -1}, AT_MOST, -bound)


def at_most(variable: Variable, bound: int | Fraction) -> Expr:
    return compare({variable: 1}, AT_MOST, bound)


def does(act: str, role: int = 0, *items: str) -> Expr:
    return Does(act, role, conjunction(*map(States, items)))


SEPARATION = result("separation")
DISTANCE = attribute("distance")


# ---- norms


def must(label: str, content: Expr, *guards: Expr, unless: Expr | None = None, **others: Any) -> Norm:
    return norm(label, Modality.OBLIGATION, content, *guards, unless=unless, **others)


def must_not(label: str, content: Expr, *guards: Expr, unless: Expr | None = None, **others: Any) -> Norm:
    return norm(label, Modality.PROHIBITION, negation(content), *guards, unless=unless, **others)


def may(label: str, content: Expr, *guards: Expr, unless: Expr | None = None, **others: Any) -> Norm:
    return norm(label, Modality.PERMISSION, content, *guards, unless=unless, **others)


def need_not(label: str, content: Expr, *guards: Expr, unless: Expr | None = None, **others: Any) -> Norm:
    return norm(label, Modality.EXEMPTION, content, *guards, unless=unless, **others)


def norm(
    label: str, modality: Modality, content: Expr, *guards: Expr, unless: Expr | None = None, document: str = DRAFT,
    bearer: int = 0, rotates: bool = True, strength: Strength = Strength.MUST, topics: tuple[str, ...] = (),
) -> Norm:  # fmt: skip
    """A norm of the draft unless said otherwise, under the conditions given."""
    exceptions = () if unless is None else (Guard(unless),)
    written = tuple(Guard(guard) for guard in guards)
    return Norm(NormId(document, label), bearer, rotates, modality, strength, written, exceptions, content, topics)


def otherwise(norm: Norm, *contents: Expr) -> Norm:
    """The norm, with what is owed where it is breached: one thing where all before it are left undone as well."""
    steps = tuple(Secondary(Modality.OBLIGATION, Strength.MUST, content) for content in contents)
    return replace(norm, otherwise=steps)


def clause(label: str, document: str = DRAFT) -> NormId:
    return NormId(document, label)


def instead(by: str, of: str, both: bool = False) -> Displacement:
    return Displacement(clause(by), clause(of), both)


def yields(low: Iterable[NormId], high: Iterable[NormId]) -> Precedence:
    return Precedence(frozenset(low), frozenset(high), "the one yields to the other")


def said_by(by: NormId | None, low: Iterable[NormId], high: Iterable[NormId]) -> Precedence:
    """An edge as a clause states it, or a header."""
    return replace(yields(low, high), by=by)


# ---- systems and episodes


def text(
    name: str, kind: DocumentKind, parties: Iterable[str] | None = None, adopted: date | None = None,
    in_force: date | None = None, until: date | None = None,
) -> Text:  # fmt: skip
    members = None if parties is None else frozenset(parties)
    return Text(name, "", kind, members, Rank.POLITICAL, adopted, in_force, until)


def system(
    *norms: Norm, axioms: Iterable[Axiom] = (), displacements: Iterable[Displacement] = (),
    precedences: Iterable[Precedence] = (), coverage: Iterable[Coverage] = (), axes: Iterable[Attribute] = (),
    pact: Text | None = None, as_of: date | None = None, interchangeable: bool = True,
) -> NormSystem:  # fmt: skip
    """These norms over the whole small vocabulary, in a draft and a pact without parties or dates of its own."""
    texts = {DRAFT: text(DRAFT, DocumentKind.DRAFT), PACT: pact or text(PACT, DocumentKind.INSTRUMENT)}
    situation = Situation(
        "encounter", ("own", "other"), interchangeable, tuple(ATTRIBUTES.values()), tuple(axes), ATTRIBUTES["party"]
    )
    return NormSystem(
        DRAFT, situation, ACTS, RESULTS, tuple(axioms), texts, {n.id: n for n in norms}, tuple(displacements),
        tuple(precedences), tuple(coverage), (), Words(), as_of,
    )  # fmt: skip


def axiom(condition: Expr, rotates: bool = True, document: str | None = None) -> Axiom:
    return Axiom("", condition, rotates, document)


def promise(*topics: str, when: Expr = TRUE) -> Coverage:
    return Coverage(DRAFT, when, topics)


def episode(of: NormSystem, *doings: Doing, **values: Value | int | tuple[Value | int, Value | int]) -> CompleteEpisode:
    """An episode in which what is not said is false, zero or the first of its kind; a pair gives each role its own."""
    found: dict[Variable, Value] = {}
    for variable in variables(of):
        said = values.get(variable_name(variable), _plain(variable))
        value = said[variable.role or 0] if isinstance(said, tuple) else said
        found[variable] = Fraction(value) if isinstance(value, int) and not isinstance(value, bool) else value
    return CompleteEpisode(found, frozenset(doings))


def _plain(variable: Variable) -> Value | int:
    match variable.sort:
        case KindSort(_, members):
            return members[0]
        case NumberSort():
            return 0
        case _:
            return False
