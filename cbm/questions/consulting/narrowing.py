"""A dialogue that narrows a question: the fact that decides most is asked for until nothing is open."""

from __future__ import annotations

from collections.abc import Callable

from cbm.finding import Misuse
from cbm.outcomes.answers import Answer, FactOption
from cbm.questions.consulting.answering import Consultation, SituationQuestion
from cbm.records import replace


def narrowed(
    read: Consultation,
    question: SituationQuestion,
    put: Callable[[str], str],
    words: Callable[[str, tuple[FactOption, ...], int], str],
) -> Answer:
    """The answer after a dialogue: the fact that decides most is asked for until nothing is open, or nobody answers.

    Of brackets it is asked what is taken. `put` puts a question, in these `words`, and gives what is answered: a
    number, a condition, nothing for what is not known, or `q`. What cannot be understood is said and asked again.
    """
    question = replace(question, narrowing=True)
    told, note = read.answer(question), ""
    while (fact := told.next_fact) is not None:
        said = put(f"{note}{words(fact.words, fact.options, fact.settles)}").strip()
        if said == "q":
            break
        known = dict(zip(map(str, range(1, len(fact.options) + 1)), fact.options, strict=True))
        if said in known and known[said].take:
            settled = replace(question.settled, take=(*question.settled.take, known[said].take))
            further = replace(question, settled=settled)
        elif said:
            further = replace(question, given=_both(question.given, known[said].condition if said in known else said))
        else:
            further = replace(question, unknown=(*question.unknown, fact.words))
        try:
            told, question, note = read.answer(further), further, ""
        except Misuse as why:
            note = f"{why}\n\n"
    return told


def _both(given: str, further: str) -> str:
    """Both conditions as one, each in brackets where it would be read otherwise without."""
    return " and ".join(f"({one})" if " or " in one or " implies " in one else one for one in (given, further) if one)
