"""What is said about a statement that could not be read: the words of a drafter, never those of a grammar."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cbm.syntax.expected import expected
from cbm.syntax.mistake import Mistake
from cbm.syntax.mistakes.apart import apart_otherwise
from cbm.syntax.mistakes.by_day import misplaced_day, zone_by_offset
from cbm.syntax.mistakes.condition_slips import in_case
from cbm.syntax.mistakes.distance_slips import words_behind_bound
from cbm.syntax.mistakes.fact_slips import fact_slips
from cbm.syntax.mistakes.failure import Failure
from cbm.syntax.mistakes.frequent import frequent_mistakes
from cbm.syntax.mistakes.heading_slips import case_dated, name_taken, title_without_quotes
from cbm.syntax.mistakes.list_slips import and_behind_comma, language_of_a_message
from cbm.syntax.mistakes.phrases.asking_phrases import asking_phrases, breach_phrases
from cbm.syntax.mistakes.phrases.bearer_phrases import bearer_phrases
from cbm.syntax.mistakes.phrases.channel_slips import channel_slips
from cbm.syntax.mistakes.phrases.date_slips import date_slips
from cbm.syntax.mistakes.phrases.declaration_slips import declaration_slips
from cbm.syntax.mistakes.phrases.expectation_slips import expectation_slips
from cbm.syntax.mistakes.phrases.header_slips import header_slips
from cbm.syntax.mistakes.phrases.manner_phrases import manner_phrases
from cbm.syntax.mistakes.phrases.provision_slips import provision_slips
from cbm.syntax.mistakes.phrases.tie_slips import tie_slips
from cbm.syntax.mistakes.phrases.time_phrases import not_until_later, time_phrases
from cbm.syntax.mistakes.promise_slips import (
    all_of_topic,
    all_topics,
    condition_for_topic,
    every_encounter,
    open_topic,
    types_first,
)
from cbm.syntax.mistakes.said_otherwise import said_otherwise
from cbm.syntax.mistakes.slip_words import MODALS, in_content
from cbm.syntax.mistakes.small_signs import sign_not_needed, small_signs
from cbm.syntax.mistakes.spelling import capital_letters, misspellings
from cbm.syntax.mistakes.strange import strange_signs
from cbm.syntax.tables.lalr import END
from cbm.syntax.tokens import RESERVED
from cbm.translation.listing import listed
from cbm.translation.saying import say, say_as


def explain(failure: Failure, depth: int = 3) -> Mistake:
    """One message for one mistake: a particular one where it is known, else what could have stood there.

    What it advises was tried: the statement can be read at least up to the word behind it, or what is wrong with that
    word has advice of its own, `depth` times over.
    """
    told = (mistake for known in _KNOWN for mistake in known(failure))
    return next((mistake for mistake in told if _leads_on(failure, mistake, depth)), None) or _unexpected(failure)


def _leads_on(failure: Failure, mistake: Mistake, depth: int) -> bool:
    mend = mistake.mend
    if mend is None:
        return True
    after = failure.mended(mend)
    if after is None:
        return True
    behind = failure.text[mend.end : failure.piece.end].lstrip()
    if after.found is None:
        return True  # at its end something is missing, and not for what is mended
    left = after.piece.end - after.found.start
    if left < len(behind):
        return True
    if left == len(behind) and after.accepts(END) and (after.begins_line or failure.piece.opening in _OF_PARTS):
        return True  # what is mended is whole, and something else is wrong behind it
    return depth > 0 and left <= len(behind) + 1 and explain(after, depth - 1).mend is not None


# What consists of parts, each of which stands by itself.
_OF_PARTS = ("draft", "instrument", "channel")


def _alone(known: Callable[[Failure], Mistake | None]) -> Callable[[Failure], Iterator[Mistake]]:
    def several(failure: Failure) -> Iterator[Mistake]:
        mistake = known(failure)
        if mistake is not None:
            yield mistake

    return several


_KNOWN: tuple[Callable[[Failure], Iterator[Mistake]], ...] = (
    breach_phrases,
    strange_signs,
    header_slips,
    date_slips,
    channel_slips,
    declaration_slips,
    tie_slips,
    expectation_slips,
    fact_slips,
    provision_slips,
    _alone(case_dated),
    _alone(title_without_quotes),
    _alone(capital_letters),
    _alone(words_behind_bound),
    _alone(not_until_later),
    time_phrases,
    said_otherwise,
    bearer_phrases,
    manner_phrases,
    asking_phrases,
    _alone(and_behind_comma),
    _alone(name_taken),
    _alone(apart_otherwise),
    _alone(misplaced_day),
    _alone(zone_by_offset),
    _alone(in_case),
    _alone(language_of_a_message),
    _alone(types_first),
    _alone(all_topics),
    _alone(all_of_topic),
    _alone(open_topic),
    _alone(condition_for_topic),
    _alone(every_encounter),
    small_signs,
    misspellings,
    frequent_mistakes,
    _alone(sign_not_needed),
)


def _unexpected(failure: Failure) -> Mistake:
    phrases, after = listed(expected(failure.acceptable), "or"), failure.after
    if failure.found is None:
        return failure.says(say("expected {phrases} after {read}", phrases=phrases, read=after))
    found = failure.found.shown
    if not failure.accepts(END):
        return failure.says(
            say("expected {phrases} after {read}, not {found}", phrases=phrases, read=after, found=found)
        )
    statement = _called(failure.piece.opening)
    if (
        failure.word and failure.place.start == failure.line_start
    ):  # where statements begin, and nothing of one that is read
        message = say(
            "no statement begins with {found}, and {statement} above it does not go on with it",
            found=found,
            statement=statement,
        )
        return failure.says(message)
    if not phrases:
        message = say(
            "{found} does not fit here: {statement} ends after {read}", found=found, statement=statement, read=after
        )
        return failure.says(message)
    message = say(
        "{found} does not fit here: {statement} could end after {read} or go on with {phrases}",
        found=found,
        statement=statement,
        read=after,
        phrases=phrases,
    )
    return failure.says(message, *_beside_act(failure))


def _beside_act(failure: Failure) -> Iterator[str]:
    """`must notify activities with more than 9,000 troops`: where to say what an act is about."""
    act, free = failure.last.text, failure.word in ("of", "with") or failure.word not in RESERVED | _NONE
    asked = [word.text for word in failure.before[-2:-1]]
    listed_behind = failure.found is not None and failure.found.text in ("(", ":")
    if listed_behind and {*asked} & {*MODALS, "not", ",", "or"} and in_content(failure):
        yield say("write `{act} stating …` for what is told by it", act=act)
    if (
        failure.word
        and free
        and act not in _OF_SEVERAL | RESERVED
        and {*asked} & {*MODALS, "not", ",", "or"}
        and in_content(failure)
    ):
        modal = next(word.text for word in reversed(failure.before) if word.text in MODALS)
        yield say("write `{act} stating …` for what is told by it", act=act)
        yield say("write `when …` in front of `{modal}` for what it depends on", modal=modal)
        if failure.word == "with":  # `must confer with informed`
            yield say("or leave it out where it is the other side, whom each clause is about")


_OF_SEVERAL = frozenset(("neither", "either", "both"))
_NONE = frozenset(("no", "none"))  # `must approach no fighter` is a ban


def _called(opening: str) -> str:
    """How readers know a statement that begins with these words."""
    match opening:
        case "party":
            return say_as("statement", "the party")
        case "kind":
            return say_as("statement", "the kind")
        case "situation":
            return say_as("statement", "the situation")
        case "axiom":
            return say_as("statement", "the axiom")
        case "topic":
            return say_as("statement", "the topic")
        case "term":
            return say_as("statement", "the term")
        case "act":
            return say_as("statement", "the act")
        case "result":
            return say_as("statement", "the result")
        case "article":
            return say_as("statement", "the article")
        case "clause":
            return say_as("statement", "the clause")
        case "case":
            return say_as("statement", "the case")
        case "vocabulary" | "instrument" | "draft" | "cases":
            return say_as("statement", "the header")
        case "expect":
            return say_as("statement", "the expectation")
        case "covers":
            return say_as("statement", "the promise")
        case "given":
            return say_as("statement", "the condition")
        case _:
            return say_as("statement", "the statement")
