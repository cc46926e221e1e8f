"""Slips in lists: commas, `and` for a comma, brackets."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import dropwhile, takewhile
from re import Match

from cbm.patterns import pattern
from cbm.syntax.mistake import Mend, Mistake
from cbm.syntax.mistakes.failure import Failure, Written
from cbm.syntax.mistakes.slip_words import MODALS, in_content
from cbm.syntax.tokens import RESERVED
from cbm.translation.saying import say

_PARTS = (
    "uses between rank adopted proposed suspended subject notwithstanding beside restates source text topic level "
    "agreed operational open delay meets held languages falls prior acknowledged until"
)


_SOFT = frozenset(_PARTS.split())  # begin a part of a statement, and may be names elsewhere


def language_of_a_message(failure: Failure) -> Mistake | None:
    """`report in english`."""
    following = failure.rest.split()[1:2]
    if failure.word == "in" and following and following[0][0].isdigit() and failure.accepts("WITHIN"):
        amount = " ".join(failure.rest.split()[1:3])
        return failure.says(
            say("`in {amount}` is not how a time is said: write `within {amount}`", amount=amount), instead="within"
        )
    if failure.word != "in" or not failure.accepts("_WORDED_IN") or not following or following[0] in _OF_PHRASES:
        return None
    if following == ["advance"]:
        return failure.says(
            say("`{words}` does not say what it is counted from", words="in advance"),
            say("write, for example, `{words}`", words="at least 3 days before …"),
        )
    return failure.says(
        say("`in` fits nowhere here"),
        say("write `{words}` for the language of a message", words=f"worded in {following[0]}"),
    )


_OF_PHRASES = frozenset(
    ("place", "accordance", "conformity", "line", "compliance", "addition", "derogation", "order", "lieu")
)


def list_joined(failure: Failure) -> Mistake | None:
    """`and` in a list, or `or` between readings."""
    joining = ("and", "or") if failure.piece.opening in ("open term", "options") else ("and",)
    if failure.word not in joining or not failure.accepts("COMMA"):
        return None
    if failure.piece.opening == "clause" and _asks_anew(failure):
        return None
    message = say("`{word}` does not join the parts of a list: write `,`", word=failure.word)
    return failure.says(message, *_only_together(failure), instead=",")


def _only_together(failure: Failure) -> Iterator[str]:
    """What forbids two acts at once and neither alone, which `must not a and b` may mean as well."""
    behind = next((word.text for word in failure.onwards[1:2]), "")
    words = [word.text for word in failure.before[-3:]]
    if words[:2] in ([modal, "not"] for modal in MODALS) and behind and behind not in RESERVED:
        told = f"when own.{words[2]} {words[0]} not {behind}"
        yield say("this forbids each of them; who forbids only both together writes `{words}`", words=told)


def _asks_anew(failure: Failure) -> bool:
    """Whether what follows is a sentence of its own: who is bound, in words, and what to."""
    ends = RESERVED - MODALS | {";"}
    return any(word.text in MODALS for word in takewhile(lambda word: word.text not in ends, failure.onwards[1:]))


def names_joined(failure: Failure) -> Mistake | None:
    """`through a or b`, `stating a or b`: what is listed there is not what is asked, and stands behind commas."""
    if failure.word != "or" or not in_content(failure) or not failure.accepts("COMMA"):
        return None
    modal = max(number for number, word in enumerate(failure.before) if word.text in MODALS)
    begun = [word.text for word in failure.before[modal:] if word.text in _ONE_WILL_DO | _ALL_ARE_MEANT]
    if not begun:
        return None
    message = say("`{word}` does not join the parts of a list: write `,`", word=failure.word)
    if begun[-1] in _ALL_ARE_MEANT:
        return failure.says(message, say("all that is listed there is meant"))
    rest = list(dropwhile(lambda word: word.text in _INSTEAD, failure.onwards[1:]))
    again = [word for word in rest[:1] if word.text == begun[-1]]
    if again:
        mend = Mend(failure.last.end, again[0].end, ",")
    else:
        mend = Mend(failure.last.end, rest[0].start if rest else failure.place.end, ", ")
    return failure.says(message, say("one of those that are listed there is enough"), mend=mend)


_INSTEAD = frozenset((",", "else", "alternatively", "failing", "that", "which"))
_ONE_WILL_DO = frozenset(("through", "worded"))
_ALL_ARE_MEANT = frozenset(("stating", "to", "place", "notwithstanding"))


def content_joined(failure: Failure) -> Mistake | None:
    """`,` beside `or` in what is asked."""
    if failure.found is None or not in_content(failure):
        return None
    other = {"or": "COMMA", ",": "OR"}.get(failure.found.text)
    if other is None or not failure.accepts(other):
        return None
    return failure.says(
        say("`,` beside `or` can be read two ways: use one of them throughout, or write two clauses"),
        say("a comma asks for each of them, `or` for at least one"),
    )


def condition_joined(failure: Failure) -> Mistake | None:
    """`when night, own.distress`: a comma between two conditions."""
    if failure.found is None or failure.found.text != "," or not failure.accepts("AND", "OR"):
        return None
    if _is_bound_next(failure):
        return failure.says(say("no comma stands behind a condition: leave it out"), instead="")
    following = [word.text for word in failure.onwards[1:2] if word.text not in RESERVED - {"not"}]
    if not following or not (following[0][0].isalpha() or following[0] == "("):
        return None
    if any(word.text in ("unless", "except") for word in failure.before if word.start >= _sentence_start(failure)):
        return failure.says(
            say("conditions are not joined with a comma"),
            say("write `or` where one of them is enough for the exception, `and` where all have to be so"),
        )
    return failure.says(say("conditions are joined with `and`, not with a comma: write `and`"), instead=" and")


def _is_bound_next(failure: Failure) -> bool:
    """Whether a condition comes first, and who is bound behind its comma: `when night, a warship must`."""
    begun = [word.text for word in failure.before if word.start >= _sentence_start(failure)]
    words = [word.text for word in takewhile(lambda word: word.text not in MODALS, failure.onwards[1:])]
    if failure.piece.opening != "clause" or begun[:1] != ["when"] or len(words) + 1 >= len(failure.onwards):
        return False
    return bool(words) and (words[0].lower() in _BEFORE_BOUND or (len(words) == 1 and words[0] not in RESERVED))


def _sentence_start(failure: Failure) -> int:
    """Where the sentence begins, behind label and title or a semicolon."""
    ends = [word.end for word in failure.before if word.text == ";" or word.text.startswith('"')]
    if ends:
        return ends[-1]
    return next((word.end for word in failure.before if word.start >= failure.piece.opening_end), 0)


_BEFORE_BOUND = frozenset(("a", "an", "any", "every", "each", "all", "both", "the", "no", "neither"))


def comma_not_needed(failure: Failure) -> Mistake | None:
    if failure.found is None or failure.found.text != ",":
        return None
    if failure.piece.opening == "kind":
        return failure.says(
            say("members of a kind are not listed with commas: write `|`, or `<` where they have an order"), instead="|"
        )
    if not failure.acceptable & {"MODAL", "EVERY_UNIT", "ATTRIBUTE"}:
        return None
    return failure.says(say("`,` is not needed here: leave it out"), instead="")


def and_behind_comma(failure: Failure) -> Mistake | None:
    """`stating name, and course`."""
    if failure.word not in ("and", "or") or failure.last.text != "," or not failure.accepts("NAME"):
        return None
    if failure.piece.opening in ("clause", "given", "axiom"):
        return None
    return failure.says(say("`{word}` is not needed: leave it out", word=failure.word), instead="")


def comma_too_many(failure: Failure) -> Mistake | None:
    """`between CN, JP,` before the next part, whose first word was then read as one more name."""
    if failure.piece.opening == "covers" and failure.word == "in" and failure.last.text == ",":
        return failure.says(say("`,` is not needed here: leave it out"), at=failure.last, instead="")
    if len(failure.before) < 2 or failure.before[-2].text != "," or failure.last.text not in _SOFT:
        return None
    return failure.says(
        say("nothing follows this comma but `{word}`: leave it out", word=failure.last.text),
        at=failure.before[-2],
        instead="",
    )


def list_without_brackets(failure: Failure) -> Mistake | None:
    if failure.found is None or failure.found.text == "(" or failure.acceptable != {"LPAR"}:
        return None
    words = {"in": "in", "by": "is bound by"}.get(failure.last.text)
    return failure.says(say("`{words}` takes a list in brackets, as in `{words} (…)`", words=words)) if words else None


def bracket(failure: Failure) -> Mistake | None:
    opened = []
    for word in failure.before:
        if word.text == "(":
            opened.append(word)
        elif word.text == ")" and opened:
            opened.pop()
    if failure.found is not None and failure.found.text == ")" and not opened:
        return failure.says(say("this bracket closes none: no `(` stands before it"))
    if opened and failure.accepts("RPAR") and (failure.found is None or failure.word in RESERVED):
        return failure.says(say("the bracket that opens here is not closed"), at=opened[-1])
    return None


def unless_again(failure: Failure) -> Mistake | None:
    """`unless own.distress or unless other.distress`."""
    again = failure.word in ("unless", "when") and any(word.text == failure.word for word in failure.before)
    if not again or failure.last.text not in ("or", "and") or not failure.accepts("NOT"):
        return None
    behind = next((word.start for word in failure.onwards[1:]), failure.place.end)
    message = say("`{word}` is not needed: leave it out", word=failure.word)
    return failure.says(message, mend=Mend(failure.place.start, behind, ""))


def is_before_in(failure: Failure) -> Mistake | None:
    """`zone is in (eez, high_seas)`, `zone is not in (…)`."""
    if failure.word != "in" or not failure.text[failure.place.end : failure.piece.end].lstrip().startswith("("):
        return None
    found = failure.before[-2] if failure.last.text == "not" and len(failure.before) > 1 else failure.last
    if found.text != "is":
        return None
    behind = failure.last if found is not failure.last else failure.place
    return failure.says(
        say("`{word}` is not needed: leave it out", word="is"), at=found, mend=Mend(found.start, behind.start, "")
    )


def is_either(failure: Failure) -> Mistake | None:
    """`craft is either warship or submarine`, `is neither … nor …`, `other is a warship or a submarine`."""
    for found in _EITHER.finditer(failure.text, failure.piece.start, failure.piece.end):
        if not found.start() <= failure.place.start <= found.end() or (not found["word"] and not found["article"]):
            continue
        what, none = found["what"], found["word"] == "neither"
        if "." in what or not found["article"]:
            meant = f"{what} {'not in' if none else 'in'} ({found['first']}, {found['second']})"
        else:
            one, other = found["one"], found["other"]
            meant = (
                f"{what} is not {one} and {what} is not {other}" if none else f"{what} is {one} or {what} is {other}"
            )
            if len(_JOINED.findall(failure.text, failure.piece.start, failure.piece.end)) > 1:
                meant = f"({meant})"
        return failure.says(
            say("`{said}` is not how it is written: write `{meant}`", said=found[0], meant=meant),
            at=Written(found[0], found.start(), found.end()),
            instead=meant,
        )
    return None


def is_list(failure: Failure) -> Mistake | None:
    """`zone is eez, high_seas`, `zone in eez, high_seas`."""
    for found in _LISTED.finditer(failure.text, failure.piece.start, failure.piece.end):
        if not found.start() <= failure.place.start <= found.end() or ("," not in found["names"] and not found["in"]):
            continue
        negated = "not in" if found["not"] else "in"
        written = f"{negated} ({found['names']})"
        said = "is" if found["is"] else negated
        of_role = _OF_ROLE.match(failure.text, found.start(), found.end()) or _ROLE_BEFORE.search(
            failure.text, failure.piece.start, found.end("what")
        )
        if found["in"] and of_role and "," not in found["names"]:
            whole = f"{'not ' if found['not'] else ''}{of_role['role']}.{found['names']}"
            start = of_role.start("role")
            place = Written(failure.text[start : found.end()], start, found.end())
            return failure.says(
                say("`{said}` is not how it is written: write `{meant}`", said=place.text, meant=whole),
                at=place,
                instead=whole,
            )
        if found["in"] and "," not in found["names"] and (whose := _bearer_before(failure, found.start())):
            role = "other" if whose["before"] == "meeting" else "own"  # `a helicopter meeting a ship in distress`
            meant = f"{found['what']} when {role}.{found['names']}"
            place = Written(found[0], found.start(), found.end())
            return failure.says(say("what is so of a unit is a condition: write `{words}`", words=meant), at=place)
        if found["in"] and found["what"] in _NOBODY and "," not in found["names"]:  # `when it is in distress`
            return failure.says(
                say("what is so of a unit is said with its role and a dot"),
                say("write `ROLE.{name}`, as in `own.{name}`", name=found["names"]),
                at=Written(found[0], found.start(), found.end()),
            )
        return failure.says(
            say("`{said}` is followed by one name", said=said)
            if found["is"]
            else say("`{said}` takes a list in brackets", said=said),
            say("write `{words}`", words=f"{found['what']} {written}"),
            mend=Mend(found.end("what"), found.end(), f" {written}"),
        )
    return None


def _bearer_before(failure: Failure, place: int) -> Match[str] | None:
    """What stands before a kind of unit that is bound, or that the bearer meets."""
    return _OF_BEARER.search(failure.text, max(failure.piece.start, place - 200), place)


def comma_before_or(failure: Failure) -> Mistake | None:
    """`call, or answer`."""
    if failure.word not in ("or", "and") or failure.last.text != ",":
        return None
    if failure.word == "and":
        return failure.says(say("`and` is not needed behind a comma: leave it out"), instead="")
    return failure.says(say("no comma stands before `or`: leave it out"), at=failure.last, instead="")


_NOBODY = ("it", "they", "neither", "either", "both", "unit", "units", "ship", "vessel", "aircraft", "side", "party")
_OF_BEARER = pattern(r"(?P<before>(?:clause\s+\S+|meeting|\"))\s+(?:an?|any|every)\s+\Z")
_OF_ROLE = pattern(r"(?P<role>own|other)(?![\w.])")
_EITHER = pattern(
    r"(?<![\w.])(?P<what>[^\W\d][\w.]*)\s+is\s+(?:(?P<word>either|neither)\s+)?(?P<one>(?P<article>an?\s+)?"
    r"(?P<first>[^\W\d]\w*))\s+(?:or|nor)\s+(?P<other>(?(article)an?\s+)(?P<second>[^\W\d]\w*))(?![\w.])(?!\s+(?:is|in)\b)"
)
_JOINED = pattern(r"(?<!\w)(?:and|or|nor)(?!\w)")
_ROLE_BEFORE = pattern(r"(?<![\w.])(?P<role>own|other)\s+(?:unit|side|ship|vessel|aircraft)\Z")
_LISTED = pattern(
    r"(?P<what>[^\W\d][\w.]*)\s+(?:(?P<is>is)\s+)?(?P<not>not\s+)?(?P<in>(?:in|one\s+of)\s+)?"
    r"(?P<names>[^\W\d]\w*(?:\s*,\s*(?!must\b|should\b|may\b)[^\W\d]\w*)*)(?=\s+(?:must|shall|should|may|need|and|or)\b|\s*$)"
)
