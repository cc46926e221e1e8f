"""Slips in what a statement begins with: names, titles and labels."""

from __future__ import annotations

from re import IGNORECASE

from cbm.patterns import pattern
from cbm.syntax.cutting.cut import OPENINGS
from cbm.syntax.mistake import Mend, Mistake
from cbm.syntax.mistakes.failure import Failure, Written
from cbm.syntax.mistakes.slip_words import BEFORE_CONDITIONS
from cbm.syntax.mistakes.written_dates import WRITTEN_DATE, days_meant
from cbm.syntax.tables.lalr import END
from cbm.syntax.tokens import RESERVED
from cbm.translation.saying import say

_NUMBER = pattern(r"[0-9][\w.,]*")


_LABELLED = ("clause", "article", "without prejudice", "reserve")


_NAMES = "vocabulary instrument draft party kind situation roles each shared topic term act result channel counter"


_NAMING = (*_NAMES.split(), "fixed roles", "open term")


_WORDS_ONLY = pattern(r"[^\W\d_][\w' -]*")


def name_taken(failure: Failure) -> Mistake | None:
    """A word of the language where something was to be given a name."""
    if failure.word not in RESERVED or failure.piece.opening not in _NAMING:
        return None
    if not failure.accepts("NAME") or failure.accepts("LPAR"):
        return None
    return failure.says(say("`{word}` is a word of the language; choose another name", word=failure.word))


_DATED = pattern(rf"(?:(?:as\s+(?:at|on)|on|at|in|dated|from)\s+)?(?P<date>{WRITTEN_DATE})", IGNORECASE)
_DAY_IN_WORDS = pattern(r"(?:as\s+(?:of|at|on)|on|at|dated|from)\s+[^\n\"#]*[0-9]")


def case_dated(failure: Failure) -> Mistake | None:
    """`case "radar" on 2019-01-01`: what the date would be as a part of the title, nobody would see."""
    if failure.piece.opening != "case" or failure.found is None:
        return None
    message = say("the day on which a case is asked stands behind `as of`")
    found = _DATED.match(failure.text, failure.place.start, failure.piece.end)
    days = days_meant(found["date"]) if found else ()
    if found and len(days) == 1:
        words = f"as of {days[0]}"
        place = Written(found[0], found.start(), found.end())
        return failure.says(message, say("write `{words}`", words=words), at=place, instead=words)
    if _DAY_IN_WORDS.match(failure.text, failure.place.start, failure.piece.end):
        return failure.says(message, say("write year-month-day, as in `{date}`", date="as of 2019-10-01"))
    return None


def once_too_late(failure: Failure) -> Mistake | None:
    """`act begin "begins" topic notices once`."""
    topic = next((word for word in reversed(failure.before) if word.text == "topic"), None)
    if failure.piece.opening != "act" or failure.word != "once" or topic is None:
        return None
    words = f"once {failure.text[topic.start : failure.last.end]}"
    mend = Mend(topic.start, failure.place.end, words)
    return failure.says(say("`once` stands before `topic`"), say("write `{words}`", words=words), mend=mend)


_TITLED = ("clause", "article", "case", "without prejudice", "reserve")


def title_without_quotes(failure: Failure) -> Mistake | None:
    """`article 3 Safe distance`, `case Head on`."""
    if failure.piece.opening not in _TITLED or failure.found is None or not failure.word:
        return None
    before = failure.before[-2:] if failure.piece.opening != "case" else failure.before[-1:]
    label = failure.text[failure.piece.opening_end : failure.found.start].split()
    on_line = failure.rest.split("#")[0].strip()
    alone = len(label) == (failure.piece.opening != "case") and failure.accepts("STRING")
    alone = alone and not failure.accepts("EVERY_UNIT")
    if not (alone and before) or '"' in on_line or not _WORDS_ONLY.fullmatch(on_line):
        return None
    place = Written(on_line, failure.found.start, failure.found.start + len(on_line))
    return failure.says(
        say("a title stands in quotes: write `{title}`", title=f'"{on_line}"'), at=place, instead=f'"{on_line}"'
    )


