"""Which choices and empty figures of two drafts of a text are the same, and which options of a choice.

From one draft to the next clauses are numbered anew, brackets are settled beside others, and options are added,
dropped, exchanged and reworded. A choice is found again by its own name, by what the clause around it says, by that
clause and what it offers, or by what is demanded with its options, however that is worded; an option by its words, by
what is demanded with it, and otherwise by who proposes it. An empty figure without a name is found again by its clause
and its range.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from cbm.comparison.common_world import met
from cbm.comparison.demand_wording import DemandWording, wording
from cbm.comparison.severed import Severed
from cbm.core.expressions import Formula, IsIn
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Norm, NormSystem, OpenTerm
from cbm.core.packages.choices import NegotiatedChoice, ProposedOption
from cbm.core.packages.package_boxes import members
from cbm.core.rewriting import Rewriting
from cbm.core.sorts import KindSort, Sort
from cbm.core.substitution import Atom, substitute, variables
from cbm.core.variables import Reading, Variable
from cbm.records import Record, replace
from cbm.source import Span

Thing = TypeVar("Thing")
Key = Callable[[Thing], Hashable]  # None: by this it is not told from others
# Stands behind the name of the earlier one of two texts or choices, where both have the same.
EARLIER = " (old)"


class SameChoice(Record):
    """A choice of the older text and what it is in the newer one, with the pairs of options that are the same."""

    old: NegotiatedChoice
    new: NegotiatedChoice
    options: tuple[tuple[ProposedOption, ProposedOption], ...]


def found_by_title(old: Severed, new: Severed) -> dict[str, str]:
    """For each clause of the older text whose title no other clause of either has: its label in the newer one."""
    before, after = _titled(old), _titled(new)
    return {label: after[title] for title, label in before.items() if title in after}


def _titled(text: Severed) -> dict[str, str]:
    """The clauses by titles that stand above one of them only."""
    subject = text.system.texts[text.system.subject]
    found: dict[str, set[str]] = {}
    for norm in text.system.norms.values():
        if norm.id.document == text.system.subject and norm.title:
            found.setdefault(norm.title, set()).add(subject.whole_label(text.clauses[norm.id].label))
    return {title: next(iter(labels)) for title, labels in found.items() if len(labels) == 1}


def same_choices(old: Severed, new: Severed) -> tuple[SameChoice, ...]:
    """The choices that both texts have, in the order of the newer one; each shares an option at least."""
    before, after = placed_choices(old), placed_choices(new)
    pairs = _paired(before, after, ((_by_name, False), (_by_surroundings, False), (_by_clause_and_offer, False)))
    pairs += _overlapping(*_left(before, after, pairs))
    pairs += _paired(
        *_left(before, after, pairs),
        ((_by_clause_and_proposers, True), (_by_clause, True), (_by_label, True), (_by_whole_offer, True)),
    )
    pairs += _paired(*_left(before, after, pairs), ((_by_demands, False),))
    order = {id(seen): number for number, seen in enumerate(after)}
    found = (
        SameChoice(one.choice, other.choice, options)
        for one, other in sorted(pairs, key=lambda pair: order[id(pair[1])])
        if (options := _same_options(one, other))
    )
    return tuple(found)


def in_places_of(before: Severed, after: Severed) -> Rewriting | None:
    """What makes the choices and figures of the older text those of the newer one; None: it has none.

    Those that the newer text has not, by whatever name, and options that it has not, are called as those of the older.
    """
    old, new = before.system, after.system
    same = {one.old.name: one for one in same_choices(before, after)}
    known = {name: one.new.name for name, one in same.items()} | dict(_same_figures(before, after))
    taken = {term.name: term.variable.sort for term in new.open_terms if term.document == new.subject}
    own = [t for t in old.open_terms if t.document == old.subject and (t.choice is not None or t.figure)]
    if not own:
        return None
    both = {term.name: term for term in new.open_terms if term.figure}
    named = [t for t in own if t.figure and not t.nameless and t.name in both]
    kept = {t.name for t in named if met(t.variable.sort, both[t.name].variable.sort) is not None}
    names = {t.name: known.get(t.name) or _apart(t.name, taken) for t in own if t.name not in kept}
    named_anew = {one.old.name: _members(one) for one in same.values()}

    def member(choice: str, named: str) -> str:
        return named_anew[choice][named] if choice in named_anew else named

    def reading(variable: Reading) -> Reading:
        if variable.document != old.subject or variable.term not in names:
            return variable
        sort, name = variable.sort, names[variable.term]
        if not isinstance(sort, KindSort):
            return replace(variable, term=name)
        there = taken.get(name)
        called = there.name if isinstance(there, KindSort) else sort.name + EARLIER
        known = replace(sort, name=called, members=tuple(member(variable.term, one) for one in sort.members))
        return replace(variable, term=name, sort=known)

    def atom(said: Atom) -> Formula:
        if isinstance(said, IsIn) and isinstance(said.variable, Reading) and said.variable.term in names:
            members = tuple(member(said.variable.term, one) for one in said.members)
            return said if (other := reading(said.variable)) is said.variable else IsIn(other, members)
        changed: dict[Variable, Variable] = {v: reading(v) for v in variables(said) if isinstance(v, Reading)}
        return substitute(said, changed) if changed else said

    return Rewriting(atom, reading=reading)


def _members(same: SameChoice) -> dict[str, str]:
    """What the newer text calls each option of the older one; those that it has not by further numbers."""
    further = max(option.number for option in same.new.options) + 1
    others = {option.member: str(further + option.number) for option in same.old.options}
    return others | {one.member: other.member for one, other in same.options}


def offer(option: ProposedOption) -> str:
    """What an option says, whatever the clause in it is called; nothing, where it leaves the place empty."""
    said = () if option.out else option.one_by_one or (option.words,)
    return " ".join(" ".join(_HEADING.sub("", words) for words in said).split())


_LABEL = re.compile(r"^clause\s+\S+")
_HEADING = re.compile(_LABEL.pattern + r"""(\s+([a-z]{2}\s+)?"[^"]*")*""")  # with titles, in all languages


