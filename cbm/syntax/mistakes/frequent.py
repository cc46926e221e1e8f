"""Mistakes of order and form that are made often, each with its own words; the first that fits speaks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from re import compile as pattern

from cbm.synonyms import synonyms
from cbm.syntax.cutting.cut import OPENINGS
from cbm.syntax.mistake import Mend, Mistake
from cbm.syntax.mistakes.failure import Failure, Written
from cbm.syntax.signs import UNITS
from cbm.syntax.tables.lalr import END
from cbm.syntax.tokens import RESERVED

_NUMBER = pattern(r"[0-9][\w.,]*")
_PARTS = "uses between rank adopted proposed suspended subject notwithstanding beside restates source text topic"
_SOFT = frozenset(_PARTS.split())  # begin a part of a statement, and may be names elsewhere
_LABELLED = ("clause", "article", "without prejudice", "reserve")
_NAMES = "vocabulary party kind situation roles each shared topic term act"
_NAMING = (*_NAMES.split(), "fixed roles", "open term")
_RELATIONS = {"<", ">", "=", "!"}
_MODALS = {"must", "shall", "should", "may", "need"}
_BEFORE_CONDITIONS = {"when", "unless", "means", "given", "deems", "requires", "axiom", "expect", "is"}


_SIGNS = {
    **dict.fromkeys(("less than", "fewer than", "lower than", "under", "below"), "<"),
    **dict.fromkeys(("more than", "greater than", "higher than", "over", "above", "exceeds"), ">"),
    **dict.fromkeys(("at most", "no more than", "not more than", "not over"), "<="),
    **dict.fromkeys(("at least", "no less than", "not less than", "not under"), ">="),
    "between": "from",
}
_COMPARED = pattern(
    rf"(?P<what>[^\W\d][\w.]*)\s+(?:(?:is|of|to\s+be|being)\s+)?(?P<words>{'|'.join(_SIGNS)})\s+(?P<amount>[0-9][\w.,]*(?:\s+(?P<unit>[a-z]+))?)"
)
_WORDS_ONLY = pattern(r"[^\W\d_][\w' -]*")
_TIMES = frozenset(["s", "min", "h", "day", "days", "week", "weeks"])
_BOUNDS = ("from", "to", "within", "is")  # `from over 1 h to under 2 h` is as it should be


def frequent_mistakes(failure: Failure) -> Iterator[Mistake]:
    return (mistake for known in _KNOWN if (mistake := known(failure)) is not None)


def name_taken(failure: Failure) -> Mistake | None:
    """A word of the language where something was to be given a name."""
    if failure.word not in RESERVED or failure.piece.opening not in _NAMING:
        return None
    if not failure.accepts("NAME") or failure.accepts("LPAR"):
        return None
    return failure.says(f"`{failure.word}` is a word of the language; choose another name")


_TITLED = ("clause", "article", "case", "without prejudice", "reserve")


def title_without_quotes(failure: Failure) -> Mistake | None:
    """`article 3 Safe distance`."""
    if failure.piece.opening not in _TITLED or failure.found is None or not failure.word:
        return None
    before = failure.before[-2:] if failure.piece.opening != "case" else failure.before[-1:]
    label = failure.text[failure.piece.opening_end : failure.found.start].split()
    on_line = failure.rest.split("#")[0].strip()
    alone = bool(label) and len(label) == 1 and failure.accepts("STRING") and not failure.accepts("EVERY_UNIT")
    if not (alone and before) or '"' in on_line or not _WORDS_ONLY.fullmatch(on_line):
        return None
    place = Written(on_line, failure.found.start, failure.found.start + len(on_line))
    return failure.says(f'a title stands in quotes: write `"{on_line}"`', at=place, instead=f'"{on_line}"')


def _label_missing(failure: Failure) -> Mistake | None:
    opening = failure.piece.opening
    if opening not in _LABELLED or failure.last.end > failure.piece.opening_end:
        return None
    what = {"clause": "a clause", "article": "an article"}.get(opening, f"`{opening}`")
    instead = f", not {failure.found.shown}" if failure.found else ""
    return failure.says(f"{what} needs a label: expected one such as `3.2` after `{opening}`{instead}")


def _label_dressed(failure: Failure) -> Mistake | None:
    """`3.`, `3:`, `17 (a)`, where a label should have ended."""
    if failure.found is None or failure.piece.opening not in _LABELLED or not failure.accepts("STRING"):
        return None
    label = failure.text[failure.piece.opening_end : failure.found.start].strip()
    if '"' in label or not label:
        return None
    if failure.found.text in (".", ":", ")", "-"):
        return failure.says(f"nothing follows a label: write `{label}` without `{failure.found.text}`", instead="")
    if failure.found.text == "(":
        return failure.says("a label has no blanks in it", f"write, for example, `{label}(a)`")
    return None


def _nobody_bound(failure: Failure) -> Mistake | None:
    if not failure.accepts("EVERY_UNIT") or failure.word not in _MODALS:
        return None
    return failure.says(
        f"nobody is bound: expected who it is before `{failure.word}`",
        "write, for example, `every unit`, `each party`, `a warship` or the name of a party",
    )


def _restates_only(failure: Failure) -> Mistake | None:
    """`clause 9 restates 3.2`, where `restates` was read as the name of who is bound."""
    if failure.last.text != "restates" or not failure.accepts("MODAL"):
        return None
    return failure.says(
        "a clause that restates another also says what it asks for",
        "write who is bound and to what, then `restates` and the label",
        at=failure.last,
    )


def _bearers_joined(failure: Failure) -> Mistake | None:
    """`a warship and a fighter must`, where each of them is meant; `CN and JP must`, where both are."""
    words = [word.text for word in failure.before]
    if failure.word == "and" and failure.accepts("OR") and _of_units(failure, words):
        return failure.says(
            "`and` does not join kinds of unit, since no unit is of two: write `or`",
            "`a warship or fighter` speaks of every warship and of every fighter",
            mend=_or_without_article(failure),
        )
    if failure.word in ("and", "or") or (failure.found is not None and failure.found.text == ","):
        named = failure.accepts("MODAL") and not failure.accepts("OR") and not _BEFORE_CONDITIONS & set(words)
        if named and failure.last.text not in ("unit", "party"):
            return failure.says(
                f"one party or role is bound by a clause, and `{failure.last.text}` is named already",
                "write `each party` or `every unit` where all are meant, or a clause for each",
            )
    return None


def _or_without_article(failure: Failure) -> Mend:
    """`or` for `and a`."""
    articles = ("a", "an", "any", "every")
    count = 2 if failure.rest.split()[1:2] and failure.rest.split()[1] in articles else 1
    return Mend(failure.place.start, failure.following(count), "or")


def _of_units(failure: Failure, words: list[str]) -> bool:
    """Whether it is being read who is bound, or whom it meets."""
    telling = [word for word in words if word in _BEFORE_CONDITIONS | {"meeting"}]
    return failure.accepts("MEETING") or (not _in_content(failure) and telling[-1:] in ([], ["meeting"]))


def _and_beside_or(failure: Failure) -> Mistake | None:
    other = {"and": "OR", "or": "AND"}.get(failure.word)
    if other is None or not failure.accepts(other) or _in_content(failure):
        return None
    return failure.says(
        "`and` beside `or` can be read two ways: put brackets around what belongs together",
        "write `(a and b) or c`, or `a and (b or c)`",
    )


def _compared_in_words(failure: Failure) -> Mistake | None:
    """`visibility is under 2 nmi`, `visibility exceeds 2 nmi`; lengths of time stand between two points in time."""
    place = failure.place.start
    for found in _COMPARED.finditer(failure.text, failure.line_start, failure.piece.end):
        if not found.start() <= place <= found.end() + 1 or found["what"] in _BOUNDS or found["unit"] in _TIMES:
            continue
        amount = found["amount"] if found["unit"] in UNITS else found["amount"].split()[0]
        between = found["words"] == "between"
        sign = _SIGNS[found["words"]]
        return failure.says(
            f"`{found['words']}` is not how quantities are compared",
            f"write `{found['what']} " + (f"from {amount} to …`" if between else f"{sign} {amount}`"),
            at=Written(found["words"], found.start("words"), found.end("words")),
            mend=None if between else Mend(found.end("what"), found.start("amount"), f" {sign} "),
        )
    return None


def _length_for_point(failure: Failure) -> Mistake | None:
    """`until 3 h after incident`."""
    amount = failure.rest.split()[:2]
    if failure.last.text != "until" or amount[-1:] == amount[:1] or amount[-1] not in _TIMES:
        return None
    length = " ".join(amount)
    return failure.says(
        "`until` takes a point in time",
        f"write `within {length} after …`, whether that is the time to do something or not to do it",
        at=failure.last,
    )


def language_of_a_message(failure: Failure) -> Mistake | None:
    """`report in english`."""
    following = failure.rest.split()[1:2]
    if failure.word == "in" and following and following[0][0].isdigit() and failure.accepts("WITHIN"):
        amount = " ".join(failure.rest.split()[1:3])
        return failure.says(f"`in {amount}` is not how a time is said: write `within {amount}`", instead="within")
    if failure.word != "in" or not failure.accepts("_WORDED_IN") or not following or following == ["place"]:
        return None
    return failure.says("`in` fits nowhere here", f"write `worded in {following[0]}` for the language of a message")


def _list_joined(failure: Failure) -> Mistake | None:
    """`and` in a list, or `or` between readings."""
    joining = ("and", "or") if failure.piece.opening == "open term" else ("and",)
    if failure.word not in joining or not failure.accepts("COMMA"):
        return None
    return failure.says(f"`{failure.word}` does not join the parts of a list: write `,`", instead=",")


def _content_joined(failure: Failure) -> Mistake | None:
    """`,` beside `or` in what is asked."""
    if failure.found is None or not _in_content(failure):
        return None
    other = {"or": "COMMA", ",": "OR"}.get(failure.found.text)
    if other is None or not failure.accepts(other):
        return None
    return failure.says(
        "`,` beside `or` can be read two ways: use one of them throughout, or write two clauses",
        "a comma asks for each of them, `or` for at least one",
    )


def _in_content(failure: Failure) -> bool:
    """Whether what is asked is being read, and not a condition."""
    words = [word.text for word in failure.before if word.text in _MODALS | _BEFORE_CONDITIONS]
    return bool(words) and words[-1] in _MODALS


def _number_for_name(failure: Failure) -> Mistake | None:
    if failure.found is None or not _NUMBER.fullmatch(failure.found.text):
        return None
    last = [word.text for word in failure.before[-2:]]
    if last[-1:] == ["is"] or last == ["is", "not"]:
        return failure.says("`is` takes a name: compare with a number by `=`, `<=`, `>=` …")
    if not failure.accepts("PLUS"):
        return None
    if _NUMBER.fullmatch(failure.last.text) and failure.text[failure.last.end : failure.found.start].isspace():
        return failure.says(
            f"`{failure.last.text} {failure.found.text}` are two numbers",
            "write thousands with a comma, as in `1,000`",
            mend=Mend(failure.last.end, failure.found.start, ","),
        )
    return None


def _one_after_another(failure: Failure) -> Mistake | None:
    """What can be said once, said twice in a row."""
    if failure.word == "implies" and failure.accepts("PLUS"):
        return failure.says("`implies` after `implies` can be read two ways: put brackets around one of them")
    if failure.word == "not" and failure.last.text == "not":
        return failure.says("`not` stands twice in a row")
    if failure.found is not None and failure.found.text in _RELATIONS and failure.accepts("AND", "PLUS"):
        return failure.says("one comparison after another: join two of them with `and`, or write `from … to …`")
    if (
        failure.found is not None
        and failure.found.text == "."
        and [word.text for word in failure.before[-2:-1]] == ["."]
    ):
        return failure.says("a name has two parts at most: a role and what is said of it, as in `own.craft`")
    return None


def _comma_not_needed(failure: Failure) -> Mistake | None:
    if failure.found is None or failure.found.text != ",":
        return None
    if failure.piece.opening == "kind":
        return failure.says(
            "members of a kind are not listed with commas: write `|`, or `<` where they have an order", instead="|"
        )
    if not failure.acceptable & {"MODAL", "EVERY_UNIT", "ATTRIBUTE"}:
        return None
    return failure.says("`,` is not needed here: leave it out", instead="")


def _colon_missing(failure: Failure) -> Mistake | None:
    """`zone zone` among attributes, and what comes after `party party`, which is read as a statement."""
    if failure.names_attribute and failure.begins_line:
        return failure.says(
            f"`{failure.word}` is an attribute by its `:`, and the line above it is none",
            "write every attribute below `each` or `shared` as `NAME : WHAT`",
        )
    if not failure.accepts("ATTRIBUTE") or not failure.word or not failure.begins_line:
        return None
    return failure.says(f"no `:` follows `{failure.word}`", f"write the attribute as `{failure.word} : WHAT`")


def _condition_too_late(failure: Failure) -> Mistake | None:
    if failure.word not in ("when", "if", "where") or not failure.accepts("UNLESS"):
        return None
    message = f"`{failure.word}` comes too late: a condition stands before what is asked"
    modal = next((word for word in reversed(failure.before) if word.text in _MODALS), None)
    advice = (
        f"put it in front of `{modal.text if modal else 'must'}`{', with `when`' if failure.word != 'when' else ''}"
    )
    return failure.says(message, advice, mend=_condition_first(failure, modal))


def _condition_first(failure: Failure, modal: Written | None) -> Mend | None:
    """The condition in front of what is asked, where it is the last thing that is said."""
    if modal is None:
        return None
    words = failure.text[failure.place.end : failure.piece.end]
    condition = words.rstrip()
    asked = failure.text[modal.start : failure.place.start].rstrip()
    mend = Mend(modal.start, failure.place.end + len(condition), f"when{condition} {asked}")
    return mend if failure.mended(mend) is None else None


def _statement_within(failure: Failure) -> Mistake | None:
    """Two statements on one line."""
    if failure.word not in OPENINGS or failure.begins_line or not failure.accepts(END):
        return None
    return failure.says(f"`{failure.word}` begins a statement: put it on a line of its own")


def _recurring_in_part(failure: Failure) -> Mistake | None:
    """`every 30 min` without its beginning or its end."""
    words = [word.text for word in failure.before[-6:]]
    if "every" not in words:
        return None
    rest = words[words.index("every") + 1 :]
    if not rest or not rest[0][0].isdigit() or "until" in rest or not failure.acceptable & {"FROM", "UNTIL"}:
        return None
    at = failure.before[-6:][words.index("every")]
    message = "what recurs needs to be said from when, and until when"
    return failure.says(message, "write, for example, `every 30 min from contact until clear`", at=at)


def _comma_too_many(failure: Failure) -> Mistake | None:
    """`between CN, JP,` before the next part, whose first word was then read as one more name."""
    if len(failure.before) < 2 or failure.before[-2].text != "," or failure.last.text not in _SOFT:
        return None
    return failure.says(
        f"nothing follows this comma but `{failure.last.text}`: leave it out", at=failure.before[-2], instead=""
    )


def _list_without_brackets(failure: Failure) -> Mistake | None:
    if failure.found is None or failure.found.text == "(" or failure.acceptable != {"LPAR"}:
        return None
    words = {"in": "in", "by": "is bound by"}.get(failure.last.text)
    return failure.says(f"`{words}` takes a list in brackets, as in `{words} (…)`") if words else None


def _kind_of_members(failure: Failure) -> Mistake | None:
    if failure.piece.opening != "kind" or failure.found is None:
        return None
    if failure.accepts("EQUAL"):
        return failure.says(f"expected `=` after `{failure.last.text}`, before the first member of the kind")
    if failure.found.text in ("|", "<") and failure.acceptable & {"VBAR", "LESSTHAN"}:
        return failure.says("`|` beside `<` in one kind: its members have an order throughout, or none")
    return None


def _bracket(failure: Failure) -> Mistake | None:
    opened = []
    for word in failure.before:
        if word.text == "(":
            opened.append(word)
        elif word.text == ")" and opened:
            opened.pop()
    if failure.found is not None and failure.found.text == ")" and not opened:
        return failure.says("this bracket closes none: no `(` stands before it")
    if opened and failure.accepts("RPAR") and (failure.found is None or failure.word in RESERVED):
        return failure.says("the bracket that opens here is not closed", at=opened[-1])
    return None


def _second_title(failure: Failure) -> Mistake | None:
    """A `topic` of its own taken for that of the act before it."""
    opening = failure.piece.opening
    if failure.found is None or opening not in ("act", "result") or failure.acceptable != {END}:
        return None
    if not failure.found.text.startswith('"'):
        return None
    return failure.says(
        f"`topic {failure.last.text}` is read as the topic of the {opening} before it, which has no other",
        f"end the {opening} with its own `topic` and a name",
    )


def _is_list(failure: Failure) -> Mistake | None:
    """`zone is eez, high_seas`, `zone in eez, high_seas`."""
    for found in _LISTED.finditer(failure.text, failure.piece.start, failure.piece.end):
        if not found.start() <= failure.place.start <= found.end() or ("," not in found["names"] and not found["in"]):
            continue
        negated = "not in" if found["not"] else "in"
        written = f"{negated} ({found['names']})"
        said = "is" if found["is"] else negated
        if found["is"] and found["in"] and found["what"] in ("own", "other"):
            whole = f"{'not ' if found['not'] else ''}{found['what']}.{found['names']}"
            place = Written(found[0], found.start(), found.end())
            return failure.says(f"`{found[0]}` is not how it is written: write `{whole}`", at=place, instead=whole)
        return failure.says(
            f"`{said}` is followed by one name" if found["is"] else f"`{said}` takes a list in brackets",
            f"write `{found['what']} {written}`",
            mend=Mend(found.end("what"), found.end(), f" {written}"),
        )
    return None


def _time_without_within(failure: Failure) -> Mistake | None:
    """`report 30 min after incident`."""
    if failure.found is None or not failure.found.text[0].isdigit() or not failure.accepts("WITHIN"):
        return None
    found = _TIME_AFTER.match(failure.rest)
    if found is None:
        return None
    way = "within" if found["way"] in ("after", "following") else "at least"
    place = Written(found[0], failure.found.start, failure.found.start + found.end())
    amount = found["amount"]
    message = f"`{found[0]}` does not say whether it is done in that time, or not before it is over"
    other = "at least" if way == "within" else "within"
    return failure.says(
        message,
        f"write `{way} {amount} {found['way']} …`, or `{other} {amount} {found['way']} …`",
        at=place,
        mend=Mend(place.start, place.start, f"{way} "),
    )


def _article_before_name(failure: Failure) -> Mistake | None:
    """`zone is the eez`, `the warship`, `all warships`."""
    conditional = _BEFORE_CONDITIONS & {word.text for word in failure.before}
    joined = failure.word in ("a", "an", "every", "any") and failure.last.text == "or"
    if (failure.word in ("the", "this", "that") or joined) and failure.accepts("NAME"):
        end = failure.following(1)
        blank = len(failure.text[end : failure.piece.end]) - len(failure.text[end : failure.piece.end].lstrip())
        return failure.says(
            f"`{failure.word}` is not needed: leave it out", mend=Mend(failure.place.start, end + blank, "")
        )
    last = failure.last.text.lower()
    if last in ("the", "this") and failure.word and conditional:
        mend = Mend(failure.last.start, failure.place.start, "")
        return failure.says(f"`{failure.last.text}` is not needed: leave it out", at=failure.last, mend=mend)
    if last in ("the", "this", "each", "all", "both") and failure.word and failure.accepts("MODAL") and not conditional:
        instead = "a" if last in ("the", "this") else "every"
        return failure.says(
            f"`{failure.last.text}` does not say who is bound: write `{instead} {failure.word}`",
            at=failure.last,
            instead=instead,
        )
    return None


def _comma_before_or(failure: Failure) -> Mistake | None:
    """`call, or answer`."""
    if failure.word not in ("or", "and") or failure.last.text != ",":
        return None
    if failure.word == "and":
        return failure.says("`and` is not needed behind a comma: leave it out", instead="")
    return failure.says("no comma stands before `or`: leave it out", at=failure.last, instead="")


def _exception_without_when(failure: Failure) -> Mistake | None:
    """`except in_sight`, `otherwise answer`."""
    if not failure.word or failure.word in RESERVED:
        return None
    if failure.last.text == "except" and not failure.accepts("NAME"):
        return failure.says("an exception begins with `unless`", at=failure.last, instead="unless")
    if failure.last.text == "otherwise" and failure.accepts("MODAL"):
        return failure.says(
            f"`otherwise` says again how strong the duty is: write `otherwise must {failure.word}`",
            mend=Mend(failure.place.start, failure.place.start, "must "),
        )
    return None


def _sign_apart(failure: Failure) -> Mistake | None:
    """`> =`."""
    if failure.found is None or failure.found.text != "=" or failure.last.text not in ("<", ">", "!"):
        return None
    sign = f"{failure.last.text}="
    place = Written(sign, failure.last.start, failure.found.end)
    return failure.says(f"`{failure.last.text} =` is one sign: write `{sign}`", at=place, instead=sign)


def _between_two(failure: Failure) -> Mistake | None:
    """`separation between 500 m and 1 nmi`."""
    for found in _BETWEEN.finditer(failure.text, failure.piece.start, failure.piece.end):
        if found.start() <= failure.place.start <= found.end():
            written = f"from {found['low']} to {found['high']}"
            place = Written(found[0], found.start(), found.end())
            return failure.says(
                "`between` is not how quantities are compared", f"write `{written}`", at=place, instead=written
            )
    return None


def _role_apart(failure: Failure) -> Mistake | None:
    """`own distress`."""
    if not failure.word or failure.word in RESERVED or failure.last.text not in ("own", "other"):
        return None
    place = Written("", failure.last.start, failure.place.end)
    whole = f"{failure.last.text}.{failure.word}"
    return failure.says(f"what is said of a unit stands behind a dot: write `{whole}`", at=place, instead=whole)


def _words_apart(failure: Failure) -> Mistake | None:
    """`military aircraft`, `slow down`, `in sight`: a name of several words."""
    line = failure.text[failure.line_start : failure.place.start]
    plain = bool(failure.word) or (failure.found is not None and failure.found.text == "-")
    if not plain or failure.found is None or failure.piece.opening not in ("clause", "given", "expect", "covers"):
        return None
    if failure.last.text == "no" and failure.accepts("MODAL"):
        if not _BEFORE_CONDITIONS & {word.text for word in failure.before}:
            return failure.says(
                "`no` does not say that something is forbidden",
                f"write `a {failure.word} … must not …`",
                at=failure.last,
            )
        return failure.says("`no` does not deny a condition: write `not`", at=failure.last, instead="not")
    if (
        failure.last.text in _NO_NAMES
        or failure.word in RESERVED - {"in", "by"}
        or any(word.text == "every" for word in failure.before[-3:])
    ):
        return None
    begins = failure.found.start
    if failure.last.text not in RESERVED and _NAME.fullmatch(failure.last.text) and line.strip():
        begins = failure.last.start
        if failure.text[failure.last.end : failure.found.start].strip(" -"):
            return None
    elif failure.word not in ("in", "by", "on", "at"):
        return None
    found = _SEVERAL_WORDS.match(failure.text, begins, failure.piece.end)
    several = [
        Mend(begins, begins + len(words), _JOINT.sub("_", words)) for words in _shorter(found[0] if found else "")
    ]
    whole = [mend for mend in several if not (left := failure.left(mend)) or left < failure.piece.end - mend.end]
    # Where no name of theirs leads on, what follows may be a slip of its own.
    mend = whole[-1] if whole else several[0] if several else None
    if mend is None:
        return None
    words = failure.text[mend.start : mend.end]
    place = Written(words, mend.start, mend.end)
    return failure.says(f"`{words}` is not one name: write `{mend.text}` if a word of it is meant", at=place, mend=mend)


@cache
def _words_of_the_language() -> frozenset[str]:
    """Single words that are said for those of the language."""
    said = (one for several in synonyms().language.values() for one in several)
    return frozenset(one.replace("'", "") for one in said if " " not in one)


def _shorter(words: str) -> list[str]:
    """The words, and fewer of them, from two on."""
    ends: list[int] = []
    for found in _NAME.finditer(words):
        if ends and (found[0] in RESERVED or found[0] in _NO_NAMES or found[0] in _words_of_the_language()):
            break
        ends.append(found.end())
    return [words[:end] for end in ends[1:]]


# What denies or limits is no part of a name.
_NO_NAMES = frozenset(("no", "never", "neither", "nor", "none", "only", "always", "under"))
_NAME = pattern(r"[^\W\d]\w*")
_JOINT = pattern(r"[ \t-]+")
_SEVERAL_WORDS = pattern(r"[^\W\d]\w*(?:[ \t-]+[^\W\d]\w*){1,4}")
_LISTED = pattern(
    r"(?P<what>[^\W\d][\w.]*)\s+(?:(?P<is>is)\s+)?(?P<not>not\s+)?(?P<in>in\s+)?"
    r"(?P<names>[^\W\d]\w*(?:\s*,\s*(?!must\b|should\b|may\b)[^\W\d]\w*)*)(?=\s+(?:must|shall|should|may|need|and|or)\b|\s*$)"
)
_TIME_AFTER = pattern(r"(?P<amount>[0-9][\w.,]*\s+[a-z]+)\s+(?P<way>after|before|following)\b")
_AMOUNT = r"[0-9][\w.,]*(?:\s+[a-z]+)?"
_BETWEEN = pattern(rf"between\s+(?P<low>{_AMOUNT})\s+and\s+(?P<high>{_AMOUNT})")

_KNOWN: tuple[Callable[[Failure], Mistake | None], ...] = (
    _sign_apart,
    _comma_before_or,
    _between_two,
    _is_list,
    _time_without_within,
    _exception_without_when,
    _role_apart,
    _article_before_name,
    _label_missing,
    _label_dressed,
    _nobody_bound,
    _restates_only,
    _bearers_joined,
    _and_beside_or,
    _compared_in_words,
    _length_for_point,
    _list_joined,
    _content_joined,
    _one_after_another,
    _comma_not_needed,
    _colon_missing,
    _condition_too_late,
    _statement_within,
    _recurring_in_part,
    _comma_too_many,
    _number_for_name,
    _list_without_brackets,
    _kind_of_members,
    _bracket,
    _second_title,
    _words_apart,
)
