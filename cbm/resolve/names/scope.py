"""The names in force for one body of texts: everything its vocabularies declare, each with its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from cbm.core.episodes import Act, Axiom, Axis, Channel, Counter, Moment, PlainAxis, Result
from cbm.core.meanings import Meaning
from cbm.core.norms import OpenTerm
from cbm.core.persons import Continuation
from cbm.core.sorts import KindSort
from cbm.core.variables import Attribute, ResultValue, Variable
from cbm.records import Record, Struct, field, replace
from cbm.resolve.clocks import Clocks
from cbm.resolve.names.term_definitions import Definition, TermExtent
from cbm.resolve.needs import Need
from cbm.source import Span
from cbm.syntax import ast
from cbm.translation.saying import in_english
from cbm.translation.speech import spoken


class Opened(Record):
    """An open term with the meaning of each named reading.

    None for a value of several attributes, which can only be said of one of them: `own.activity is …`.
    """

    term: OpenTerm
    readings: tuple[tuple[str, Meaning | None], ...] = ()


class Scope(Struct):
    """Names by category; grows while vocabularies are folded in, and is only read afterwards."""

    kinds: dict[str, KindSort] = field(default_factory=dict)
    attributes: dict[str, PlainAxis] = field(default_factory=dict)  # by name, with role 0, or None when shared
    found: dict[Variable, None] = field(default_factory=dict)  # all that a situation has, the attributes among it
    acts: dict[str, Act] = field(default_factory=dict)
    results: dict[str, Result] = field(default_factory=dict)
    topics: dict[str, str] = field(default_factory=dict)  # name to title
    terms: dict[str, Meaning] = field(default_factory=dict)
    definitions: dict[str, Definition] = field(default_factory=dict)  # of plain terms
    extents: dict[str, TermExtent] = field(default_factory=dict)  # of all terms
    axioms: list[Axiom] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)  # what acts take, with the axioms that say so
    situation: str | None = None
    roles: tuple[str, ...] = ()
    interchangeable: bool = True
    axes: tuple[Axis, ...] = ()
    moments: dict[str, Moment] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    # Acts to the channels that some clause of some text names for them.
    lines: dict[str, dict[str, None]] = field(default_factory=dict)
    languages: dict[str, str] = field(default_factory=dict)  # name to title
    continuations: list[Continuation] = field(default_factory=list)
    counters: dict[str, Counter] = field(default_factory=dict)  # each is an attribute as well
    over_time: dict[str, Attribute] = field(default_factory=dict)  # attributes that are read at points in time
    views: dict[str, Attribute] = field(default_factory=dict)  # attributes that each party has its own view of
    places: dict[tuple[str, str], Span] = field(default_factory=dict)  # ("act", "report") to its declaration
    titles: dict[tuple[str, str], str] = field(default_factory=dict)  # ("member", "eez") to what readers call it
    own_titles: dict[tuple[str, str], str] = field(default_factory=dict)  # the same as its document has it by itself
    # The same in other languages, by their code.
    translations: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    units: dict[Variable, str] = field(default_factory=dict)  # the unit of a declared range, by what role 0 has
    broken: set[str] = field(default_factory=set)  # names whose declaration was faulty: no second message
    unread: set[str] = field(default_factory=set)  # words of statements that were faulty as a whole: the same
    pending: dict[str, ast.TermDeclaration | ast.OpenTermNode] = field(default_factory=dict)  # terms not resolved yet
    resolving: list[str] = field(default_factory=list)  # terms being resolved, outermost first
    open_terms: dict[str, Opened] = field(default_factory=dict)  # terms that are open, in order
    figures: dict[int, str] = field(default_factory=dict)  # where empty figures stand, to the terms they are
    document: str = ""  # the text whose scope it is
    others: Mapping[str, Scope] = field(default_factory=dict)  # the scopes of the texts it is read with, and its own
    weeks: list[bool] = field(default_factory=list)  # not empty once points in time have a place in their week
    addressed: dict[tuple[str, str], None] = field(default_factory=dict)  # acts with the parties that they are done to
    placed: dict[tuple[str, bool], None] = field(default_factory=dict)  # acts with a place in their week (`Situation`)
    clocks: Clocks = field(default_factory=Clocks)  # what depends on the week, where clocks change
    called: dict[str, Span] = field(default_factory=dict)  # the terms that were asked for, and where first

    def local(self, document: str, others: Mapping[str, Scope]) -> Scope:
        """A scope for one text: its own terms on top of everything here, and instead of terms of the same name."""
        return replace(
            self,
            terms=dict(self.terms),
            definitions=dict(self.definitions),
            extents=dict(self.extents),
            places={key: place for key, place in self.places.items() if key[0] != "term"},
            titles=dict(self.titles),
            own_titles=dict(self.own_titles),
            broken=set(self.broken),
            pending=dict(self.pending),
            resolving=[],
            open_terms={},
            figures={},
            document=document,
            others=others,
            called={},
        )

    @property
    def parties(self) -> tuple[str, ...]:
        return self.kinds["party"].members if "party" in self.kinds else ()

    @property
    def party(self) -> Attribute | None:
        """The attribute that says whose unit it is."""
        known = self.kinds.get("party")
        each = (v for v in self.attributes.values() if isinstance(v, Attribute) and v.role is not None)
        return next((v for v in each if v.sort == known), None)

    def in_turn(self, parties: Iterable[str]) -> list[str]:
        """These parties, and those that continue them."""
        names = list(parties)
        for name in names:  # it grows on the way
            names += [known.party for known in self.continuations if known.of == name]
        return names

    def add(self, name: str, variable: PlainAxis) -> None:
        """Something that the situation has, and that texts may name."""
        self.attributes[name] = variable
        self.found[variable] = None

    def entitle(self, key: tuple[str, str], title: Callable[[], str]) -> None:
        """Notes what readers call something; `title` says it in the language that is spoken."""
        self.titles[key] = title()
        self.own_titles[key] = self.titles[key] if spoken() == "en" else in_english(title)

    def title(self, key: tuple[str, str]) -> str:
        """What something is called by whoever is spoken to."""
        return (self.own_titles if spoken() == "en" else self.titles)[key]

    def readers_words(self, *categories: str) -> dict[str, tuple[str, ...]]:
        """What readers call the things of these categories, by name, in all languages."""
        found: dict[str, tuple[str, ...]] = {
            name: (title,)
            for (category, name), title in (self.titles | self.own_titles).items()
            if category in categories
        }
        for (category, name), titles in self.translations.items():
            if category in categories:
                found[name] = (*found.get(name, ()), *titles.values())
        return found

    def role(self, name: str) -> int | None:
        return self.roles.index(name) if name in self.roles else None

    def result(self, name: str, role: int) -> ResultValue:
        """The result as seen for a role: its own, or the one the units share."""
        declared = self.results[name]
        return ResultValue(name, role if declared.each else None, declared.sort)

    def holders(self, member: str) -> list[Attribute]:
        """The per-role attributes whose kind has this member."""
        return [
            variable
            for variable in self.attributes.values()
            if isinstance(variable, Attribute) and variable.role is not None
            if isinstance(variable.sort, KindSort) and member in variable.sort.members
        ]


def members_of(variable: Variable) -> tuple[str, ...]:
    return variable.sort.members if isinstance(variable.sort, KindSort) else ()
