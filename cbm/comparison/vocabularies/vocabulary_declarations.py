"""What two vocabularies declare, side by side: names that are new or gone, and what is declared of each otherwise.

Units and order that say nothing do not count: a range is compared in base units, a list as a set where it is one. What
readers call a thing that is not defined otherwise is compared as well: nothing else says what it is. Terms and axioms
are compared in meaning, so what these are called decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from cbm.comparison.declarations import Declaration
from cbm.comparison.declared_words import DIMENSIONS, channel_words, one_of, several
from cbm.comparison.vocabularies.two_vocabularies import ReadVocabulary
from cbm.core.episodes import Axis, Measured, TermAxis
from cbm.core.sorts import FlagSort, KindSort, NumberSort, Sort
from cbm.core.units import show
from cbm.core.variables import Attribute, Occurs
from cbm.resolve.quantities.divergence import powers_of
from cbm.translation.saying import mark, say


@dataclass(frozen=True, slots=True)
class _Facet:
    """Something declared: what is compared of it, and in what words it is told."""

    key: object
    words: str


def vocabulary_declarations(
    old: ReadVocabulary, new: ReadVocabulary, gone: Mapping[str, str], added: Mapping[str, str]
) -> Iterator[Declaration]:
    """All that is declared by one of them alone, or otherwise.

    `gone` and `added` are terms of one of them alone for which the other one has another word. All others are told
    here, and so are terms that stand for different sorts of things.
    """
    facets: list[tuple[str, Callable[[ReadVocabulary], Mapping[str, _Facet]]]] = [
        (mark("situation"), _situation),
        (mark("kind"), _kinds),
        (mark("value"), _members),
        (mark("party"), _parties),
        (mark("attribute"), _attributes),
        (mark("counter"), _counters),
        (mark("moment"), _moments),
        (mark("act"), _acts),
        (mark("result"), _results),
        (mark("topic"), _topics),
        (mark("language"), _languages),
        (mark("channel"), _channels),
    ]
    for what, said in facets:
        yield from _compared(what, said(old), said(new))
    yield from _titles(old, new)
    yield from _compared(mark("types"), _axes(old, gone), _axes(new, {}))
    yield from _compared(mark("term"), _terms(old, gone), _terms(new, added))


def declared_otherwise(old: ReadVocabulary, new: ReadVocabulary) -> Iterator[Declaration]:
    """What both declare of the world, and not alike; but for parties and channels, which texts tell by themselves."""
    facets: list[tuple[str, Callable[[ReadVocabulary], Mapping[str, _Facet]]]] = [
        (mark("kind"), _kinds),
        (mark("attribute"), _attributes),
        (mark("counter"), _counters),
        (mark("moment"), _moments),
        (mark("act"), _acts),
        (mark("result"), _results),
    ]
    for what, said in facets:
        yield from (one for one in _compared(what, said(old), said(new)) if one.old and one.new)
    yield from _titles(old, new)
    yield from _compared(mark("types"), _axes(old, {}), _axes(new, {}))


def titles_told(old: ReadVocabulary, new: ReadVocabulary) -> Iterator[tuple[str, int, int]]:
    """Languages with how many things have a title in them, of the older and of the newer one, where that differs."""
    before, after = ({key: set(titles) for key, titles in one.scope.translations.items()} for one in (old, new))
    common = before.keys() & after.keys()
    for language in sorted(set().union(*before.values(), *after.values())):
        once, now = (sum(language in some[key] for key in common) for some in (before, after))
        if once != now:
            yield language, once, now


def _compared(what: str, before: Mapping[str, _Facet], after: Mapping[str, _Facet]) -> Iterator[Declaration]:
    for name in dict.fromkeys((*before, *after)):
        once, now = before.get(name), after.get(name)
        if (once and once.key) != (now and now.key):
            yield Declaration(what, name, once.words if once else "", now.words if now else "")


# ---- what is compared


def _situation(of: ReadVocabulary) -> dict[str, _Facet]:
    scope = of.scope
    if scope.situation is None:
        return {}
    words = mark("{roles}, taken in turn") if scope.interchangeable else mark("{roles}, each fixed")
    facet = _Facet((scope.roles, scope.interchangeable), say(words, roles=several(scope.roles)))
    return {scope.situation: facet}


def _kinds(of: ReadVocabulary) -> dict[str, _Facet]:
    """Of ordered kinds the values in their order; values of others are compared one by one."""
    kinds = (kind for name, kind in of.scope.kinds.items() if name != "party")
    return {
        kind.name: _Facet(kind.members, " < ".join(kind.members))
        if kind.ordered
        else _Facet("unordered", one_of(kind.members))
        for kind in kinds
    }


def _members(of: ReadVocabulary) -> dict[str, _Facet]:
    """The values of unordered kinds: a new one may come in at every clause about the kind."""
    kinds = (kind for name, kind in of.scope.kinds.items() if name != "party" and not kind.ordered)
    return {f"{member} ({kind.name})": _declared() for kind in kinds for member in kind.members}


def _parties(of: ReadVocabulary) -> dict[str, _Facet]:
    found = {name: _declared() for name in of.scope.parties}
    for known in of.scope.continuations:
        words = say("continues {predecessor} from {day}", predecessor=known.of, day=known.since)
        found[known.party] = _Facet((known.of, known.since), words)
    return found


def _declared() -> _Facet:
    """Of what has a name and nothing else."""
    return _Facet("declared", say("declared"))


def _attributes(of: ReadVocabulary) -> dict[str, _Facet]:
    scope = of.scope
    plain = {v.name: v for v in scope.attributes.values() if isinstance(v, Attribute) and v.name not in scope.counters}
    found: dict[str, _Facet] = {}
    for name, variable in {**plain, **scope.over_time}.items():
        shared, timed, seen = variable.role is None, name in scope.over_time, name in scope.views
        told = [
            say("each party has its own view") if seen else say("shared") if shared else say("of each unit"),
            say("over time") if timed else "",
            _values(variable.sort, scope.units.get(variable)),
        ]
        found[name] = _Facet((shared, timed, seen, _key_of(variable.sort)), several(filter(None, told)))
    return found


def _counters(of: ReadVocabulary) -> dict[str, _Facet]:
    """How far counters look back; what they count is compared in meaning."""
    return {
        name: _Facet(
            (counter.periods, counter.unit, counter.most),
            several((counter.looking_back, say("up to {most:,}", most=counter.most))),
        )
        for name, counter in of.scope.counters.items()
    }


def _moments(of: ReadVocabulary) -> dict[str, _Facet]:
    found: dict[str, _Facet] = {}
    for name, moment in of.scope.moments.items():
        on = moment.on
        told = [
            say("up to {count} times", count=moment.times) if moment.times > 1 else say("at most once"),
            say("planned") if moment.planned else "",
            "" if on is None else f"{on.day:02d}-{on.month:02d} {on.year or on.of or ''} {on.zone}".replace("  ", " "),
        ]
        found[name] = _Facet((moment.times, moment.planned, on), several(filter(None, told)))
    return found


def _acts(of: ReadVocabulary) -> dict[str, _Facet]:
    found: dict[str, _Facet] = {}
    for name, act in of.scope.acts.items():
        states = sorted(act.states)
        told = [
            say("topic {topic}", topic=act.topic) if act.topic else say("no topic"),
            say("states {items}", items=several(states)) if states else "",
            say("at most once") if act.once else "",
        ]
        found[name] = _Facet((act.topic, tuple(states), act.once), several(filter(None, told)))
    return found


def _results(of: ReadVocabulary) -> dict[str, _Facet]:
    found: dict[str, _Facet] = {}
    for name, result in of.scope.results.items():
        told = [
            say("of each unit") if result.each else say("shared"),
            _values(result.sort, of.scope.units.get(of.scope.result(name, 0))),
            say("topic {topic}", topic=result.topic) if result.topic else say("no topic"),
        ]
        found[name] = _Facet((result.each, _key_of(result.sort), result.topic), several(told))
    return found


def _topics(of: ReadVocabulary) -> dict[str, _Facet]:
    return {name: _declared() for name in of.scope.topics}


def _languages(of: ReadVocabulary) -> dict[str, _Facet]:
    return {name: _declared() for name in of.scope.languages}


def _channels(of: ReadVocabulary) -> dict[str, _Facet]:
    return {name: _Facet(words := channel_words(known), words) for name, known in of.scope.channels.items()}


def _axes(of: ReadVocabulary, renamed: Mapping[str, str]) -> dict[str, _Facet]:
    """What tells types of encounter apart, in whatever order."""
    axes = of.scope.axes
    key = frozenset(_axis_key(axis, renamed) for axis in axes)
    names = sorted(axis.name if isinstance(axis, TermAxis | Measured) else _axis_name(of, axis) for axis in axes)
    return {"": _Facet(key, several(names))} if axes else {}


def _axis_key(axis: Axis, renamed: Mapping[str, str]) -> object:
    match axis:
        case TermAxis(_, _, term, role):
            return "term", renamed.get(term, term), role
        case Measured(_, terms, _, constant):
            return "measured", terms, constant
        case _:
            return axis


def _axis_name(of: ReadVocabulary, axis: Attribute | Occurs) -> str:
    if isinstance(axis, Occurs):
        return axis.occurrence.moment
    return axis.name if axis.role is None else f"{of.scope.roles[axis.role]}.{axis.name}"


def _terms(of: ReadVocabulary, left_out: Mapping[str, str]) -> dict[str, _Facet]:
    """What sort of thing a term stands for; what it says is compared in meaning."""
    told = {name: meaning for name, meaning in of.scope.terms.items() if name not in left_out}
    return {name: _Facet((powers_of(meaning),), of.definition(name)) for name, meaning in told.items()}


# ---- values


def _values(sort: Sort, unit: str | None) -> str:
    """What values there are, in the unit of the author."""
    match sort:
        case KindSort(name):
            return say("kind {kind}", kind=name)
        case FlagSort():
            return say("yes or no")
        case NumberSort(dimension, low, high):
            quantity = say(DIMENSIONS[dimension])
            if low is None or high is None:
                return quantity
            words = mark("{quantity} from {low} to {high}")
            return say(words, quantity=quantity, low=show(low, unit, dimension), high=show(high, unit, dimension))


def _key_of(sort: Sort) -> object:
    """What is compared of values; those of kinds are compared by themselves."""
    return sort.name if isinstance(sort, KindSort) else sort


# ---- what readers call things


def _titles(old: ReadVocabulary, new: ReadVocabulary) -> Iterator[Declaration]:
    """What both call otherwise, in the language of the document and in others."""
    for what, said in _TITLES.items():
        before, after = (_told(one, said) for one in (old, new))
        common = [name for name in before if name in after]
        some, others = ({name: _Facet(titles[name], titles[name]) for name in common} for titles in (before, after))
        yield from _compared(what, some, others)


def _told(of: ReadVocabulary, wanted: str) -> dict[str, str]:
    """Titles of one category of things."""
    if wanted == "channel":
        return {name: channel.title for name, channel in of.scope.channels.items()}
    found: dict[str, str] = {}
    derived = {*of.scope.counters, *of.scope.moments}  # attributes whose titles follow from others
    for (category, name), title in of.scope.own_titles.items():
        if category == wanted and not (category in ("attribute", "not") and name in derived):
            translated = of.scope.translations.get((category, name), {})
            found |= {name: title, **{f"{name} ({language})": words for language, words in translated.items()}}
    return found


# Things whose title alone says what they are, by what the title is told as.
_TITLES = {
    mark("title of value"): "member",
    mark("title of kind"): "kind",
    mark("title of situation"): "situation",
    mark("title of role"): "role",
    mark("title of attribute"): "attribute",
    mark("title of its absence"): "not",
    mark("title of moment"): "moment",
    mark("title of act"): "act",
    mark("title of result"): "result",
    mark("title of topic"): "topic",
    mark("title of language"): "language",
    mark("title of channel"): "channel",
}