def _apart(name: str, taken: Iterable[str]) -> str:
    return name + EARLIER if name in taken else name


# ---- choices


class _Around(Record):
    """What the clause around a place is called and says, and the how many-th place of its sort it is in there."""

    clause: str  # its title, where no other clause has it, or else its label
    words: str  # all that the clause says, brackets included
    number: int


class PlacedChoice(Record):
    """A choice and what stands around it.

    `demands` are those with each option, by its name among the values; none, where they do not tell the options apart.
    """

    choice: NegotiatedChoice
    around: _Around
    demands: Mapping[str, frozenset[DemandWording]] = {}

    @property
    def clause(self) -> str:
        return self.around.clause

    @property
    def offers(self) -> frozenset[str]:
        return frozenset(map(offer, self.choice.options))

    def offers_what(self, other: PlacedChoice) -> bool:
        """Whether each of its options says what one of the other choice says, in its words or in others."""
        demands = frozenset(other.demands.values())
        return all(offer(o) in other.offers or self.demands.get(o.member) in demands for o in self.choice.options)


class _Clauses:
    """The clauses of a text, by their labels, and what is open in them."""

    def __init__(self, severed: Severed) -> None:
        system = severed.system
        text = system.texts[system.subject]
        own = [norm for norm in system.norms.values() if norm.id.document == system.subject]
        self._norms: dict[str, list[Norm]] = {}
        for norm in own:
            self._norms.setdefault(text.whole_label(severed.clauses[norm.id].label), []).append(norm)
        self._titles = Counter(norms[0].title for norms in self._norms.values())
        self._begun = sorted(
            (norm.span.start, label) for label, norms in self._norms.items() for norm in norms if norm.span
        )
        self.terms = [term for term in system.open_terms if term.document == system.subject]
        self._spans: dict[str, list[Span | None]] = {
            label: [n.span for n in norms] for label, norms in self._norms.items()
        }
        for term in self.terms:
            self._spans.setdefault(self.label(term), []).append(term.span if term.choice is None else term.choice.span)
        self._numbers: Counter[str] = Counter()

    def label(self, term: OpenTerm) -> str:
        """Of the clause in which a choice or a figure stands; nothing where it stands in none."""
        if term.choice is not None:
            return term.choice.clause
        before = [label for start, label in self._begun if term.span is not None and start <= term.span.start]
        return before[-1] if before else ""

    def around(self, term: OpenTerm) -> _Around:
        """To be asked in order, for the places of one sort."""
        label = self.label(term)
        norms = self._norms.get(label, [])
        named = norms[0].title if norms and self._titles[norms[0].title] == 1 else ""
        self._numbers[label] += 1
        return _Around(named or label, _words(self._spans[label]) if norms else "", self._numbers[label])


def placed_choices(text: Severed) -> list[PlacedChoice]:
    """The choices of the text itself, in order."""
    clauses, demands = _Clauses(text), _demanded(text.system)
    return [
        PlacedChoice(term.choice, clauses.around(term), demands.get(term.variable, {}))
        for term in clauses.terms
        if term.choice is not None
    ]


def _demanded(system: NormSystem) -> Mapping[Variable, Mapping[str, frozenset[DemandWording]]]:
    """For each choice what the text itself demands with each of its options."""
    negotiation = Negotiation(system)
    found: dict[Variable, dict[str, frozenset[DemandWording]]] = {}
    for norm in system.norms.values():
        if norm.id.document == system.subject:
            for choice, options in (negotiation.boxes_of([norm]) or ({},))[0].items():
                known = found.setdefault(negotiation.terms[choice].variable, {})
                for option in members(options):
                    name = negotiation.choices[choice].options[option].member
                    known[name] = known.get(name, frozenset()) | {wording(negotiation, norm)}
    return {variable: known for variable, known in found.items() if len(set(known.values())) == len(known)}