_NUMBER_SIGN = pattern(r"(?:(?:no|nr|number|num)\.?|№|#|§)[ \t]*(?=[0-9])", IGNORECASE)
_FIGURES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def label_missing(failure: Failure) -> Mistake | None:
    opening = failure.piece.opening
    if opening not in _LABELLED or failure.last.end > failure.piece.opening_end:
        return None
    following = failure.onwards[1:2]
    if failure.word in _NOUNS_OF_LABELS and following and _NUMBER.fullmatch(following[0].text):
        return failure.says(
            say("a clause is named by its label alone: leave `{word}` out", word=failure.word),
            mend=Mend(failure.place.start, following[0].start, ""),
        )
    if found := _NUMBER_SIGN.match(failure.text, failure.place.start, failure.piece.end):
        return failure.says(
            say("a label stands alone: leave `{word}` out", word=found[0].strip()),
            mend=Mend(found.start(), found.end(), ""),
        )
    if failure.word.lower() in _FIGURES:
        label = str(_FIGURES.index(failure.word.lower()) + 1)
        return failure.says(say("a label is written in figures: write `{label}`", label=label), instead=label)
    what = {"clause": say("a clause"), "article": say("an article")}.get(opening, f"`{opening}`")
    if failure.found is None:
        return failure.says(
            say("{what} needs a label: expected one such as `3.2` after `{opening}`", what=what, opening=opening)
        )
    message = say(
        "{what} needs a label: expected one such as `3.2` after `{opening}`, not {found}",
        what=what,
        opening=opening,
        found=failure.found.shown,
    )
    return failure.says(message)


def label_dressed(failure: Failure) -> Mistake | None:
    """`3.`, `3:`, `17 (a)`, where a label should have ended."""
    if failure.found is None or failure.piece.opening not in _LABELLED or not failure.accepts("STRING"):
        return None
    label = failure.text[failure.piece.opening_end : failure.found.start].strip()
    if '"' in label or not label:
        return None
    if failure.found.text in (".", ":", ")", "-"):
        return failure.says(
            say("nothing follows a label: write `{label}` without `{sign}`", label=label, sign=failure.found.text),
            instead="",
        )
    if failure.found.text == "(":
        return failure.says(
            say("a label has no blanks in it"), say("write, for example, `{words}`", words=f"{label}(a)")
        )
    return None


def label_with_noun(failure: Failure) -> Mistake | None:
    """`subject to clause 1`, `unless clause 1 applies`."""
    noun = failure.last
    if noun.text.lower() not in _NOUNS_OF_LABELS or failure.found is None or not _NUMBER.fullmatch(failure.found.text):
        return None
    if (both := _ARTICLE_AND_CLAUSE.match(failure.text, noun.start, failure.piece.end)) is not None:
        article, clause = both["article"] or both["of"], both["clause"] or both["first"]
        label = f"{article}.{clause}"
        message = say("the label of a clause has that of its article in front: write `{label}`", label=label)
        return failure.says(
            message, at=Written("", both.start(), both.end()), mend=Mend(both.start(), both.end(), label)
        )
    if failure.before[-2:-1] and failure.before[-2].text in BEFORE_CONDITIONS:
        return failure.says(
            say("a condition does not speak of clauses"),
            say("write `subject to {label}` behind the clause where that one prevails", label=failure.found.text),
            at=Written("", noun.start, failure.found.end),
        )
    return failure.says(
        say("a clause is named by its label alone: leave `{word}` out", word=noun.text),
        at=noun,
        mend=Mend(noun.start, failure.found.start, ""),
    )


