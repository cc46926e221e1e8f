"""A text with two of its parties in each other's place: what it says of the one, it says of the other.

What is said of the party whose end of a channel is open when, changes places as well. The texts beside it stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import combinations

from cbm.core.episodes import Act
from cbm.core.expressions import Expr, Formula, IsIn, NormId, States
from cbm.core.norms import Norm, NormSystem
from cbm.core.rewriting import Rewriting
from cbm.core.sorts import KindSort
from cbm.core.substitution import Atom, atoms_of, deeds_of
from cbm.core.variables import Addressee
from cbm.core.written import stated
from cbm.records import Record, replace


class AskedExchange(Record):
    """Whether a text means the same when these two parties change places.

    `beside_reasons`: the clauses that say why they bind one party only are read, too, and stay as they are. `apart`:
    it was asked with them and without, and something is found each time, though of no clause in both.
    """

    one: str
    other: str
    beside_reasons: bool = False
    apart: bool = False


def parties_told_apart(system: NormSystem) -> Iterator[tuple[str, str]]:
    """Pairs of its parties on the date that a text may treat differently; of those that are alike one is taken."""
    members, alike = _members(system), parties_alike(system)
    if len(alike) < len(members):
        yield from combinations([p for p in members if p not in alike[1:]], 2)


def parties_alike(system: NormSystem) -> list[str]:
    """Its parties on the date that the text tells apart nowhere: no clause names them."""
    text, members = system.texts[system.subject], _members(system)
    own = replace(
        system,
        norms={n: norm for n, norm in system.norms.items() if n.document == system.subject},
        axioms=tuple(axiom for axiom in system.axioms if axiom.document == system.subject),
        coverage=(),
        reserves=(),
    )
    named = {p for expression in stated(own) for p in (*_named(system, expression), *_addressed(expression))}
    if text.binding < frozenset(members):  # the header tells those whom it binds everywhere from the others
        named |= text.binding
    return [party for party in members if party not in named]


def _members(system: NormSystem) -> list[str]:
    text = system.texts[system.subject]
    there = {one.party for one in text.memberships if one.holds(system.as_of)} if text.memberships else text.parties
    return [p for p in system.situation.parties if there is None or p in there]


def parties_in_conditions(system: NormSystem, norm: Norm) -> frozenset[str]:
    """Those that its conditions and exceptions, and who is bound, tell from others."""
    return frozenset(p for guard in (*norm.guards, *norm.exceptions) for p in _named(system, guard.condition))


def exchange(system: NormSystem, one: str, other: str) -> Rewriting:
    """What is said of the one party, said of the other."""
    places = {one: other, other: one}
    return Rewriting(partial(_exchanged, system, places), addressee=lambda name: places.get(name, name))


def mirror_image(system: NormSystem, one: str, other: str) -> NormSystem:
    """The system with the text as it would be if the two parties changed places; what has a reason stays as it is."""
    places = {one: other, other: one}
    turned = exchange(system, one, other).system(system)
    text = system.texts[system.subject]
    bound = frozenset(places.get(party, party) for party in text.binding)

    def turns(norm: Norm) -> bool:
        return norm.id.document == system.subject and norm.asymmetric is None

    return replace(
        system,
        texts={**system.texts, system.subject: replace(text, binding=bound)},
        norms={n: turned.norms[n] if turns(norm) else norm for n, norm in system.norms.items()},
        axioms=tuple(
            image if axiom.document == system.subject else axiom
            for axiom, image in zip(system.axioms, turned.axioms, strict=True)
        ),
        acts={name: _act(act, places) for name, act in system.acts.items()},
        cases=(),
    )


def _act(act: Act, places: Mapping[str, str]) -> Act:
    """It may be done to whom it was done to before, and to who changes places with these."""
    turned = (places.get(name, name) for name in act.recipients)
    return replace(act, recipients=tuple(dict.fromkeys((*act.recipients, *turned))))


def with_reasons(system: NormSystem) -> frozenset[NormId]:
    """The clauses of the text that say why they bind one party only."""
    own = (norm for norm in system.norms.values() if norm.id.document == system.subject)
    return frozenset(norm.id for norm in own if norm.asymmetric is not None)


def without_reasons(system: NormSystem) -> NormSystem:
    """The text without the clauses that say why they bind one party only: what comes of them is meant."""
    meant = with_reasons(system)
    edges = [replace(p, yielding=p.yielding - meant, prevailing=p.prevailing - meant) for p in system.precedences]
    return replace(
        system,
        norms={n: norm for n, norm in system.norms.items() if n not in meant},
        displacements=tuple(e for e in system.displacements if e.by not in meant and e.of not in meant),
        precedences=tuple(edge for edge in edges if edge.yielding and edge.prevailing),
        cases=(),
    )


def says_the_same(system: NormSystem, image: NormSystem) -> bool:
    """Whether the image has the same clauses as the text, word for word."""
    return (image.norms, image.axioms, image.texts) == (system.norms, system.axioms, system.texts)


def names_parties(system: NormSystem, expression: Expr) -> bool:
    """Whether an expression tells parties apart."""
    return any(True for _ in _named(system, expression))


def line_with_hours(system: NormSystem, norm: Norm) -> str:
    """The channel whose hours tell the parties apart, whichever clause names it; none where this one names parties."""
    return next((name for name in _lines_of(system, norm) if system.channels[name].hours), "")


def line_of_one(system: NormSystem, norm: Norm, one: str, other: str) -> str:
    """The channel at an end of which one of two parties stands alone, and a third one at the other; else none."""
    parties = system.texts[norm.id.document].parties
    for name in _lines_of(system, norm):
        ends = set(system.channels[name].parties)
        used = len(ends) > 1 and (parties is None or len(ends & parties) > 1)
        if used and len(ends & {one, other}) == 1:
            return name
    return ""


def _lines_of(system: NormSystem, norm: Norm) -> list[str]:
    """The channels of a norm, whichever clause names them; none where this one names parties."""
    said = (guard.condition for guard in (*norm.guards, *norm.exceptions))
    if any(names_parties(system, condition) for condition in said):
        return []
    used = [name for names in norm.channels for name in names]
    owed = (norm.content, *(secondary.content for secondary in norm.otherwise))
    deeds = (done for content in owed for done in deeds_of(content))
    return [*used, *(name for done in deeds for name in system.lines.get(done.act, ()))]


def _named(system: NormSystem, expression: Expr) -> Iterator[str]:
    """The parties that an expression tells apart from others."""
    found: set[str] = set()

    def look(atom: Atom) -> Formula:
        if isinstance(atom, IsIn) and _of_party(system, atom):
            found.update(atom.members)
        return atom

    Rewriting(look).expression(expression)
    yield from sorted(found)


def _addressed(expression: Expr) -> Iterator[str]:
    """The parties that an act is done to."""
    said = (atom for done in deeds_of(expression) for atom in atoms_of(done.manner))
    told = (atom.item for atom in said if isinstance(atom, States))
    yield from (item.party for item in told if isinstance(item, Addressee))


def _exchanged(system: NormSystem, places: dict[str, str], atom: Atom) -> Formula:
    if not isinstance(atom, IsIn) or not _of_party(system, atom):
        return atom
    sort = atom.variable.sort
    assert isinstance(sort, KindSort)
    chosen = {places.get(member, member) for member in atom.members}
    return IsIn(atom.variable, tuple(member for member in sort.members if member in chosen))


def _of_party(system: NormSystem, atom: IsIn) -> bool:
    party = system.situation.party
    return party is not None and atom.variable.sort == party.sort
