"""What a clause that prevails cannot lift by itself: what is owed to those who are no party to its text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cbm.core.expressions import NormId
from cbm.core.norms import NormSystem
from cbm.ground.members import third_parties
from cbm.translation.listing import listed
from cbm.translation.saying import say
from cbm.wording.clause_names import clause_names
from cbm.wording.phrases import member_words


def third_party_names(system: NormSystem, *lower: str) -> str:
    """To whom one of these texts is owed that is no party to the one under check; empty where there is nobody."""
    owed = dict.fromkeys(party for text in lower for party in third_parties(system, system.subject, text))
    return listed([member_words(system, party) for party in owed])


def consents_not_asked(system: NormSystem) -> Iterator[str]:
    """One line for each text of which the one under check sets something aside that is owed to others too."""
    for lower, norms in _set_aside(system).items():
        others = third_party_names(system, lower)
        if others:
            whole = all(n.id in norms for n in system.norms.values() if n.id.document == lower)
            yield say(
                "to set {clauses} aside takes the consent of {others} too, which is not asked about (Vienna "
                "Convention on the Law of Treaties, Articles 30(4)(b) and 34)",
                clauses=lower if whole else clause_names(system, norms),
                others=others,
            )


def _set_aside(system: NormSystem) -> Mapping[str, Mapping[NormId, None]]:
    """What the text under check prevails over, or stands in place of, by text, in the order of the norms."""
    lifted = {edge.of for edge in system.displacements if edge.by.document == system.subject}
    for edge in system.precedences:
        if any(norm.document == system.subject for norm in edge.prevailing):
            lifted |= edge.yielding
    found: dict[str, dict[NormId, None]] = {}
    for norm in system.norms:
        if norm in lifted and norm.document != system.subject:
            found.setdefault(norm.document, {})[norm] = None
    return found