def _words(spans: Iterable[Span | None]) -> str:
    """What stands from the first of these places to the last one, without the number of a clause in front."""
    known = [span for span in spans if span is not None]
    start, end = min(span.start for span in known), max(span.end for span in known)
    return " ".join(_LABEL.sub("", known[0].source.text[start:end].lstrip("[")).split())


def _by_name(seen: PlacedChoice) -> Hashable:
    return seen.choice.name if seen.choice.titled else None


def _by_surroundings(seen: PlacedChoice) -> Hashable:
    return (seen.around.words, seen.around.number) if seen.around.words else None


def _by_clause_and_offer(seen: PlacedChoice) -> Hashable:
    return seen.clause, seen.offers


def _by_clause_and_proposers(seen: PlacedChoice) -> Hashable:
    return seen.clause, frozenset((option.proposers, option.out) for option in seen.choice.options)


def _by_clause(seen: PlacedChoice) -> Hashable:
    return seen.clause, seen.choice.whole


def _by_label(seen: PlacedChoice) -> Hashable:
    """Of a clause whose title is another one now."""
    return seen.choice.clause, seen.choice.whole, seen.around.number


def _by_whole_offer(seen: PlacedChoice) -> Hashable:
    """Of clauses that are numbered and called otherwise now."""
    return seen.offers if seen.choice.whole and seen.offers != {""} else None


def _by_demands(seen: PlacedChoice) -> Hashable:
    """Of clauses that are numbered, called and worded otherwise now."""
    return frozenset(seen.demands.values()) or None


def _overlapping(old: Sequence[PlacedChoice], new: Sequence[PlacedChoice]) -> list[tuple[PlacedChoice, PlacedChoice]]:
    """Of one clause those that have most in common; that a place may be left empty is nothing in common."""
    left, found = list(new), []
    for one in old:
        near = [(len((one.offers & other.offers) - {""}), other) for other in left if other.clause == one.clause]
        most, best = max(near, key=lambda counted: counted[0], default=(0, None))
        if most and best is not None:
            found.append((one, best))
            left.remove(best)
    return found


# ---- figures


class _Figure(Record):
    name: str
    range: Sort
    around: _Around


def _same_figures(old: Severed, new: Severed) -> Iterator[tuple[str, str]]:
    """The figures of the older text and what the newer one calls them; a name that both use says it."""
    before, after = _figures(old, new), _figures(new, old)
    keys: tuple[tuple[Key[_Figure], bool], ...] = (
        (lambda figure: (figure.around.words, figure.around.number) if figure.around.words else None, False),
        (lambda figure: (figure.around.clause, figure.range), False),
        (lambda figure: figure.around.clause, True),
    )
    for one, other in _paired(before, after, keys):
        if met(one.range, other.range) is not None:  # else they cannot be filled in alike
            yield one.name, other.name


def _figures(text: Severed, other: Severed) -> list[_Figure]:
    """Those whose name is not a figure of the other text as well, or is that of their place."""
    clauses = _Clauses(text)
    theirs = {term.name for term in other.system.open_terms if term.figure}
    return [
        _Figure(term.name, term.variable.sort, clauses.around(term))
        for term in clauses.terms
        if term.figure and (term.nameless or term.name not in theirs)
    ]


# ---- options


def _same_options(old: PlacedChoice, new: PlacedChoice) -> tuple[tuple[ProposedOption, ProposedOption], ...]:
    demands = {id(option): one.demands.get(option.member) for one in (old, new) for option in one.choice.options}
    keys: tuple[tuple[Key[ProposedOption], bool], ...] = (
        (lambda option: (offer(option), option.proposers), False),
        (offer, False),
        (lambda option: demands[id(option)], False),
        (lambda option: (option.proposers, option.out) if option.proposers else None, True),
        (lambda option: None if option.proposers else option.out, True),
    )
    return tuple(_paired(old.choice.options, new.choice.options, keys))


# ---- pairs


def _paired(
    old: Sequence[Thing], new: Sequence[Thing], keys: Iterable[tuple[Key[Thing], bool]]
) -> list[tuple[Thing, Thing]]:
    """Those with the same key, by the first key that has them, in order.

    A key that counts `alone` is one that only one of each side has.
    """
    found: list[tuple[Thing, Thing]] = []
    for key, alone in keys:
        before, after = _left(old, new, found)
        for known in dict.fromkeys(k for one in before if (k := key(one)) is not None):
            ours, theirs = ([one for one in side if key(one) == known] for side in (before, after))
            if not alone or (len(ours), len(theirs)) == (1, 1):
                found += zip(ours, theirs, strict=False)
    return found


def _left(
    old: Sequence[Thing], new: Sequence[Thing], pairs: Iterable[tuple[Thing, Thing]]
) -> tuple[list[Thing], list[Thing]]:
    known = {id(thing) for pair in pairs for thing in pair}
    return [one for one in old if id(one) not in known], [one for one in new if id(one) not in known]
