"""That no duties clash but for those that were found, as one question for each bearer, of sets of any size.

Which duties are in the set is told by flags that are free, with the situation; so no search lists the sets.
"""

from __future__ import annotations

from collections.abc import Iterator

from cbm.certify.claims import AllOf, AnyOf, Claim, NotSo
from cbm.certify.rows import BearerCase, Told, VerdictRow, joined, row_for
from cbm.certify.standing import kept
from cbm.conflicts.all_conflicts import TOGETHER
from cbm.conflicts.trigger_cycles import ending
from cbm.core.expressions import Flag, disjunction, negation
from cbm.core.sorts import FLAG
from cbm.core.variables import Auxiliary, Purpose
from cbm.finding import RuleId
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.report import Ending
from cbm.smt.journal import Verdict
from cbm.wording.phrases import role_words

# By which the questions of all bearers are known together.
NO_OTHER_CLASH: Told = (RuleId.CONFLICT, "no duties clash but for those that were found")
_QUESTION = "is there a situation in which any other set of duties cannot be kept"


def all_known(inquiry: Inquiry) -> bool:
    """Whether no search for sets that clash was given up."""
    return not any(left.question == TOGETHER for left in inquiry.undecided)


def no_other_clash(inquiry: Inquiry, rule: RuleId, told: Told) -> Iterator[VerdictRow]:
    """For each bearer: some set that includes none of those that were found cannot be kept."""
    for about in inquiry.grounds:
        ended = Ending.CLEAR if all_known(inquiry) else Ending.UNDECIDED
        case, bearer = BearerCase(about, tuple(_claims(inquiry, about))), role_words(inquiry.system, about.bearer)
        yield row_for(
            inquiry,
            rule,
            bearer=bearer,
            question=_QUESTION,
            ending=ended,
            cases=(case,),
            expected=Verdict.UNSAT,
            carries=told,
        )


def _claims(inquiry: Inquiry, about: Ground) -> Iterator[tuple[str, Claim]]:
    """What takes part in no set that was found is selected: with less, more can be kept."""
    duties = ending(about, about.demanding)
    found = [clash for clash in inquiry.clashes if clash.bearer == about.bearer]
    taking_part = {norm for clash in found for norm in clash.takes_part}
    free = [n.norm.id for n in duties if n.norm.id in taking_part]
    selected = {norm: Flag(Auxiliary(Purpose.SELECTED, i, FLAG)) for i, norm in enumerate(free)}
    yield "some conduct is possible", kept(about)
    for clash in found:
        some = (AnyOf(tuple(selected[norm] for norm in one if norm in selected)) for one in clash.choices)
        yield f"{joined(clash.takes_part)} are not selected together", NotSo(AllOf(tuple(some)))
    chosen = (
        disjunction(negation(selected[n.norm.id]), n.demand) if n.norm.id in selected else n.demand for n in duties
    )
    yield "no conduct keeps what is selected", NotSo(kept(about, *chosen))
