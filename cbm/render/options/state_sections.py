"""Where a negotiation stands, to sections of a page: the same for the terminal, Markdown and HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from re import compile as pattern

from cbm.outcomes.state_of_play import (
    BestForAll,
    ChoiceStanding,
    Delegation,
    GroupStanding,
    Incompatible,
    Obstacle,
    OptionStanding,
    PrivateStanding,
    StateOfPlay,
)
from cbm.records import Record

_MOST_WAYS = 12  # clean ways of one group that are written out
_MOST_SETS = 6
_NOTE = pattern(r"\s(?:text|source)\s+(?:[a-z]{2,3}\s+)?\"")


class Item(Record):
    """One line of a section, with what stands below it."""

    text: str
    below: tuple[str, ...] = ()


class PageSection(Record):
    title: str
    items: tuple[Item, ...]
    nothing: str = ""  # what is said where there are no items; empty: the section is left out


def heading(state: StateOfPlay) -> str:
    """`Where coc stands: Code of conduct`."""
    return f"Where {state.text} stands" + (f": {state.title}" if state.title != state.text else "")


def verdict(state: StateOfPlay) -> str:
    """How much is open, and how much of it is clean."""
    choices = _count(len(state.choices), "choice")
    date = f", as of {state.as_of}" if state.as_of else ""
    if not state.clean:
        clean = "None is clean: whatever is taken, something is wrong"
    elif state.clean == state.packages:
        clean = "All of them are clean"
    else:
        clean = f"{state.clean:,} of them {'is' if state.clean == 1 else 'are'} clean"
    aside = ", but for what no choice settles" if state.everywhere else ""
    open_questions = f", and {_count(len(state.undecided), 'question')} stayed undecided" if state.undecided else ""
    return f"{choices}, {_count(state.packages, 'package')}{date}. {clean}{aside}{open_questions}."


def sections(state: StateOfPlay, delegation: str | None = None) -> tuple[PageSection, ...]:
    """All sections in order; of one delegation, if it is named, with what is its own first."""
    own = list(_of_delegations(state, delegation))
    own += [] if state.private is None else _private(state.private)
    found = [
        PageSection("Agreed already, in every package", tuple(_agreed(state)), "No clause stands in every package."),
        PageSection("What is open", tuple(_choice(choice) for choice in state.choices)),
        PageSection("Options in no clean package", tuple(_dead(state))),
        PageSection(
            "What cannot go together",
            tuple(_incompatible(one) for one in state.incompatible if len(one.options) > 1),
            "Nothing: all options that can be had go together.",
        ),
        PageSection("Brackets without difference", tuple(_same(state))),
        PageSection("What leaving something out opens", tuple(_reason(reason) for reason in state.opened)),
        PageSection(
            "Ways to settle it", tuple(_group(g) for g in state.groups), "Whatever is taken, nothing is wrong."
        ),
        *([] if delegation else own),
        PageSection("Best for all, where all have spoken", tuple(_best(state))),
        PageSection("What settles most", tuple(_settling(state))),
        PageSection("What depends on how terms are read", tuple(_reason(reason) for reason in state.by_reading)),
        PageSection("What no choice settles", tuple(_reason(reason) for reason in state.everywhere)),
        PageSection("Undecided", tuple(Item(words) for words in state.undecided)),
        PageSection("Left open in these texts", tuple(Item(note) for note in state.notes)),
    ]
    ordered = [*own, *found] if delegation else found
    return tuple(section for section in ordered if section.items or section.nothing)


def _agreed(state: StateOfPlay) -> Iterator[Item]:
    if state.agreed:
        yield Item(f"clause{'s' if len(state.agreed) > 1 else ''} {', '.join(state.agreed)}")


def _choice(choice: ChoiceStanding) -> Item:
    called = f" (`{choice.name}`)" if choice.name and choice.name != choice.title else ""
    return Item(f"{choice.title}{called}, {choice.place}", tuple(_option(option) for option in choice.options))


def _option(option: OptionStanding) -> str:
    who = f"{', '.join(option.proposers)}: " if option.proposers else ""
    words = "left out" if option.out else _without_notes(option.words)
    remark = f" ({option.remark})" if option.remark else ""
    return f"{option.number} {who}{words}{remark}{' — in no clean package' if option.dead else ''}"


def _without_notes(words: str) -> str:
    """What an option says, without the quoted texts and sources behind it."""
    return _NOTE.split(words, maxsplit=1)[0].strip()


def _dead(state: StateOfPlay) -> Iterator[Item]:
    for one in state.incompatible:
        if len(one.options) == 1:
            yield Item(one.options[0], tuple(_below(one.reasons)))


def _incompatible(one: Incompatible) -> Item:
    return Item(" with ".join(one.options), tuple(_below(one.reasons)))


def _below(reasons: Sequence[Obstacle]) -> Iterator[str]:
    for reason in reasons:
        yield f"{reason.rule}: {reason.message} ({reason.place})"
        if reason.example:
            yield f"for example: {reason.example}"


def _same(state: StateOfPlay) -> Iterator[Item]:
    for choice in state.choices:
        for pair in choice.without_difference:
            one, other = (next(o for o in choice.options if o.number == number) for number in pair)
            said = " and ".join(f"“{o.words}”" if not o.out else "leaving it out" for o in (one, other))
            yield Item(f"{choice.title}: {said} mean the same")


def _reason(reason: Obstacle) -> Item:
    below = (f"for example: {reason.example}",) if reason.example else ()
    return Item(f"{reason.rule}: {reason.message} ({reason.place})", below)


def _group(group: GroupStanding) -> Item:
    said = f"{', '.join(group.choices)}: {group.clean:,} of {_count(group.packages, 'package')} clean"
    return Item(said, tuple(_either([way.words for way in group.ways])))


def _either(several: Sequence[Sequence[str]]) -> Iterator[str]:
    """Ways, one a line: `either …`, `or …`; the first ones, and how many more."""
    ways = ["; ".join(words) for words in several]
    for number, way in enumerate(ways[:_MOST_WAYS]):
        yield f"either {way}" if number == 0 and len(ways) > 1 else f"or {way}" if number else way
    if len(ways) > _MOST_WAYS:
        yield f"or in {len(ways) - _MOST_WAYS:,} more ways"


def _of_delegations(state: StateOfPlay, only: str | None) -> Iterator[PageSection]:
    items = [_delegation(one) for one in state.delegations if only in (None, one.name)]
    if items:
        yield PageSection(f"What {only} can keep" if only else "What each delegation can keep", tuple(items))


def _delegation(one: Delegation) -> Item:
    return Item(f"{one.name}, {_count(one.proposals, 'proposal')}", tuple(_sets_told(one.sets)))


def _sets_told(sets: Sequence[Sequence[Sequence[str]]]) -> Iterator[str]:
    for kept in sets:
        told = ["; ".join(options) or "nothing" for options in kept[:_MOST_SETS]]
        yield " — or ".join(told) + (f" — or {len(kept) - _MOST_SETS} more" if len(kept) > _MOST_SETS else "")


def _best(state: StateOfPlay) -> Iterator[Item]:
    """With what nobody can have more unless another has less; then where that cannot be asked."""
    for one in state.best_for_all:
        yield Item(_best_words(one), tuple(_either([way.words for way in one.ways])))
    if state.best_for_all and state.unspoken:
        yield Item(f"open, for not all have said what they want: {', '.join(state.unspoken)}")


def _best_words(one: BestForAll) -> str:
    of = f"with {one.best:,} of {_count(one.clean, 'clean package')}"
    return f"{', '.join(one.choices)}: {of} nobody can have more unless another has less"


def _private(own: PrivateStanding) -> Iterator[PageSection]:
    """What a file of a delegation comes to: numbers, and options of the text that all know."""
    items = []
    if own.missed_everywhere:
        items.append(Item(f"{_count(own.missed_everywhere, 'expectation')} met in no package"))
    if own.expected and not own.clean:
        items.append(Item("no package is clean and meets all that it expects"))
    elif own.expected:
        met = "package is clean and meets" if own.clean == 1 else "packages are clean and meet"
        lines = tuple(line for group in own.groups for line in _group_lines(group))
        items.append(Item(f"{own.clean:,} {met} all that it expects", lines))
    if own.by_reading:
        items.append(Item(f"{_count(own.by_reading, 'expectation')} met or not as terms are read"))
    if own.undecided:
        items.append(Item(f"{_count(own.undecided, 'question')} about it stayed undecided"))
    kept = Item("of what it proposes and wishes these stay together", tuple(_sets_told(own.sets)))
    items += [kept] if own.sets else []
    said = f"{_count(own.expected, 'expectation')}, {_count(own.wishes, 'wish')}"
    yield PageSection(f"What the file of {own.delegation} comes to ({said})", tuple(items), "All of it can be had.")


def _group_lines(group: GroupStanding) -> Iterator[str]:
    told = _group(group)
    yield told.text
    yield from told.below


def _settling(state: StateOfPlay) -> Iterator[Item]:
    if state.settling is not None:
        known = state.settling
        yield Item(
            f"{known.option}: of {_count(known.of, 'finding')} on some packages {known.settled} are gone with it"
        )


def _count(count: int, word: str) -> str:
    return f"{count:,} {word}" if count == 1 else f"{count:,} {word}{'es' if word.endswith('sh') else 's'}"
