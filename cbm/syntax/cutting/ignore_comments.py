"""Comments that tell cbm not to report some findings: `# cbm: ignore[gap] because … until 2027-01-01`.

Such a comment at the end of a line is of the statement on that line; on lines of its own it is of the statement that
begins below it, or of the one in which it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from re import IGNORECASE, VERBOSE, Match

from cbm.finding import ALWAYS, Misuse, RuleId
from cbm.patterns import pattern
from cbm.records import Record
from cbm.source import Source, Span
from cbm.syntax.cutting.cut import Piece, cut
from cbm.syntax.cutting.fenced_blocks import statements_in
from cbm.translation.saying import say
from cbm.translation.speech import Language, spoken

_ANY_RULE = "gap"  # stands for those that are not named

_QUOTED_OR_COMMENT = pattern(r'"[^"\n]*"?|(?P<comment>#[^\n]*)')
_INSTRUCTION = pattern(r"\#\s*cbm\s*:\s*(?P<words>[^\#]*)", VERBOSE)  # another `#` begins what is no longer meant
_MEANT = pattern(  # what was to be one, and begins otherwise
    r"[\#\s]* cbm \s* (?: [:：;；] \s* ignore \b | \W? \s* ignore \s* [\[［【(（] | ： )",
    VERBOSE | IGNORECASE,
)
_IGNORE = pattern(
    r"""
    ignore \s* (?: \[ (?P<rules>[^\]]*) \] )? \s*
    (?: because (?!\w) \s* (?P<reason>.*?) )?? \s*
    (?: (?<!\S) until (?!\w) \s* (?P<until>\d\S*) )? \s* \Z
    """,
    VERBOSE,
)
_MEANT_DAY = pattern(  # a day up to which it is to hide findings, that does not stand last or is written otherwise
    r"""
    (?<!\w) until \W*
    (?: (?: \d{1,2} | (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec) [a-z]*) \W+){0,2}
    20\d\d (?!\d)
    """,
    VERBOSE | IGNORECASE,
)
_WORD = pattern(r"[a-z]+(?:-[a-z]+)*")
_BLANK_OR_COMMENT = pattern(r"(?:\s|#[^\n]*)*")


class IgnoreComment(Record):
    """What one comment says: `rules` of `statement` are not reported, for a `reason`, up to the day `until`."""

    span: Span
    statement: Span
    rules: tuple[RuleId, ...]
    reason: str
    until: date | None = None


class WrongComment(Record):
    """A comment that begins like one, and what is wrong with it."""

    span: Span
    message: str
    remedy: str


def comments_of(source: Source) -> tuple[IgnoreComment | WrongComment, ...]:
    """All comments to cbm in a source, in order of place."""
    return _comments(source, spoken())


@lru_cache(maxsize=256)
def _comments(source: Source, _: Language) -> tuple[IgnoreComment | WrongComment, ...]:
    """What is wrong with one is told in the language that is spoken, which is this one."""
    if "cbm" not in source.text.lower():
        return ()
    ranges = statements_in(source.name, source.text).ranges
    return tuple(comment for start, end in ranges for comment in _within(source, start, end))


def _within(source: Source, start: int, end: int) -> Iterator[IgnoreComment | WrongComment]:
    pieces = tuple(cut(source.text, start, end))
    for found in _QUOTED_OR_COMMENT.finditer(source.text, start, end):
        instruction = _INSTRUCTION.match(found["comment"] or "")
        if instruction:
            words = instruction["words"].rstrip()
            end_of_words = found.start() + instruction.start("words") + len(words)
            yield _read(Span(source, found.start(), end_of_words), words, pieces)
        elif _MEANT.match(found["comment"] or ""):
            message = say("this comment hides nothing, as it does not begin with `# cbm:`")
            yield _otherwise(Span(source, found.start(), found.end()), message, found["comment"])


def _read(span: Span, words: str, pieces: tuple[Piece, ...]) -> IgnoreComment | WrongComment:
    form = _IGNORE.match(words)
    if form is None:
        message = say("a comment that begins with `cbm:` speaks to cbm, and this one says nothing that it knows")
        return _otherwise(span, message, words)
    try:
        until = _day(form)
    except Misuse as wrong:
        return WrongComment(span, str(wrong), say("write `{words}`", words=_form(form["rules"] or "", "2027-01-01")))
    try:
        rules = _rules(form)
    except Misuse as wrong:
        meant = _form(form["rules"] or "", form["until"])
        return WrongComment(span, str(wrong), say("write `{form}`, with the rules that it is about", form=meant))
    if not form["reason"]:
        advice = say("write `{words}`", words=_form(form["rules"] or "", form["until"]))
        return WrongComment(span, say("this comment hides findings and does not say why"), advice)
    if until is None and _MEANT_DAY.search(form["reason"]):
        message = say("this comment would hide findings for good: its day does not stand last, as a date")
        return WrongComment(span, message, say("write `{words}`", words=_form(form["rules"] or "", "2027-01-01")))
    statement = _statement(span, pieces)
    if statement is None:
        message = say("no statement stands on the line of this comment, and none follows it")
        return WrongComment(span, message, say("put it above the statement that it is about"))
    return IgnoreComment(span, statement, rules, form["reason"], until)


def _otherwise(span: Span, message: str, words: str) -> WrongComment:
    """What is not written as these comments are."""
    meant = _form(words)
    dated = f"{meant} until 2027-01-01"
    advice = say("write `{form}` or `{dated}`, or begin the comment otherwise", form=meant, dated=dated)
    return WrongComment(span, message, advice)


def _form(words: str, until: str | None = None) -> str:
    """How a comment about the rules that are named in these words is written."""
    ignored = {rule: rule for rule in RuleId if rule not in ALWAYS and rule is not RuleId.IGNORE_COMMENT}
    names = [name for name in _WORD.findall(words) if name in ignored]
    if not names:
        from difflib import get_close_matches  # only who errs waits for it

        names = [near for name in _WORD.findall(words) for near in get_close_matches(name, ignored, n=1, cutoff=0.8)]
    named = dict.fromkeys(ignored[name] for name in names)
    ended = f" until {until}" if until else ""
    return f"# cbm: ignore[{', '.join(named) or _ANY_RULE}] because …{ended}"


def _rules(form: Match[str]) -> tuple[RuleId, ...]:
    names = [name.strip() for name in (form["rules"] or "").split(",") if name.strip()]
    if not names:
        raise Misuse(say("this comment names no rule"))
    rules = tuple(dict.fromkeys(map(RuleId.named, names)))
    for rule in rules:
        if rule in ALWAYS or rule is RuleId.IGNORE_COMMENT:
            raise Misuse(
                say("`{rule}` cannot be ignored: without it a text would look fine that was not looked at", rule=rule)
            )
    return rules


def _day(form: Match[str]) -> date | None:
    try:
        return None if form["until"] is None else date.fromisoformat(form["until"])
    except ValueError:
        raise Misuse(say("`{day}` is not a date; write it like 2027-01-01", day=form["until"])) from None


def _statement(span: Span, pieces: tuple[Piece, ...]) -> Span | None:
    """The piece of text that the comment is of; a piece ends where the next begins, blanks and comments with it."""
    text = span.source.text
    number = next(n for n, piece in enumerate(pieces) if piece.start <= span.start < piece.end)
    alone = not text[text.rfind("\n", 0, span.start) + 1 : span.start].strip()
    rest = _BLANK_OR_COMMENT.match(text, span.start, pieces[number].end)
    last = rest is not None and rest.end() == pieces[number].end
    if alone and last:
        number += 1
    if number == len(pieces) or not pieces[number].opening:
        return None
    return Span(span.source, pieces[number].start, pieces[number].end)
