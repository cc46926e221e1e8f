"""Where a negotiation stands, to sections of a page: the same for the terminal, Markdown and HTML."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
    WorkableBox,
)
from cbm.records import Record
from cbm.render.remarks import Remark, named
from cbm.render.translated_page import stopped
from cbm.translation.listing import listed, row, sentences
from cbm.translation.saying import mark, say, say_count

_MOST_WAYS = 12  # clean ways of one group that are written out
_MOST_SETS = 6
_NOTE = pattern(
    r"\s(?:text|source)(?:\s+(?:[a-z]{2,3}\s+)?\"[^\"]*\")+(?:\s+(?:seen\s+(?:text|secondary)|from\s+memory|own\s+choice))?"
)


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
    told = say("Where {text} stands", text=state.text)
    return named(told, state.title) if state.title != state.text else told


def verdict(state: StateOfPlay) -> str:
    """How much is open, and how much of it is clean."""
    counts = [say_count("{count:,} choice", "{count:,} choices", len(state.choices)), _packages(state.packages)]
    dated = [say("as of {date}", date=state.as_of)] if state.as_of else []
    if not state.clean and not state.workable:
        clean = say("None is clean: whatever is taken, something is wrong")
    elif not state.clean:
        clean = say_count(
            "{count:,} of them is workable: clean on some readings of open terms, and none is on every one",
            "{count:,} of them are workable: clean on some readings of open terms, and none is on every one",
            state.workable,
        )
    elif state.clean_at_most and state.clean == state.packages:
        clean = say("How many of them are clean is not known: nothing wrong was found in any")
    elif state.clean == state.packages:
        clean = say("All of them are clean")
    elif state.clean_at_most:
        clean = say_count("At most {count:,} of them is clean", "At most {count:,} of them are clean", state.clean)
    else:
        clean = say_count("{count:,} of them is clean", "{count:,} of them are clean", state.clean)
    if state.clean and state.workable:
        clean = say_count(
            "{clean}, and {count:,} more is workable: clean on some readings of open terms",
            "{clean}, and {count:,} more are workable: clean on some readings of open terms",
            state.workable,
            clean=clean,
        )
    if state.everywhere:
        clean = say("{clean}, but for what no choice settles", clean=clean)
    elif state.by_reading_everywhere and (state.clean or state.workable):
        clean = say("{clean}, but for what depends in all of them on how terms are read", clean=clean)
    if state.undecided:
        clean = say_count(
            "{clean}, and {count:,} question stayed undecided",
            "{clean}, and {count:,} questions stayed undecided",
            len(state.undecided),
            clean=clean,
        )
    return sentences((stopped(listed([listed(counts, ","), *dated], ",", "sentences")), stopped(clean)))


def _packages(count: int) -> str:
    return say_count("{count:,} package", "{count:,} packages", count)


def sections(state: StateOfPlay, delegation: str | None = None) -> tuple[PageSection, ...]:
    """All sections in order; of one delegation, if it is named, with what is its own first."""
    own = list(_of_delegations(state, delegation))
    own += [] if state.private is None else _private(state.private, state)
    shown = set[Obstacle]()
    found = [
        PageSection(
            say("Agreed already, in every package"),
            tuple(_agreed(state)),
            say("No clause stands in every package with the same words."),
        ),
        PageSection(say("What is taken for this question"), tuple(_taken(state))),
        PageSection(say("What is open"), tuple(_choice(c) for c in state.choices if c.taken is None)),
        PageSection(say("What is tied: packages that break it do not exist"), tuple(_ties(state))),
        PageSection(say("Why no package is clean"), tuple(_why_none(state, shown))),
        PageSection(say("Options in no clean package"), tuple(_dead(state, shown))),
        PageSection(
            say("What cannot go together"),
            tuple(_incompatible(one, shown) for one in state.incompatible if len(one.options) > 1),
            _together(state),
        ),
        PageSection(say("Brackets without difference"), tuple(_same(state))),
        PageSection(say("References to what some packages lack"), tuple(_lacking(state))),
        PageSection(say("Gaps on some packages"), tuple(_reason(reason) for reason in state.opened)),
        PageSection(
            say("Ways to settle it"),
            tuple(_group(g, state) for g in state.groups if not g.settled),
            _free(state),
        ),
        *([] if delegation else own),
        PageSection(say("Best for all, where all have spoken"), tuple(_best(state))),
        PageSection(say("What settles most"), tuple(_settling(state))),
        PageSection(say("What depends on how terms are read"), tuple(_reason(reason) for reason in state.by_reading)),
        PageSection(say("What no choice settles"), tuple(_reason(reason) for reason in state.everywhere)),
        PageSection(say("Undecided"), tuple(Item(words) for words in state.undecided)),
        PageSection(say("Left open in these texts"), tuple(Item(note) for note in state.notes)),
    ]
    ordered = [*own, *found] if delegation else found
    return tuple(section for section in ordered if section.items or section.nothing)


def _together(state: StateOfPlay) -> str:
    """What is said where nothing was found that cannot go together; nothing where no package is clean."""
    if not (state.clean or state.workable):
        return ""
    if state.clean_at_most:
        return say("Nothing was found; what stayed undecided may keep options apart.")
    return say("Nothing: all options that can be had go together.")


def _free(state: StateOfPlay) -> str:
    """What is said where nothing depends on what is taken."""
    if state.clean_at_most:
        return say("Nothing was found that depends on what is taken; what stayed undecided may.")
    if state.everywhere:
        return say("Whatever is taken, nothing is wrong but what no choice settles.")
    if state.by_reading_everywhere:
        return say("Whatever is taken, nothing is wrong but what depends on how terms are read.")
    return say("Whatever is taken, nothing is wrong.")


def _agreed(state: StateOfPlay) -> Iterator[Item]:
    if state.agreed:
        yield Item(
            say("clauses {clauses}", clauses=listed(state.agreed, ","))
            if len(state.agreed) > 1
            else say("clause {clause}", clause=state.agreed[0])
        )
    same = [choice.title for choice in state.choices if choice.is_of_words and choice.taken is None]
    if same:
        yield Item(say("what comes to the same whatever is taken: {places}", places=listed(same)))
    least = [(choice, choice.at_least) for choice in state.choices if not choice.is_of_words and choice.taken is None]
    told = tuple(_at_least(choice, option) for choice, option in least if option is not None)
    if told:
        yield Item(say("at least this, whatever is taken:"), told)
    reasons = [(choice.title, choice.least_not_asked) for choice in state.choices]
    yield from _not_asked(reasons, mark("what is agreed at least is not asked of {places}: {reason}"))


def _at_least(choice: ChoiceStanding, option: int) -> str:
    return named(choice.title, _called(choice, option))


def _ties(state: StateOfPlay) -> Iterator[Item]:
    for tie in state.ties:
        yield Item(say("{message} ({place})", message=tie.words, place=tie.place))


def _taken(state: StateOfPlay) -> Iterator[Item]:
    """The choices of which one option is left, by what is taken or with what it is tied to."""
    taken = [(choice, choice.taken) for choice in state.choices]
    return (Item(named(choice.title, _called(choice, number))) for choice, number in taken if number is not None)


def _choice(choice: ChoiceStanding) -> Item:
    called = choice.title
    if choice.name and choice.name != choice.title:
        called = say("{choice} (`{name}`)", choice=called, name=choice.name)
    return Item(listed([called, choice.place], ",", "sentences"), tuple(_options(choice)))


def _options(choice: ChoiceStanding) -> Iterator[str]:
    told = [_option(option) for option in choice.options]
    yield from told if len(told) > 1 else (say("{option} — nothing else is proposed", option=one) for one in told)


def _option(option: OptionStanding) -> str:
    words = say("left out") if option.out else _without_notes(option.words)
    if option.proposers:
        words = named(listed(option.proposers, ","), words)
    if option.remark and option.remark != option.words:
        words = say("{option} ({remark})", option=words, remark=option.remark)
    if option.dead:
        words = say("{option} — in no clean package", option=words)
    elif option.left_aside:
        words = say("{option} — left aside by what is taken", option=words)
    elif option.workable:
        words = say("{option} — clean on some readings of open terms only", option=words)
    return f"{option.number} {words}"


def _without_notes(words: str) -> str:
    """What an option says, without the quoted texts and sources in it."""
    return _NOTE.sub("", words).strip()


def _why_none(state: StateOfPlay, shown: set[Obstacle]) -> Iterator[Item]:
    """Of choices that can be settled in no way: the findings of which each way has one at least."""
    for one in state.incompatible:
        if not one.options:
            told = _each(one.reasons, shown)
            yield Item(say("whatever is taken, at least one of these is so:"), tuple(told))


def _dead(state: StateOfPlay, shown: set[Obstacle]) -> Iterator[Item]:
    for one in state.incompatible:
        if len(one.options) == 1:
            yield Item(one.options[0], tuple(_below(one, shown)))


def _incompatible(one: Incompatible, shown: set[Obstacle]) -> Item:
    together = one.options[0]
    for option in one.options[1:]:
        together = say("{one} with {other}", one=together, other=option)
    return Item(together, tuple(_below(one, shown)))


def _below(one: Incompatible, shown: set[Obstacle]) -> Iterator[str]:
    """The reasons, each with its example where that was not `shown` before."""
    if len(one.reasons) > 1 and one.by_reading:
        yield say("at least one of these, by how terms are read and what else is taken:")
    elif len(one.reasons) > 1:
        yield say("at least one of these, by what else is taken:")
    yield from _each(one.reasons, shown)


def _each(reasons: Sequence[Obstacle], shown: set[Obstacle]) -> Iterator[str]:
    for reason in reasons:
        yield _told(reason)
        if reason.example and reason not in shown:
            shown.add(reason)
            yield named(Remark.EXAMPLE.words, reason.example)


def _told(reason: Obstacle) -> str:
    message = say("{message} ({place})", message=reason.message, place=reason.place)
    return named(reason.rule, message)


def _same(state: StateOfPlay) -> Iterator[Item]:
    for choice in state.choices:
        for pair in choice.without_difference:
            said = [_called(choice, number) for number in pair]
            yield Item(named(choice.title, say("{options} mean the same", options=listed(said))))
        for case in choice.in_one_case:
            said = [_called(choice, number) for number in case.options]
            words = say("{options} differ in one case alone: {case}", options=listed(said), case=case.where)
            yield Item(named(choice.title, words))

        for same in choice.same_beside:
            options = listed([_called(choice, number) for number in same.options])
            yield Item(named(choice.title, _same_beside(options, same.clauses)))
    reasons = [(choice.title, choice.same_not_asked) for choice in state.choices]
    words = mark("what comes to the same beside other clauses is not asked of {places}: {reason}")
    yield from _not_asked(reasons, words)


def _not_asked(reasons: Iterable[tuple[str, str]], words: str) -> Iterator[Item]:
    """What is not asked, for each reason of which choices; without a reason it is asked."""
    places: dict[str, list[str]] = {}
    for place, reason in reasons:
        if reason:
            places.setdefault(reason, []).append(place)
    return (Item(say(words, places=listed(several), reason=reason)) for reason, several in places.items())


def _same_beside(options: str, clauses: Sequence[str]) -> str:
    if not clauses:
        return say("{options} come to the same beside the other clauses, whatever else is taken", options=options)
    if len(clauses) == 1:
        words = mark("{options} come to the same beside clause {clause}, whatever else is taken")
        return say(words, options=options, clause=clauses[0])
    words = mark("{options} come to the same beside clauses {clauses}, whatever else is taken")
    return say(words, options=options, clauses=listed(clauses))


def _called(choice: ChoiceStanding, number: int) -> str:
    option = next(option for option in choice.options if option.number == number)
    return say("“{words}”", words=_without_notes(option.words)) if not option.out else say("leaving it out")


def _lacking(state: StateOfPlay) -> Iterator[Item]:
    for one in state.lacking:
        yield Item(say("{message} ({place})", message=one.message, place=one.place), one.remedies)


def _reason(reason: Obstacle) -> Item:
    below = (named(Remark.EXAMPLE.words, reason.example),) if reason.example else ()
    return Item(_told(reason), below)


def _group(group: GroupStanding, state: StateOfPlay) -> Item:
    packages = _packages(group.packages)
    if state.clean_at_most and group.clean == group.packages:
        clean = say("{packages} that ties leave, and nothing wrong was found in any", packages=packages)
    elif state.clean_at_most:
        clean = say("at most {clean:,} of {packages} clean", clean=group.clean, packages=packages)
    elif group.clean == group.packages:
        clean = say("{packages} that ties leave, all of them clean", packages=packages)
    else:
        clean = say("{clean:,} of {packages} clean", clean=group.clean, packages=packages)
    if group.workable:
        clean = say("{clean}, {workable:,} workable", clean=clean, workable=group.workable)
    ways = (*_either([way.words for way in group.ways]), *map(_workable, group.workable_ways[:_MOST_WAYS]))
    return Item(named(listed(group.choices, ","), clean), ways)


def _workable(way: WorkableBox) -> str:
    """What may be taken, and on which readings nothing is wrong then."""
    taken = row(way.words) or say("whatever is taken")
    if way.readings:
        return say("workable if {readings}: {way}", readings=way.readings, way=taken)
    return say("workable on some readings of open terms: {way}", way=taken)


def _either(several: Sequence[Sequence[str]]) -> Iterator[str]:
    """Ways, one a line: `either …`, `or …`; the first ones, and how many more."""
    ways = [row(words) for words in several]
    for number, way in enumerate(ways[:_MOST_WAYS]):
        if number:
            yield say("or {way}", way=way)
        else:
            yield say("either {way}", way=way) if len(ways) > 1 else way
    if len(ways) > _MOST_WAYS:
        yield say("or in {count:,} more ways", count=len(ways) - _MOST_WAYS)


def _of_delegations(state: StateOfPlay, only: str | None) -> Iterator[PageSection]:
    items = [_delegation(state, one) for one in state.delegations if only in (None, one.name)]
    if items:
        yield PageSection(
            say("What {delegation} can keep", delegation=only) if only else say("What each delegation can keep"),
            tuple(items),
        )


def _delegation(state: StateOfPlay, one: Delegation) -> Item:
    proposals = say_count("{count:,} proposal", "{count:,} proposals", one.proposals)
    free = [place for place in _hanging_with_nothing(state, one.name) if place not in one.by_reading]
    kept = []
    if free and state.clean_at_most:
        kept.append(say("what it proposes in {places}: not known, as questions stayed undecided", places=listed(free)))
    elif free:
        kept.append(say("what it proposes in {places}: no error and no tie stands against it", places=listed(free)))
    if one.by_reading:
        places = listed(one.by_reading)
        kept.append(say("what it proposes in {places}: that depends on how terms are read", places=places))
    lost = [say("nothing that it proposes in {places}", places=listed(one.nowhere, "or"))] if one.nowhere else []
    return Item(listed([one.name, proposals], ",", "sentences"), (*_sets_told(one.sets), *kept, *lost))


def _hanging_with_nothing(state: StateOfPlay, delegation: str) -> Iterator[str]:
    """The choices on which a delegation proposes something, and that no error and no tie speaks of."""
    hanging = {title for group in state.groups for title in group.choices}
    for choice in state.choices:
        if choice.title not in hanging and any(delegation in option.proposers for option in choice.options):
            yield choice.title


def _sets_told(sets: Sequence[Sequence[Sequence[str]]]) -> Iterator[str]:
    for kept in filter(None, sets):
        several = [row(options) or say("nothing") for options in kept[:_MOST_SETS]]
        told = several[0]
        for one in several[1:]:
            told = say("{before} — or {after}", before=told, after=one)
        if len(kept) > _MOST_SETS:
            told = say("{before} — or {count} more", before=told, count=len(kept) - _MOST_SETS)
        yield told


def _best(state: StateOfPlay) -> Iterator[Item]:
    """With what nobody can have more unless another has less; then where that cannot be asked."""
    for one in state.best_for_all:
        yield Item(_best_words(one), tuple(_either([way.words for way in one.ways])))
    if state.best_for_all and state.unspoken:
        yield Item(say("open, for not all have said what they want: {choices}", choices=listed(state.unspoken, ",")))


def _best_words(one: BestForAll) -> str:
    best = say_count(
        "with {best:,} of {count:,} clean package nobody can have more unless another has less",
        "with {best:,} of {count:,} clean packages nobody can have more unless another has less",
        one.clean,
        best=one.best,
    )
    return named(listed(one.choices, ","), best)


def _private(own: PrivateStanding, state: StateOfPlay) -> Iterator[PageSection]:
    """What a file of a delegation comes to: numbers, and options of the text that all know."""
    items = list(_expected(own, state))
    kept = tuple(_sets_told(own.sets))
    items += [Item(say("of what it proposes and wishes these stay together"), kept)] if kept else []
    expected = say_count("{count:,} expectation", "{count:,} expectations", own.expected)
    wishes = say_count("{count:,} wish", "{count:,} wishes", own.wishes)
    heading = say(
        "What the file of {delegation} comes to ({expected}, {wishes})",
        delegation=own.delegation,
        expected=expected,
        wishes=wishes,
    )
    yield PageSection(heading, tuple(items), say("All of it can be had."))


def _expected(own: PrivateStanding, state: StateOfPlay) -> Iterator[Item]:
    """Of how many packages its expectations are met, and which are met in none, by reading, or nobody knows where."""
    if own.missed_everywhere:
        told = say_count(
            "{count:,} expectation met in no package",
            "{count:,} expectations met in no package",
            own.missed_everywhere,
        )
        yield Item(told)
    if own.expected and not own.clean:
        yield Item(say("no package is clean and meets all that it expects"))
    elif own.expected:
        met = say_count(
            "{count:,} package is clean and meets all that it expects",
            "{count:,} packages are clean and meet all that it expects",
            own.clean,
        )
        yield Item(met, tuple(line for group in own.groups for line in _group_lines(group, state)))
    if own.by_reading:
        told = say_count(
            "{count:,} expectation met or not as terms are read",
            "{count:,} expectations met or not as terms are read",
            own.by_reading,
        )
        yield Item(told)
    if own.undecided:
        told = say_count(
            "{count:,} question about it stayed undecided",
            "{count:,} questions about it stayed undecided",
            own.undecided,
        )
        yield Item(told)


def _group_lines(group: GroupStanding, state: StateOfPlay) -> Iterator[str]:
    told = _group(group, state)
    yield told.text
    yield from told.below


def _settling(state: StateOfPlay) -> Iterator[Item]:
    if state.settling is not None:
        known = state.settling
        gone = say_count(
            "{count:,} finding of {known:,} on some packages is gone with it",
            "{count:,} findings of {known:,} on some packages are gone with it",
            known.settled,
            known=known.of,
        )
        yield Item(named(known.option, gone))
