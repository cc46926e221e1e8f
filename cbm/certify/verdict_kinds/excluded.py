"""What a text is said to exclude, as questions: do the axioms alone leave an episode in which it happens."""

from __future__ import annotations

from cbm.certify.claims import SomeConduct
from cbm.certify.rows import BearerCase, VerdictRow, row_for
from cbm.core.norms import ConductExpected, expectations
from cbm.core.substitution import variables
from cbm.finding import Attestation, Ending
from cbm.ground.all_roles import ground_together
from cbm.ground.grounding import Grounder
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.smt.journal import Verdict
from cbm.wording.findings.attestations import ASKED_FOR, excluded_words


def excluded(inquiry: Inquiry, shown: Attestation) -> VerdictRow | None:
    """W, and some conduct of all units, whoever complies, with which it is so; None if it is said of another date."""
    together = ground_together(inquiry.system)
    grounder = Grounder(inquiry.system, tuple(range(len(together.norms))))
    for case, expected in expectations(inquiry.system):
        if (
            isinstance(expected, ConductExpected)
            and excluded_words(expected) == shown.statement
            and inquiry.on(case.as_of) is inquiry
        ):
            wanted = (grounder.formula(case.situations(expected)), grounder.formula(expected.condition))
            parts = (*together.everything, *wanted)
            met = SomeConduct(parts, frozenset(v for part in parts for v in variables(part)))
            allowed = BearerCase(replace(inquiry.grounds[0], possible=()), (("it is so, whoever complies", met),))
            return row_for(
                inquiry, ASKED_FOR, (), "", "", shown.statement, Ending.CLEAR, (allowed,), Verdict.SAT
            )  # fmt: skip
    return None
