"""Signs a text cannot be read with: open quotation marks, full-width forms, signs of other languages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from unicodedata import category

from cbm.syntax.mistake import Mend, Mistake
from cbm.syntax.mistakes.failure import Failure, Written
from cbm.syntax.signs import COMMENTS, INSTEAD, NEEDLESS, ascii_form
from cbm.translation.saying import say

# Quotation marks that begin a text, and those that end it.
_CLOSING = {"“": "”“", "„": "“”", "‘": "’", "'": "'", "’": "’", "「": "」", "『": "』", "«": "»", "»": "«", "＂": "＂"}


def strange_signs(failure: Failure) -> Iterator[Mistake]:
    """Where a text ends that was not closed is guessed; all else is the same in other signs."""
    if (unclosed := _open_text(failure)) is not None:
        yield unclosed
    yield from (mistake.lexical for known in _OTHER_SIGNS if (mistake := known(failure)) is not None)


def _open_text(failure: Failure) -> Mistake | None:
    """A quotation mark without its partner on the line."""
    line = failure.text[failure.line_start : failure.piece.end].split("\n", 1)[0]
    opened, comment = -1, False
    for column, sign in enumerate(line):
        comment = comment or (sign == "#" and opened < 0)
        if sign == '"' and not comment:
            opened = column if opened < 0 else -1
    if opened < 0:
        return None
    start = failure.line_start + opened
    place = Written('"', start, start + len(line[opened:].rstrip()))
    closed = Mend(place.end, place.end, '"')
    return failure.says(
        say("the text that begins here is not closed"), say('end it with `"` on the same line'), at=place, mend=closed
    )


def _needless_sign(failure: Failure) -> Mistake | None:
    """What ends a statement elsewhere; a semicolon is read as what parts sentences, and then no sentence follows."""
    sign, before = failure.place, failure.last
    if len(failure.before) > 1 and (failure.found is None or _goes_on(failure)):
        sign, before = failure.before[-1], failure.before[-2]
    elif sign.text not in NEEDLESS or failure.rest.strip() != sign.text:
        return None
    if sign.text not in NEEDLESS:
        return None
    return failure.says(
        say("`{sign}` is not needed: {why}", sign=sign.text, why=say(NEEDLESS[sign.text])),
        at=sign,
        mend=Mend(before.end, sign.end, ""),
    )


def _goes_on(failure: Failure) -> bool:
    """Whether the sentence before a semicolon goes on behind it, and no other one begins there.

    If it begins in full width there, it is read as what it stands for.
    """
    if failure.found is None or failure.last.text != ";":
        return False
    start, wide = failure.found.start, _leading(failure.rest)
    behind = failure.text[failure.last.end : start] + _narrowed(wide)
    mend = Mend(failure.before[-2].end, start + len(wide), behind)
    return failure.left(mend) < failure.piece.end - start


def _full_width(failure: Failure) -> Mistake | None:
    """Letters, digits and signs of East Asian width, up to the next that is not."""
    wide = _leading(failure.rest)
    if not wide or failure.found is None:
        return None
    narrow = _narrowed(wide)
    place = Written(wide, failure.found.start, failure.found.start + len(wide))
    return failure.says(
        say("`{wide}` is of full width: write `{narrow}`", wide=wide, narrow=narrow), at=place, instead=narrow
    )


def _narrowed(wide: str) -> str:
    return "".join(map(ascii_form, wide))


def _leading(rest: str) -> str:
    return rest[: next((column for column, sign in enumerate(rest) if not ascii_form(sign)), len(rest))]


def _wide_colon(failure: Failure) -> Mistake | None:
    """`craft：craft`, where the name is not seen as that of an attribute."""
    column = failure.rest.split('"', 1)[0].find("：")
    if not failure.accepts("ATTRIBUTE") or failure.found is None or column < 0:
        return None
    place = Written("：", failure.found.start + column, failure.found.start + column + 1)
    return failure.says(say("`：` is of full width: write `:`"), at=place, instead=":")


def _comment_of_another_language(failure: Failure) -> Mistake | None:
    opening = failure.rest[:2]
    if opening not in COMMENTS:
        return None
    return failure.says(
        say("`{opening}` does not begin a comment: write `#`", opening=opening), mend=_mended(failure, opening, "#")
    )


def _set_off(instead: str, following: str) -> str:
    """A word with blanks around it, for what was a sign: `90°`, `a&&b`; a comma with one behind it, but in a number."""
    if instead == "," and following and not (following.isspace() or following.isdigit()):
        return f"{instead} "
    return f" {instead} " if instead.isalpha() else instead


def _quoted(failure: Failure, begin: int) -> Mend | None:
    """A text between quotation marks of another keyboard, in straight ones."""
    line = failure.text[begin : failure.piece.end].split("\n", 1)[0]
    closing = _CLOSING.get(line[:1])
    if closing is None or '"' in line.split("#", 1)[0]:
        return None
    ends = [column for column, sign in enumerate(line) if sign in closing and column]
    return Mend(begin, begin + ends[0] + 1, f'"{line[1 : ends[0]]}"') if ends else None


def _mended(failure: Failure, sign: str, instead: str) -> Mend:
    """A sign that is found, replaced."""
    return Mend(failure.place.start, failure.place.start + len(sign), instead)


def _foreign_sign(failure: Failure) -> Mistake | None:
    if failure.found is None:
        return None
    # Signs of two characters are looked at from both ends: reading stops at the second where the first one is known.
    for start, length in ((0, 2), (-1, 2), (0, 1)):
        begin = failure.found.start + start
        sign = failure.text[begin : begin + length]
        if sign == "=>" and failure.piece.opening == "axiom" and not failure.text[begin + 2 :].lstrip()[:1].isdigit():
            return None  # it may be meant for `implies`
        if sign in INSTEAD:
            place = Written(sign, begin, begin + length)
            message = say("`{sign}` is not a sign of the language: write `{meant}`", sign=sign, meant=INSTEAD[sign])
            mend = Mend(begin, place.end, _set_off(INSTEAD[sign], failure.text[place.end : place.end + 1]))
            return failure.says(message, at=place, mend=_quoted(failure, begin) or mend)
    return None


def _blank(failure: Failure) -> Mistake | None:
    if failure.found is None or len(failure.found.text) != 1:
        return None
    sign = failure.found.text
    code = f"U+{ord(sign):04X}"
    if category(sign) == "Zs":
        return failure.says(say("this is not an ordinary blank but {code}: write a blank", code=code), instead=" ")
    if category(sign) in ("Cf", "Cn", "Co"):
        return failure.says(
            say("the invisible character {code} is not allowed outside texts", code=code), say("delete it"), instead=""
        )
    return None


_OTHER_SIGNS: tuple[Callable[[Failure], Mistake | None], ...] = (
    _wide_colon,
    _needless_sign,
    _comment_of_another_language,
    _foreign_sign,
    _full_width,
    _blank,
)
