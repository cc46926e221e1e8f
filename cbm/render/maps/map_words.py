"""Numbers and sentences that all pages of a map share."""

from __future__ import annotations

from fractions import Fraction

from cbm.outcomes.coverage_map import Addition, Asymmetry, CoverageMap, Due, Excepted, Gap, Hinge, Layer, State
from cbm.outcomes.map_parts import Clash, Named, Witness
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say, say_count
from cbm.translation.speech import spoken

WHOLE = Fraction(1)
_LONG = 10_000
# The heading of gaps that are open altogether.
WHOLLY = mark("nothing governs it where")


def percent(share: Fraction) -> str:
    """Rounded down, so that only what is whole is called 100%; more than nothing is never called 0%."""
    whole = share.numerator * 100 // share.denominator
    return say("under 1%") if share and not whole else f"{whole}%"


def fraction(share: Fraction) -> str:
    """Exact as long as it can be read at a glance, else as a percentage; machine formats have it exactly."""
    return str(share) if share.denominator < _LONG else percent(share)


def types_words(count: int) -> str:
    return say_count("{count:,} type", "{count:,} types", count)


def title(drawn: CoverageMap) -> str:
    """What the map is of, in one line."""
    subject = drawn.subject
    if not subject.words or subject.words == subject.name:
        return subject.name
    return say("{title} ({name})", title=subject.words, name=subject.name)


def reading(drawn: CoverageMap) -> str:
    """What it is read with, when, and what tells its types apart."""
    texts = listed([text.name for text in drawn.beside])
    parts = [say("read with {texts}", texts=texts) if texts else say("read by itself")]
    if drawn.as_of is not None:
        parts.append(say("as of {date}", date=drawn.as_of))
    axes = listed([called(axis.named) for axis in drawn.axes])
    words = mark("types of {situation} by {axes}") if axes else mark("every {situation} taken together")
    parts.append(say(words, situation=drawn.situation.words, axes=axes))
    return listed(parts, ",", "sentences")


def name_words(drawn: CoverageMap, layer: Layer) -> str:
    """What the matter of a layer is called, with whom it is about where that differs."""
    return with_bearer(drawn, layer, called(layer.named))


def called(named: Named) -> str:
    """A topic or an axis as a text names it for readers of English, and as its vocabulary does for others."""
    return named.name if spoken() == "en" else named.words


def with_bearer(drawn: CoverageMap, layer: Layer, name: str) -> str:
    if len({one.bearer for one in drawn.layers}) == 1:
        return name
    return say("{name} ({bearer})", name=name, bearer=layer.bearer)


def measure(layer: Layer) -> str:
    """What the layer is measured against."""
    promise = layer.promise
    if promise.implied:
        return say("not promised; measured against its scope: {promise}", promise=promise.words)
    return say("promised: {promise}", promise=promise.words)


def standing(drawn: CoverageMap, layer: Layer) -> str:
    """How much of what is promised is governed, in one line."""
    if layer.undecided:
        return say("undecided: {why}", why=layer.undecided)
    if not layer.tally:
        return say_count("{count:,} gap found", "{count:,} gaps found", len(layer.gaps))
    promised, governed = layer.promised, count(layer, State.GOVERNED)
    if not promised:
        return say("no such {situation} can happen", situation=drawn.situation.words)
    share = percent(Fraction(governed, promised))
    parts = [
        say_count(
            "{governed:,} of {count:,} type governed ({share})",
            "{governed:,} of {count:,} types governed ({share})",
            promised,
            governed=governed,
            share=share,
        )
    ]
    counted = _COUNTED if layer.hinges not in _DEPENDING else {**_COUNTED, State.DEPENDING: _DEPENDING[layer.hinges]}
    parts += [say(words, count=count(layer, state)) for state, words in counted.items() if count(layer, state)]
    return listed(parts, ",", "sentences")


_COUNTED = {
    State.CONTRADICTORY: mark("{count:,} contradictory"),
    State.DEPENDING: mark("{count:,} depending on a reading"),
    State.NOTIFIED: mark("{count:,} with notification only"),
    State.PARTLY: mark("{count:,} open in part"),
    State.SILENT: mark("{count:,} silent"),
    State.RESERVED: mark("{count:,} reserved"),
    State.EXCEPTED: mark("{count:,} governed but for exceptions"),
    State.SWAYED: mark("{count:,} governed or not as the unit acts"),
    State.PARTLY_RESERVED: mark("{count:,} governed and in part reserved"),
    State.UNDECIDED: mark("{count:,} undecided"),
}
# The same of what turns on packages.
_DEPENDING = {
    frozenset((Hinge.PACKAGE,)): mark("{count:,} depending on the package"),
    frozenset(Hinge): mark("{count:,} depending on the package or on a reading"),
}


def count(layer: Layer, state: State) -> int:
    return layer.tally.get(state, 0)


