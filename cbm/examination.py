"""One system to all that is found in it: the checks in shares of work, then what stands behind the green answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from itertools import groupby
from operator import itemgetter
from typing import Any

from cbm.checks import CHECKS, expectation, inconsistent_vocabulary, undecided, unserved_function
from cbm.core.norms import NormSystem
from cbm.finding import Ending, Finding, Outcome, Question
from cbm.inquiry import Inquiry, inquire
from cbm.records import replace
from cbm.search.parallel import ALONE, Crew
from cbm.smt.journal import asking
from cbm.wording import attestations
from cbm.wording.left_open import left_open

# Milliseconds of work, as the checks guess them, that make a share.
SHARE = 250


def examined(system: NormSystem, crew: Crew = ALONE) -> Outcome:
    """Asks every question about one system, and what stands behind the answers that find nothing."""
    with asking(system=system):
        return _answered(system, crew)


def _answered(system: NormSystem, crew: Crew) -> Outcome:
    questions: list[Question] = []
    empty = inconsistent_vocabulary.empty_worlds(system)
    if empty:
        return Outcome(empty, (Question(inconsistent_vocabulary.RULE.id, "does any encounter exist", Ending.FOUND),))
    inquiry = inquire(system, questions, crew)
    with asking(rule=inconsistent_vocabulary.RULE.id):
        found = list(inconsistent_vocabulary.check(inquiry))
    found.extend(_checked(inquiry))
    found.extend(expectation.compare_findings(inquiry, found, partial(on_date, inquiry)))
    attested = attestations.attest(inquiry, found)
    found.extend(undecided.check(inquiry))
    return Outcome(
        tuple(found),
        tuple(questions),
        attestations=attested.attestations,
        pairs=attested.pairs,
        background=tuple(left_open(system)),
    )


# A check by its position, with one of its pieces; None where it is asked at once.
_Unit = tuple[int, Any]


def _checked(inquiry: Inquiry) -> Iterator[Finding]:
    """What the checks find, in their order."""
    inquiry.deadlocks()  # every share starts from them
    for found in inquiry.each("findings", _found, _shares(inquiry)):
        yield from found
    yield from _found(inquiry, [(number, None) for number, check in enumerate(CHECKS) if not check.cost])


def _shares(inquiry: Inquiry) -> list[list[_Unit]]:
    """The same cut whoever does the work; what is not much makes one share."""
    shares: list[list[_Unit]] = [[]]
    filled = 0
    for number, check in enumerate(CHECKS):
        pieces = [None] if check.pieces is None else check.pieces(inquiry)
        cost = check.cost * (len(inquiry.system.norms) if check.pieces is None else 1)
        for piece in pieces if cost else ():
            if filled >= SHARE:
                shares.append([])
                filled = 0
            shares[-1].append((number, piece))
            filled += cost
    return shares


def _found(inquiry: Inquiry, share: Sequence[_Unit]) -> list[Finding]:
    found: list[Finding] = []
    for number, units in groupby(share, key=itemgetter(0)):
        check = CHECKS[number]
        with asking(system=inquiry.system, rule=check.rule):
            among = () if check.pieces is None else ([piece for _, piece in units],)
            found += check.find(inquiry, *among)
    return found


def on_date(inquiry: Inquiry, rule: str, day: date) -> list[Finding] | None:
    """What a rule finds on another date, of those whose answer depends on it without another text in force."""
    if rule != unserved_function.RULE.id:
        return None
    return list(unserved_function.check(replace(inquiry, system=replace(inquiry.system, as_of=day))))
