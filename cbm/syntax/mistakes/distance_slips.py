"""Slips in how far units are apart: what is measured has a name in the language, and its bound stands behind it."""

from __future__ import annotations

from re import Match

from cbm.patterns import pattern
from cbm.syntax.mistake import Mend, Mistake
from cbm.syntax.mistakes.failure import Failure, Written
from cbm.syntax.mistakes.slip_words import DISTANCE, in_content
from cbm.translation.saying import say

_OTHER = (
    r"(?:each\s+other|one\s+another|(?:the|any)\s+other(?:\s+(?:unit|side|party|ship|vessel|aircraft))?|other|it)(?!\w)"
)
_SPEED = r"[0-9][\d,.]*\s*(?:kt|km/h|m/s)(?!\w)"
_IS_SPEED = pattern(_SPEED)
_SIGNS = {
    **dict.fromkeys(("more than", "above", "over"), ">"),
    **dict.fromkeys(("less than", "below", "under"), "<"),
    **dict.fromkeys(("at least", "not less than", "no less than"), ">="),
    **dict.fromkeys(("at most", "not more than", "no more than", "up to"), "<="),
}
_BOUND = "|".join(_SIGNS)
_APART = (
    r"(?:\s+(?:away|apart|off|clear|distance))?(?:\s+(?:from|of)(?:\s+(?:a|an|the|any|other|another))*\s+[^\W\d]\w*)?"
)
_BEHIND = pattern(
    rf"[<>]=?\s*(?P<amount>{DISTANCE})\s+(?P<more>(?:away|apart|off|clear)(?!\w)(?:\s+(?:from|of)\s+{_OTHER})?|from\s+{_OTHER})"
)
_KEPT = pattern(
    r"(?:keep|stay|remain|maintain)\s+(?:(?:a|an|the|its)\s+)?(?:"
    rf"(?:(?P<what>[^\W\d]\w*)\s+of\s+)?(?P<bound>(?:{_BOUND})\s+)?(?P<amount>{DISTANCE}){_APART}"
    rf"|(?P<named>[^\W\d]\w*)\s+(?:of\s+)?(?P<within>{_BOUND})\s+(?P<figure>{_SPEED}))"
)
_EXCEEDED = pattern(
    rf"not\s+exceed\s+(?:(?:a|an|the)\s+)?(?:(?P<what>[^\W\d]\w*)\s+of\s+)?(?P<amount>{_SPEED}|{DISTANCE})"
)
_UNKEPT = pattern(
    r"(?:\b(?:must|should|may|shall)(?:\s+not)?|\bneed\s+not|\bor|,)\s+(?P<name>[^\W\d]\w*)"
    r"\s*(?P<sign>[<>=]|from(?=\s+[0-9])(?!\s+[\d.,]+\s+\w+\s+(?:before|after)\b))"
)
_NEARNESS = pattern(
    r"(?<!\bno\s)(?<!\bnot\s)(?:(?P<order>closer|nearer|less|lower|farther|further|more|higher)\s+than"
    rf"|(?P<side>below|under|above|over)|within)\s+(?P<amount>{DISTANCE})"
)
_LEAST, _MOST = r"(?:at\s+least|(?:no|not)\s+less\s+than|>=)", r"(?:at\s+most|(?:no|not)\s+more\s+than|up\s+to|<=)"
_TWO_BOUNDS = pattern(
    rf"(?P<what>[^\W\d][\w.]*)\s+(?:(?:of|is)\s+)?{_LEAST}\s*(?P<low>{DISTANCE}|{_SPEED})\s*,?\s+(?:and|but)\s+{_MOST}"
    rf"\s*(?P<high>{DISTANCE}|{_SPEED})"
)
_DESCRIBED = pattern(
    r"(?:keep|maintain)\s+(?P<words>(?:an?|the|its)(?:\s+(?P<how>[^\W\d]\w*))??)\s+(?P<what>distance|separation|speed|altitude)"
    r"(?!\w)"
)
_EXTREME = {"minimum": ">=", "maximum": "<="}
_AMOUNT_OF = pattern(rf"\s+of\s+(?P<amount>{_SPEED}|{DISTANCE})")
_BARE_BOUND = pattern(rf"\s*(?:[<>=]|(?:from|between)\s+[0-9]|(?:{_BOUND})\s+{DISTANCE})")
_BOUND_BEHIND = pattern(rf"\s*(?:[<>=]|(?:(?:of|from|between)\s+)?(?:(?:{_BOUND})\s+)?[0-9])")
_FARTHER = ("farther", "further", "more", "higher", "above", "over")


def words_behind_bound(failure: Failure) -> Mistake | None:
    """`>= 500 m away`, `>= 500 m from the other unit`: between whom it is kept goes without saying."""
    for found in _BEHIND.finditer(failure.text, failure.piece.start, failure.piece.end):
        if found.start("more") <= failure.place.start < found.end("more"):
            message = say(
                "between which units it is kept goes without saying: leave `{words}` out", words=found["more"]
            )
            place = _written(found["more"], found.start("more"))
            return failure.says(message, at=place, mend=Mend(found.end("amount"), found.end("more"), ""))
    return None


def kept_amount(failure: Failure) -> Mistake | None:
    """`must keep 500 m away`, `must keep a separation of at least 500 m`."""
    found = next(_KEPT.finditer(failure.text, failure.piece.start, failure.piece.end), None)
    if found is None or not found.start() <= failure.place.start <= found.end() + 1:
        return None
    sign = _SIGNS.get(" ".join((found["bound"] or found["within"] or "").split()), ">=")
    return _bound(failure, found, found["what"] or found["named"] or "", f"{sign} {found['amount'] or found['figure']}")


