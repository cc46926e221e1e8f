"""What a clause that prevails cannot lift by itself: what is owed to those who are no party to its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from cbm.core.expressions import NormId
from cbm.core.negotiation import Negotiation
from cbm.core.norms import NormSystem
from cbm.core.packages.package_boxes import TooManyBoxes
from cbm.ground.members import third_parties
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say
from cbm.wording.choice_words import boxes_words
from cbm.wording.clause_names import clause_names
from cbm.wording.phrases import member_words


def third_party_names(system: NormSystem, *lower: str) -> str:
    """To whom one of these texts is owed that is no party to the one under check; empty where there is nobody."""
    owed = dict.fromkeys(party for text in lower for party in third_parties(system, system.subject, text))
    return listed([member_words(system, party) for party in owed])


def consents_not_asked(system: NormSystem) -> Iterator[str]:
    """One line for each text of which the one under check sets something aside that is owed to others too.

    Of what only some packages set aside there is a line with these packages.
    """
    for (lower, packages), norms in _set_aside(system).items():
        others = third_party_names(system, lower)
        if others:
            whole = all(n.id in norms for n in system.norms.values() if n.id.document == lower and n.demands)
            clauses = lower if whole else clause_names(system, norms)
            message = mark(
                "to set {clauses} aside takes the consent of {others} too, which is not asked about (Vienna "
                "Convention on the Law of Treaties, Articles 30(4)(b) and 34)"
            )
            if packages:
                message = mark(
                    "to set {clauses} aside, if {packages}, takes the consent of {others} too, which is not asked "
                    "about (Vienna Convention on the Law of Treaties, Articles 30(4)(b) and 34)"
                )
            yield say(message, clauses=clauses, packages=packages, others=others)


def _set_aside(system: NormSystem) -> Mapping[tuple[str, str], Mapping[NormId, None]]:
    """The duties that the text under check prevails over, or stands in place of, by text and packages, in their order.

    Not to use what another text permits is nobody else's concern, and takes no consent.
    The packages are told in words; none where it is so on all.
    """
    lifted: dict[NormId, list[NormId]] = {}  # by which wordings of clauses
    for edge in system.displacements:
        if edge.by.document == system.subject:
            lifted.setdefault(edge.of, []).append(edge.by)
    for order in system.precedences:
        above = [norm for norm in order.prevailing if norm.document == system.subject]
        for norm in order.yielding if above else ():
            lifted.setdefault(norm, []).extend(above if order.by is None else (order.by,))
    found: dict[tuple[str, str], dict[NormId, None]] = {}
    for norm, said in system.norms.items():
        if norm in lifted and said.demands and norm.document != system.subject:
            found.setdefault((norm.document, _packages(system, lifted[norm])), {})[norm] = None
    return found


def _packages(system: NormSystem, clauses: Iterable[NormId]) -> str:
    """The packages in which one of these wordings of clauses stands, in words; none where all have one."""
    negotiation = Negotiation(system)
    wordings = [system.norms.get(norm) for norm in clauses]
    if not negotiation.terms or None in wordings:  # one says so that asks for nothing by itself
        return ""
    boxes = [box for norm in wordings if norm is not None for box in negotiation.boxes_of([norm])]
    try:
        return "" if negotiation.space.is_everything(boxes) else boxes_words(negotiation, negotiation.space.told(boxes))
    except TooManyBoxes:
        return say("certain options are taken")
