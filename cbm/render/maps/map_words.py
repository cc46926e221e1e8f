"""Numbers and sentences that all pages of a map share."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from cbm.outcomes.coverage_map import Addition, Additions, Asymmetry, CoverageMap, Due, Excepted, Gap, Layer, State
from cbm.outcomes.map_parts import Clash

WHOLE = Fraction(1)
_LONG = 10_000
# The heading of gaps that are open altogether.
WHOLLY = "nothing governs it where"


def percent(share: Fraction) -> str:
    """Rounded down, so that only what is whole is called 100%; more than nothing is never called 0%."""
    whole = share.numerator * 100 // share.denominator
    return "under 1%" if share and not whole else f"{whole}%"


def fraction(share: Fraction) -> str:
    """Exact as long as it can be read at a glance, else as a percentage; machine formats have it exactly."""
    return str(share) if share.denominator < _LONG else percent(share)


def counted(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}s"


def listed(words: Sequence[str]) -> str:
    """`a, b and c`."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def title(drawn: CoverageMap) -> str:
    """What the map is of, in one line."""
    subject = drawn.subject
    return f"{subject.words} ({subject.name})" if subject.words and subject.words != subject.name else subject.name


def reading(drawn: CoverageMap) -> str:
    """What it is read with, when, and what tells its types apart."""
    texts = listed([text.name for text in drawn.beside])
    parts = [f"read with {texts}" if texts else "read by itself"]
    if drawn.as_of is not None:
        parts.append(f"as of {drawn.as_of}")
    axes = listed([axis.named.name for axis in drawn.axes])
    parts.append(f"types of encounter by {axes}" if axes else "all encounters taken together")
    return ", ".join(parts)


def measure(layer: Layer) -> str:
    """What the layer is measured against."""
    promise = layer.promise
    return f"{'not promised; measured against its scope' if promise.implied else 'promised'}: {promise.words}"


def standing(layer: Layer) -> str:
    """How much of what is promised is governed, in one line."""
    if layer.undecided:
        return f"undecided: {layer.undecided}"
    if not layer.tally:
        return f"{counted(len(layer.gaps), 'gap')} found"
    promised, governed = layer.promised, count(layer, State.GOVERNED)
    if not promised:
        return "no such encounter can happen"
    parts = [f"{governed:,} of {counted(promised, 'type')} governed ({percent(Fraction(governed, promised))})"]
    parts += [f"{count(layer, state):,} {words}" for state, words in _ADJECTIVES.items() if count(layer, state)]
    return ", ".join(parts)


_ADJECTIVES = {
    State.CONTRADICTORY: "contradictory",
    State.DEPENDING: "depending on a reading",
    State.NOTIFIED: "with notification only",
    State.PARTLY: "open in part",
    State.SILENT: "silent",
    State.RESERVED: "reserved",
    State.EXCEPTED: "governed but for exceptions",
    State.SWAYED: "governed or not as the unit acts",
    State.PARTLY_RESERVED: "governed and in part reserved",
    State.UNDECIDED: "undecided",
}


def count(layer: Layer, state: State) -> int:
    return layer.tally.get(state, 0)


def gap_words(gap: Gap) -> str:
    """A gap in one sentence: where, of how many types, and how much of each."""
    parts = [counted(gap.types, "type")]
    if gap.conditions and gap.share is not None and gap.share != WHOLE:
        parts.append(f"{fraction(gap.share)} of each" if gap.share else "a single point of each")
    if gap.along is not None and gap.along != WHOLE:
        parts.append(f"{percent(gap.along)} of the range" if gap.along else "a single point of the range")
    reading = f", if {gap.reading}" if gap.reading else ""
    return f"{gap.words}{reading} ({', '.join(parts)})"


def additions_words(additions: Additions, others: str) -> list[tuple[str, tuple[Addition, ...]]]:
    """What the text adds to the others, and what it leaves to them, each with its boxes."""
    found: list[tuple[str, tuple[Addition, ...]]] = []
    if additions.first:
        found.append((f"first governed by this text, and not by {others}", additions.first))
    if additions.left:
        found.append((f"left to {others}", additions.left))
    return found


# The heading of what is due by a time.
DUE = "when it is due"


def due_words(due: Due) -> str:
    """What a clause asks for by a time, and where, in one sentence."""
    times = f"{due.times}, when {due.when}" if due.when else due.times
    return f"{times} ({due.name}): {'; or '.join(due.where)} ({counted(due.types, 'type')})"


def gaps_of(layer: Layer) -> list[tuple[str, tuple[Gap, ...]]]:
    """The gaps under what they have in common: open altogether, in part, on a bound, or by how open terms are read."""
    kinds = (
        (WHOLLY, lambda gap: not (gap.seam or gap.conditions or gap.reading)),
        ("nothing governs it in part where", lambda gap: bool(gap.conditions) and not (gap.seam or gap.reading)),
        ("governed on either side of a bound, and by nothing on it, where", lambda gap: gap.seam and not gap.reading),
        ("on some readings nothing governs it where", lambda gap: bool(gap.reading)),
    )
    found = [(heading, tuple(filter(kind, layer.gaps))) for heading, kind in kinds]
    return [(heading, gaps) for heading, gaps in found if gaps]


def clash_words(clash: Clash, types: int) -> str:
    """What cannot be complied with, on which readings, and in how many types of encounter."""
    reading = f" if {clash.reading}" if clash.reading else ""
    return f"{clash.words}{reading} (in {counted(types, 'type')})"


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
    return [f"{reserve} (in {counted(types, 'type')})" for reserve, types in found.items()]


def excepted_words(excepted: Excepted) -> str:
    """What exceptions leave of a clause."""
    if excepted.kept is None:
        return excepted.words
    return (
        f"{excepted.words}: in {fraction(excepted.kept)} ({percent(excepted.kept)}) of what its exceptions tell apart"
    )


def asymmetry_words(asymmetry: Asymmetry) -> str:
    return f"{asymmetry.words}: {f'declared, “{asymmetry.because}”' if asymmetry.because else 'without a reason'}"