def kept_behind_article(failure: Failure) -> Mistake | None:
    """`must maintain an altitude of at least 300 m`: it is nobody to whom an act is done."""
    return kept_amount(failure) if failure.word in ("a", "an", "the", "its") else None


def two_bounds(failure: Failure) -> Mistake | None:
    """`separation at least 500 m and at most 2 km`, `>= 500 m and no more than 2 km`."""
    for found in _TWO_BOUNDS.finditer(failure.text, failure.piece.start, failure.piece.end):
        if found.start() <= failure.place.start <= found.end():
            meant = f"{found['what']} from {found['low']} to {found['high']}"
            message = say("a lowest and a highest figure are said at once: write `{words}`", words=meant)
            return failure.says(message, at=_written(found[0], found.start()), instead=meant)
    return None


def described(failure: Failure) -> Mistake | None:
    """`must keep a safe distance`, `must keep a safe separation >= 500 m`, `must keep a maximum separation of 2 km`."""
    found = next(_DESCRIBED.finditer(failure.text, failure.piece.start, failure.piece.end), None)
    if found is None or not found.start() <= failure.place.start <= found.end():
        return None
    if found["how"] in _EXTREME:
        return _extreme(failure, found)
    if not _BOUND_BEHIND.match(failure.text, found.end(), failure.piece.end):
        return _without_figure(failure, found)
    if not found["how"] and not _BARE_BOUND.match(failure.text, found.end(), failure.piece.end):
        return None  # told with its figure
    mend = Mend(found.start("words"), found.start("what"), "")
    message = say("`{word}` is not needed: leave it out", word=found["words"])
    return failure.says(message, at=_written(found["words"], found.start("words")), mend=mend)


def _extreme(failure: Failure, found: Match[str]) -> Mistake | None:
    amount = _AMOUNT_OF.match(failure.text, found.end(), failure.piece.end)
    if amount is None:
        return None
    meant = f"keep {found['what']} {_EXTREME[found['how']]} {amount['amount']}"
    message = say("what is kept has its bound behind it: write `{words}`", words=meant)
    said = failure.text[found.start() : amount.end()]
    return failure.says(message, at=_written(said, found.start()), instead=meant)


def _without_figure(failure: Failure, found: Match[str]) -> Mistake:
    """How much is kept is left open, with or without a figure to come."""
    what = found["what"]
    name, sort = f"{found['how'] or 'safe'}_{what}", "speed" if what == "speed" else "length"
    return failure.says(
        say("how much is kept is not said"),
        say("write `keep NAME >= …` with the name of a result, or `[__ from … to …]` for a figure that is still open"),
        say(
            "where the text is to say no more, declare `{declared}`, and write `keep NAME >= {name}`",
            declared=f"open term {name} : {sort} from … to …",
            name=name,
        ),
        at=_written(found[0], found.start()),
    )


def keep_unsaid(failure: Failure) -> Mistake | None:
    """`must separation >= 5 nmi`, `must call or separation >= 5 nmi`."""
    for found in _UNKEPT.finditer(failure.text, failure.piece.start, failure.piece.end):
        sign = found.span("sign")
        if sign[0] <= failure.place.start <= sign[1] + 1 and in_content(failure):
            words = f"keep {found['name']}"
            message = say("what is kept stands behind `keep`: write `{words}`", words=words)
            return failure.says(message, at=_written(found["name"], found.start("name")), instead=words)
    return None


def exceeded_amount(failure: Failure) -> Mistake | None:
    """`must not exceed 20 kt`, `must not exceed a speed of 20 kt`."""
    found = next(_EXCEEDED.finditer(failure.text, failure.piece.start, failure.piece.end), None)
    if found is None or not found.start() <= failure.place.start <= found.end() + 1:
        return None
    return _bound(failure, found, found["what"] or "", f"<= {found['amount']}")


def _bound(failure: Failure, found: Match[str], what: str, bound: str) -> Mistake:
    if what:
        meant = f"keep {what} {bound}"
        message = say("what is kept has its bound behind it: write `{words}`", words=meant)
        return failure.says(message, at=_written(found[0], found.start()), instead=meant)
    name = "speed_kept" if _IS_SPEED.search(bound) else "separation"
    return failure.says(
        say("it is not said what is kept"),
        say("write `keep NAME {bound}` with the name of a result, such as `{name}`", bound=bound, name=name),
        at=_written(found[0], found.start()),
    )


def unnamed_distance(failure: Failure) -> Mistake | None:
    """`when closer than 3 nmi`, `a warship within 3 nmi of a fighter`, `must not fly below 300 m`."""
    found = next(_NEARNESS.finditer(failure.text, failure.piece.start, failure.piece.end), None)
    end = 0 if found is None else found.end("amount") + (failure.word in ("of", "from"))
    if found is None or not found.start() <= failure.place.start <= end:
        return None
    how = found["order"] or found["side"]
    order = ">" if how in _FARTHER else "<" if how else "<="
    condition = say(
        "write `when NAME {sign} {amount}` with its name, which `cbm words` finds", sign=order, amount=found["amount"]
    )
    kept: tuple[str, ...] = ()
    if in_content(failure):
        forbidden = any(word.text == "not" for word in failure.before)
        sign = _OPPOSITE[order] if forbidden else order
        bound = f"{sign} {found['amount']}"
        kept = (say("write `must keep NAME {bound}` where it is what is asked for", bound=bound),)
    return failure.says(say("it is not said what is measured"), *kept, condition, at=_written(found[0], found.start()))


_OPPOSITE = {"<": ">=", "<=": ">", ">": "<="}


def _written(words: str, start: int) -> Written:
    return Written(words, start, start + len(words))