_ARTICLE_AND_CLAUSE = pattern(
    r"(?:article|art\.?)\s+(?P<article>[0-9]+)\s*,?\s*(?:clause|paragraph|para\.?)\s+(?P<clause>[0-9]+)(?![\w.])"
    r"|(?:clause|paragraph|para\.?)\s+(?P<first>[0-9]+)\s*,?\s*of\s+article\s+(?P<of>[0-9]+)(?![\w.])",
    IGNORECASE,
)
_NOUNS_OF_LABELS = (
    *("clause", "clauses", "article", "articles", "paragraph", "paragraphs", "rule", "rules"),
    *("section", "sections", "provision", "provisions"),
)


def number_for_name(failure: Failure) -> Mistake | None:
    if failure.found is None or not _NUMBER.fullmatch(failure.found.text):
        return None
    last = [word.text for word in failure.before[-2:]]
    if last[-1:] == ["is"] or last == ["is", "not"]:
        return failure.says(say("`is` takes a name: compare with a number by `=`, `<=`, `>=` …"))
    if not failure.accepts("PLUS"):
        return None
    if _NUMBER.fullmatch(failure.last.text) and failure.text[failure.last.end : failure.found.start].isspace():
        return failure.says(
            say("`{numbers}` are two numbers", numbers=f"{failure.last.text} {failure.found.text}"),
            say("write thousands with a comma, as in `1,000`"),
            mend=Mend(failure.last.end, failure.found.start, ","),
        )
    return None


def colon_missing(failure: Failure) -> Mistake | None:
    """`zone zone` among attributes, and what comes after `party party`, which is read as a statement."""
    if failure.names_attribute and failure.begins_line and failure.word in OPENINGS:
        return failure.says(say("no `:` stands behind `{word}`: leave it out", word=failure.word))
    if failure.names_attribute and failure.begins_line:
        return failure.says(
            say("`{word}` is an attribute by its `:`, and the line above it is none", word=failure.word),
            say("write every attribute below `each` or `shared` as `NAME : WHAT`"),
        )
    if not failure.accepts("ATTRIBUTE") or not failure.word or not failure.begins_line:
        return None
    return failure.says(
        say("no `:` follows `{word}`", word=failure.word),
        say("write the attribute as `{words}`", words=f"{failure.word} : WHAT"),
    )


def statement_within(failure: Failure) -> Mistake | None:
    """Two statements on one line."""
    if failure.word not in OPENINGS or failure.begins_line or not failure.accepts(END):
        return None
    return failure.says(say("`{word}` begins a statement: put it on a line of its own", word=failure.word))


_BETWEEN_MEMBERS = ("|", "<", ",", "/", "or")


def kind_of_members(failure: Failure) -> Mistake | None:
    if failure.piece.opening != "kind" or failure.found is None:
        return None
    if failure.accepts("EQUAL"):
        message = say("expected `=` after `{name}`, before the first member of the kind", name=failure.last.text)
        if failure.found.text in (":", "is", "are", "includes"):
            return failure.says(message, mend=Mend(failure.last.end, failure.place.end, " ="))
        listed = bool(failure.word) and "".join(word.text for word in failure.onwards[1:2]) in _BETWEEN_MEMBERS
        before_list = Mend(failure.place.start, failure.place.start, "= ") if listed else None
        return failure.says(message, mend=before_list)
    if failure.found.text in ("|", "<") and failure.acceptable & {"VBAR", "LESSTHAN"}:
        return failure.says(say("`|` beside `<` in one kind: its members have an order throughout, or none"))
    return None


def second_title(failure: Failure) -> Mistake | None:
    """A `topic` of its own taken for that of the act before it."""
    opening = failure.piece.opening
    if failure.found is None or opening not in ("act", "result") or failure.acceptable != {END}:
        return None
    if not failure.found.text.startswith('"'):
        return None
    name = failure.last.text
    if opening == "act":
        return failure.says(
            say("`topic {name}` is read as the topic of the act before it, which has no other", name=name),
            say("end the act with its own `topic` and a name"),
        )
    return failure.says(
        say("`topic {name}` is read as the topic of the result before it, which has no other", name=name),
        say("end the result with its own `topic` and a name"),
    )