def gap_words(gap: Gap) -> str:
    """A gap in one sentence: where, of how many types, and how much of each."""
    parts = [types_words(gap.types)]
    if gap.conditions and gap.share is not None and gap.share != WHOLE:
        parts.append(say("{share} of each", share=fraction(gap.share)) if gap.share else say("a single point of each"))
    if gap.along is not None and gap.along != WHOLE:
        parts.append(
            say("{share} of the range", share=percent(gap.along)) if gap.along else say("a single point of the range")
        )
    told = listed(parts, ",")
    if gap.reading:
        return say("{gap}, if {reading} ({counts})", gap=gap.words, reading=gap.reading, counts=told)
    return say("{gap} ({counts})", gap=gap.words, counts=told)


def box_words(words: str, types: int) -> str:
    """What the text adds or leaves, with the number of types."""
    return say("{gap} ({counts})", gap=words, counts=types_words(types))


def example_words(witness: Witness) -> str:
    return say("for example {example}", example=witness.shown.words)


def additions_words(drawn: CoverageMap, layer: Layer) -> list[tuple[str, tuple[Addition, ...]]]:
    """What the text adds to the others, and what it leaves to them, each with its boxes."""
    additions, others = layer.additions, listed([text.name for text in drawn.beside])
    found: list[tuple[str, tuple[Addition, ...]]] = []
    if additions and additions.first:
        words = mark("governed throughout with this text, and not by {others} alone")
        found.append((say(words, others=others), additions.first))
    if additions and additions.left:
        words = mark("governed throughout with {others}, and not by this text alone")
        found.append((say(words, others=others), additions.left))
    return found


# The heading of what is due by a time.
DUE = mark("when it is due")


def due_words(due: Due) -> str:
    """What a clause asks for by a time, and where, in one sentence."""
    times = say("{times}, when {condition}", times=due.times, condition=due.when) if due.when else due.times
    if due.packages:
        times = say("{times}, if {packages}", times=times, packages=due.packages)
    where = due.where[0] if due.where else ""
    for more in due.where[1:]:
        where = say("{before}; or {after}", before=where, after=more)
    return say(
        "{times} ({clause}): {where} ({counts})",
        times=times,
        clause=due.name,
        where=where,
        counts=types_words(due.types),
    )


def gaps_of(layer: Layer) -> list[tuple[str, tuple[Gap, ...]]]:
    """The gaps under what they have in common: open altogether, in part, on a bound, or by package or reading."""
    kinds = (
        (WHOLLY, lambda gap: not (gap.seam or gap.conditions or gap.reading)),
        (mark("nothing governs it in part where"), lambda gap: bool(gap.conditions) and not (gap.seam or gap.reading)),
        (
            mark("governed on either side of a bound, and by nothing on it, where"),
            lambda gap: gap.seam and not gap.reading,
        ),
        (
            mark("on some packages nothing governs it where"),
            lambda gap: bool(gap.reading) and gap.hinges == {Hinge.PACKAGE},
        ),
        (
            mark("on some readings of some packages nothing governs it where"),
            lambda gap: bool(gap.reading) and gap.hinges == set(Hinge),
        ),
        (
            mark("on some readings nothing governs it where"),
            lambda gap: bool(gap.reading) and Hinge.PACKAGE not in gap.hinges,
        ),
    )
    found = [(heading, tuple(filter(kind, layer.gaps))) for heading, kind in kinds]
    return [(heading, gaps) for heading, gaps in found if gaps]


def clash_words(clash: Clash, types: int) -> str:
    """What cannot be complied with, on which readings, and in how many types of encounter."""
    if clash.reading:
        said = say("{words} if {condition}", words=clash.words, condition=clash.reading)
        return _in_types(said, types)
    return _in_types(clash.words, types)


def _in_types(words: str, types: int) -> str:
    """It happens in encounters of these types, and perhaps not in all of them."""
    return say_count(
        "{words} (somewhere in {count:,} type)", "{words} (somewhere in each of {count:,} types)", types, words=words
    )


def clashes_of(layer: Layer) -> list[tuple[Clash, int]]:
    """What cannot be complied with, with the number of types in which it happens, the most frequent first."""
    found: dict[Clash, int] = {}
    for cell in layer.cells:
        for clash in cell.clashes:
            found[clash] = found.get(clash, 0) + cell.types
    return sorted(found.items(), key=lambda item: (-item[1], item[0].clauses))


def reserves_of(layer: Layer) -> list[str]:
    """What the text leaves open on purpose, why and until when, and in how many types of encounter."""
    found: dict[str, int] = {}
    for cell in layer.cells:
        for reserve in cell.reserves:
            found[reserve] = found.get(reserve, 0) + cell.types
    return [_in_types(reserve, types) for reserve, types in found.items()]


def excepted_words(excepted: Excepted) -> str:
    """What exceptions leave of a clause, on some packages only if it is worded otherwise on others."""
    words = excepted.words
    if excepted.kept is not None:
        words = say(
            "{words}: in {share} ({percent}) of what its exceptions tell apart",
            words=words,
            share=fraction(excepted.kept),
            percent=percent(excepted.kept),
        )
    return say("{words}, if {packages}", words=words, packages=excepted.packages) if excepted.packages else words


def asymmetry_words(asymmetry: Asymmetry) -> str:
    if asymmetry.because:
        return say("{words}: declared, “{reason}”", words=asymmetry.words, reason=asymmetry.because)
    return say("{words}: without a reason", words=asymmetry.words)
