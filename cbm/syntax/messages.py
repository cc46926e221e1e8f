"""What is said about a statement that could not be read: the words of a drafter, never those of a grammar."""

from __future__ import annotations

from cbm.syntax.apart import apart_otherwise
from cbm.syntax.by_day import misplaced_day
from cbm.syntax.expected import expected, listed
from cbm.syntax.failure import Failure
from cbm.syntax.frequent import frequent_mistake, language_of_a_message, name_taken
from cbm.syntax.lalr import END
from cbm.syntax.mistake import Mistake
from cbm.syntax.spelling import misspelling
from cbm.syntax.strange import strange_sign

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


def explain(failure: Failure) -> Mistake:
    """One message for one mistake: a particular one where it is known, else what could have stood there."""
    return (
        strange_sign(failure)
        or name_taken(failure)
        or apart_otherwise(failure)
        or misplaced_day(failure)
        or language_of_a_message(failure)
        or misspelling(failure)
        or frequent_mistake(failure)
        or _unexpected(failure)
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
