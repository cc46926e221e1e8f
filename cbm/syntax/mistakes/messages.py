"""What is said about a statement that could not be read: the words of a drafter, never those of a grammar."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cbm.syntax.expected import expected, listed
from cbm.syntax.mistake import Mistake
from cbm.syntax.mistakes.apart import apart_otherwise
from cbm.syntax.mistakes.by_day import misplaced_day
from cbm.syntax.mistakes.failure import Failure
from cbm.syntax.mistakes.frequent import frequent_mistakes
from cbm.syntax.mistakes.heading_slips import name_taken, title_without_quotes
from cbm.syntax.mistakes.list_slips import language_of_a_message
from cbm.syntax.mistakes.said_otherwise import said_otherwise
from cbm.syntax.mistakes.spelling import misspellings
from cbm.syntax.mistakes.strange import strange_signs
from cbm.syntax.tables.lalr import END

_OWN_NAMES = "party kind situation axiom topic term act result article clause case"
_NOUNS = {
    **{word: word for word in _OWN_NAMES.split()},
    "vocabulary": "header",
    "instrument": "header",
    "draft": "header",
    "cases": "header",
    "expect": "expectation",
    "covers": "promise",
    "given": "condition",
}


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
    rest = failure.text[mend.end : failure.piece.end].strip()
    if after.found is None:
        return True  # at its end something is missing, and not for what is mended
    left = after.piece.end - after.found.start
    if left < len(failure.text[mend.end : failure.piece.end].lstrip()):
        return True
    return depth > 0 and left <= len(rest) + 1 and explain(after, depth - 1).mend is not None


def _alone(known: Callable[[Failure], Mistake | None]) -> Callable[[Failure], Iterator[Mistake]]:
    def several(failure: Failure) -> Iterator[Mistake]:
        mistake = known(failure)
        if mistake is not None:
            yield mistake

    return several


_KNOWN: tuple[Callable[[Failure], Iterator[Mistake]], ...] = (
    strange_signs,
    _alone(title_without_quotes),
    said_otherwise,
    _alone(name_taken),
    _alone(apart_otherwise),
    _alone(misplaced_day),
    _alone(language_of_a_message),
    misspellings,
    frequent_mistakes,
)


def _unexpected(failure: Failure) -> Mistake:
    phrases = listed(expected(failure.acceptable))
    after = failure.after
    if failure.found is None:
        return failure.says(f"expected {phrases} after {after}")
    if not failure.accepts(END):
        return failure.says(f"expected {phrases} after {after}, not {failure.found.shown}")
    noun = _NOUNS.get(failure.piece.opening, "statement")
    could = f"could end after {after} or go on with {phrases}" if phrases else f"ends after {after}"
    return failure.says(f"{failure.found.shown} does not fit here: the {noun} {could}")
