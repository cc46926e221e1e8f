"""Labels of a map, on an English page in all languages there are; and names in those that the vocabulary has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from cbm.outcomes.coverage_map import Force, GovernedBy, Hinge, State
from cbm.outcomes.map_parts import Axis, Named
from cbm.render.markup import Markup, joined, tag
from cbm.translation.listing import listed
from cbm.translation.saying import Sayable, mark, say, say_as, told
from cbm.translation.speech import Language, speaking, spoken

LANGUAGES: dict[Language, str] = {"en": "English", "zh": "中文", "ja": "日本語"}

STATES: Mapping[State, str] = {
    State.GOVERNED: mark("governed"),
    State.NOTIFIED: mark("notification only"),
    State.PARTLY: mark("in part"),
    State.SILENT: mark("silent"),
    State.RESERVED: mark("reserved"),
    State.PARTLY_RESERVED: mark("reserved in part"),
    State.EXCEPTED: mark("open by exception"),
    State.SWAYED: mark("as the unit acts"),
    State.CONTRADICTORY: mark("contradictory"),
    State.DEPENDING: mark("depends on a reading"),
    State.UNDECIDED: mark("undecided"),
    State.OUTSIDE: mark("not promised"),
    State.IMPOSSIBLE: mark("impossible"),
}
# What a type depends on whose state is so in some readings of the text only, by what that turns on.
_DEPENDING: Mapping[frozenset[Hinge], str] = {
    frozenset((Hinge.PACKAGE,)): mark("depends on the package"),
    frozenset(Hinge): mark("depends on the package or on a reading"),
}
FORCES: Mapping[Force, Sayable] = {
    Force.BINDING: lambda: say_as("force", "binding"),
    Force.MIXED: mark("in part by advice only"),
    Force.HORTATORY: mark("by advice only"),
}
ORIGINS: Mapping[GovernedBy, str] = {
    GovernedBy.SUBJECT: mark("by this text"),
    GovernedBy.BOTH: mark("by this text and others"),
    GovernedBy.OTHERS: mark("by other texts"),
}
WORDS: Mapping[str, str] = {
    "map": mark("Map of coverage"),
    "language": mark("Language of labels"),
    "contents": mark("Contents"),
    "skip": mark("Skip to the maps"),
    "overview": mark("Overview"),
    "promised": mark("promised"),
    "axes": mark("Axes: down × across"),
    "legend": mark("Legend"),
    "types": mark("Types"),
    "state": mark("State"),
    "clauses": mark("Clauses"),
    "clashes": mark("Clauses that clash"),
    "reserves": mark("Left open on purpose"),
    "readings": mark("Readings"),
    "packages": mark("Packages"),
    "packages and readings": mark("Packages and readings"),
    "example": mark("For example"),
    "back": mark("Back to the map"),
    "due": mark("When it is due"),
    "gaps": mark("Gaps"),
    "adds": mark("What the text adds"),
    "exceptions": mark("What exceptions leave"),
    "parties": mark("Clauses that bind one party only"),
    "unspoken": mark("Topics without a clause"),
    "notes": mark("Notes"),
}
MODALITIES: Mapping[str, str] = {
    "obligation": mark("obligation"),
    "prohibition": mark("prohibition"),
    "permission": mark("permission"),
    "exemption": mark("exemption"),
}
_ROLES: Mapping[str, str] = {"own": mark("own unit"), "other": mark("other unit")}


def offered() -> dict[Language, str]:
    """The languages in which a page has its labels: those of an English page can be had in each of them."""
    return LANGUAGES if spoken() == "en" else {}


def spans(label: Sayable) -> Markup:
    """A label in the languages that are offered, of which the page shows one."""
    if not offered():
        return joined(told(label))
    return joined(*(tag("span", _in(code, label), class_=f"l {code}", lang=code) for code in LANGUAGES))


def _in(language: Language, label: Sayable) -> str:
    with speaking(language):
        return told(label)


def state_label(state: State, hinges: frozenset[Hinge]) -> str:
    """What a state is called in a map, or a layer, in which anything turns on these."""
    return _DEPENDING.get(hinges, STATES[state]) if state is State.DEPENDING else STATES[state]


def word(key: str) -> Markup:
    return spans(WORDS[key])


def named(what: Named) -> Markup:
    """A name in the languages it has; English stands for the others."""
    return _with_english(what.words, {code: title for code in LANGUAGES if (title := what.titles.get(code))})


def axis_name(axis: Axis) -> Markup:
    """The name of an axis, with whose it is."""
    titles = {code: title for code in LANGUAGES if (title := axis.named.titles.get(code))}
    if role := _ROLES.get(axis.role or ""):
        titles = {code: _in(code, partial(_of_role, title, role)) for code, title in titles.items()}
    return _with_english(axis.named.words, titles)


def _of_role(title: str, role: str) -> str:
    return say("{title} ({role})", title=title, role=say(role))


def class_name(axis: Axis, values: Sequence[int], words: str) -> Markup:
    """Several values of an axis: all of them, those there are, or those there are not, whichever is shorter."""
    titles: dict[Language, str] = {}
    rest = [p for p in range(len(axis.values)) if p not in values]
    chosen = values if len(values) <= len(rest) else rest
    for code in _OTHERS:
        known = [axis.values[p].named.titles.get(code, "") for p in chosen]
        with speaking(code):
            if len(values) == len(axis.values) > 1:
                titles[code] = say("any")
            elif all(known):
                names = listed(known, ",")
                titles[code] = names if chosen is values else say("any but {values}", values=names)
    return _with_english(words, titles)


_OTHERS: tuple[Language, ...] = tuple(code for code in LANGUAGES if code != "en")


def _with_english(words: str, titles: Mapping[Language, str]) -> Markup:
    """What it is called, in the languages that are offered; English stands for those it has no name in."""
    if not offered():
        return joined(words)
    missing = [code for code in _OTHERS if not titles.get(code)]
    parts = [tag("span", words, class_=" ".join(("l", "en", *missing)), lang="en")]
    parts += [tag("span", titles[code], class_=f"l {code}", lang=code) for code in _OTHERS if code not in missing]
    return joined(*parts)
