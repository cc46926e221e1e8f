"""One world of two texts or vocabularies: values that both know, and one system of all that is said."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from cbm.core.dependence.norm_edges import asked
from cbm.core.episodes import Act, Axiom, Situation
from cbm.core.expressions import FALSE, Formula, IsIn
from cbm.core.norms import NormSystem, OpenTerm
from cbm.core.packages.choices import NegotiatedChoice
from cbm.core.sorts import FlagSort, KindSort, NumberSort, Sort
from cbm.core.substitution import Atom, substitute, variables
from cbm.core.variables import Attribute, Reading, ResultValue, ValueAt, Variable, Wait
from cbm.records import Record, replace

# ---- one system of both


def world_of_both(old: NormSystem, new: NormSystem, common: CommonVariables) -> NormSystem:
    """The clauses of both texts, with those of other texts on which it depends whether they bind."""
    displacements = (*old.displacements, *new.displacements)
    norms = {**new.norms, **old.norms}
    needed = [n for n in norms if n.document in (old.subject, new.subject)]
    known = set(needed)
    while needed:
        norm = norms[needed.pop()]
        more = {edge.by for edge in displacements if edge.of == norm.id}
        more |= {n for guard in (*norm.guards, *norm.exceptions) for n in asked(guard.condition)}
        needed += sorted(more - known)
        known |= more
    old_axioms, new_axioms = _world_axioms(old), _world_axioms(new)
    return replace(
        new,
        situation=_situation_of_both(old.situation, new.situation, common),
        acts={**old.acts, **{name: _act_of_both(old.acts.get(name), act) for name, act in new.acts.items()}},
        results={
            n: replace(r, sort=_sort(common, "result", n, r.sort)) for n, r in {**old.results, **new.results}.items()
        },
        axioms=tuple({(a.condition, a.rotates, a.dated, a.week): a for a in (*new_axioms, *old_axioms)}.values()),
        texts={**old.texts, **new.texts},
        norms={n: norm for n, norm in norms.items() if n in known},
        displacements=tuple(edge for edge in displacements if edge.of in known),
        precedences=(),
        coverage=(),
        reserves=(),
        channels={**old.channels, **new.channels},
        lines={act: _of_either(old.lines, new.lines, act) for act in (*new.lines, *old.lines)},
        languages={**old.languages, **new.languages},
        continuations=tuple({c.of: c for c in (*old.continuations, *new.continuations)}.values()),
        open_terms=tuple(_open_terms(old, new, common)),
        open_cycles=(*new.open_cycles, *old.open_cycles),
        ties=tuple({tie.condition: tie for tie in (*new.ties, *old.ties)}.values()),
        week=new.week if new.week == old.week else None,
    )


def _act_of_both(old: Act | None, new: Act) -> Act:
    """An act of which all is told that clauses of either text speak of."""
    if old is None:
        return new
    states, recipients = (
        (*ours, *(x for x in theirs if x not in ours))
        for ours, theirs in ((new.states, old.states), (new.recipients, old.recipients))
    )
    return replace(new, states=states, recipients=recipients)


def _of_either(old: Mapping[str, tuple[str, ...]], new: Mapping[str, tuple[str, ...]], name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*new.get(name, ()), *old.get(name, ()))))


def _world_axioms(system: NormSystem) -> Iterator[Axiom]:
    return (axiom for axiom in system.axioms if axiom.document is None)


def _open_terms(old: NormSystem, new: NormSystem, common: CommonVariables) -> Iterator[OpenTerm]:
    known: dict[Variable, OpenTerm] = {}
    for term in (*new.open_terms, *old.open_terms):
        sort = _sort(common, "reading", term.name, term.variable.sort)
        variable = replace(term.variable, sort=sort)
        known.setdefault(term.variable, replace(term, variable=variable, choice=_left(term, sort)))
    yield from known.values()


def _left(term: OpenTerm, sort: Sort) -> NegotiatedChoice | None:
    """The choice of a term among the options that are left."""
    if term.choice is None or not isinstance(sort, KindSort):
        return term.choice
    return replace(term.choice, options=tuple(o for o in term.choice.options if o.member in sort.members))


def _situation_of_both(old: Situation, new: Situation, common: CommonVariables) -> Situation:
    attributes = dict.fromkeys(_common(common, v) for v in (*new.attributes, *old.attributes))
    moments = {m.name: m for m in (*old.moments, *new.moments)}
    counters = {c.name: c for c in (*old.counters, *new.counters)}
    party = None if new.party is None else _common(common, new.party)
    assert party is None or isinstance(party, Attribute)
    return replace(
        new,
        attributes=tuple(attributes),
        moments=tuple(moments.values()),
        counters=tuple(counters.values()),
        party=party,
        placed=old.placed | new.placed,
        views=tuple(dict.fromkeys((*new.views, *old.views))),
    )


# ---- variables that both texts know


class CommonVariables(Record):
    """What the two worlds make of their variables: values that both know, and what either text's parties see apart.

    `clashing` are names that stand for things of different kinds, so that no value belongs to both.
    """

    sorts: Mapping[object, Sort]
    views: frozenset[str]
    clashing: tuple[str, ...] = ()


def common_variables(old: NormSystem, new: NormSystem) -> CommonVariables:
    """What variables may be in both worlds, as far as the two texts do not say the same of it.

    Of what one text's parties have views, the other text means the view of who is bound.
    """
    before, after = _declared(old), _declared(new)
    found: dict[object, Sort] = {}
    clashing: list[str] = []
    for key, sort in before.items():
        if key in after and after[key] != sort:
            both = met(sort, after[key])
            if both is None:
                clashing.append(_name(key))
            else:
                found[key] = both
    one, other = ({v.name for v in system.situation.views} for system in (old, new))
    if not new.situation.interchangeable:
        clashing += sorted(one ^ other)
    return CommonVariables(found, frozenset(one | other), tuple(clashing))


def _declared(system: NormSystem) -> dict[object, Sort]:
    found = {key: v.sort for v in system.situation.attributes if (key := _key(v)) is not None}
    found |= {("result", name): result.sort for name, result in system.results.items()}
    own = [t for t in system.open_terms if t.document == system.subject]
    return found | {("reading", term.name): term.variable.sort for term in own}


def _key(variable: Variable) -> object:
    match variable:
        case Attribute(name) | ValueAt(name):
            return ("attribute", name)
        case ResultValue(name):
            return ("result", name)
        case Reading(term):
            return ("reading", term)
        case Wait(channel, number):
            return ("wait", channel, number)
        case _:
            return None


def _name(key: object) -> str:
    return str(key[1]) if isinstance(key, tuple) else ""


def met(one: Sort, other: Sort) -> Sort | None:
    """What both allow; None where that is nothing."""
    match one, other:
        case KindSort(), KindSort() if one.ordered == other.ordered:
            both = tuple(m for m in other.members if m in one.members)
            if both:
                return KindSort(other.name, both, other.ordered)
        case NumberSort(), NumberSort() if one.dimension is other.dimension:
            low = max((b for b in (one.low, other.low) if b is not None), default=None)
            high = min((b for b in (one.high, other.high) if b is not None), default=None)
            if low is None or high is None or low <= high:
                return NumberSort(one.dimension, low, high)
        case FlagSort(), FlagSort():
            return one
        case _:
            pass
    return None


def _sort(common: CommonVariables, what: str, name: str, sort: Sort) -> Sort:
    return common.sorts.get((what, name), sort)


def _common(common: CommonVariables, variable: Variable) -> Variable:
    if isinstance(variable, Attribute) and variable.role is None and variable.name in common.views:
        variable = replace(variable, role=0)
    sort = common.sorts.get(_key(variable))
    if sort is not None and isinstance(variable, Attribute | ValueAt | ResultValue | Reading | Wait):
        return replace(variable, sort=sort)
    return variable


def in_common(common: CommonVariables, read_as: Callable[[Reading], Reading], atom: Atom) -> Formula:
    """A condition over the variables of both texts."""
    changed: dict[Variable, Variable] = {}
    for variable in variables(atom):
        known = _common(common, read_as(variable) if isinstance(variable, Reading) else variable)
        if known is not variable:
            changed[variable] = known
    if not changed:
        return atom
    if isinstance(atom, IsIn):
        new = changed[atom.variable]
        assert isinstance(new.sort, KindSort)
        chosen = tuple(m for m in new.sort.members if m in atom.members)
        return IsIn(new, chosen) if chosen else FALSE
    return substitute(atom, changed)
