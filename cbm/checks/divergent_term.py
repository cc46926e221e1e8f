"""Words that the text under check and a text it lives with define differently."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from cbm.core.expressions import FALSE, Expr
from cbm.core.norms import NormSystem, Term
from cbm.core.units import DIMENSION_POWERS, dimension_words, number_words, show
from cbm.core.variables import Origin
from cbm.evaluate.what_binds import holds
from cbm.finding import Finding, Label, Rule, RuleId, Severity
from cbm.ground.grounder import Grounder
from cbm.ground.texts_in_force import in_force
from cbm.inquiry import Inquiry
from cbm.resolve.quantities.divergence import AskedTerm, parting, powers_of
from cbm.search.extent import Cube
from cbm.search.implicants import value_of
from cbm.search.open_questions import Undecided
from cbm.search.open_readings import openness
from cbm.search.replay import Episode
from cbm.smt.journal import asking
from cbm.smt.solve import Sat, Unknown
from cbm.translation.saying import english, mark, say
from cbm.wording.condition_words import condition_words, literal_words, value_words
from cbm.wording.reading_words import qualified
from cbm.wording.scenarios import example

RULE = Rule(
    RuleId.DIVERGENT_TERM,
    Severity.WARNING,
    mark("a word that an agreement uses with another meaning"),
    mark("""\
The text and another one that it lives with both define a term, or one of them defines it and the other uses it as the
vocabulary defines it; and in some encounter between parties of the text the two meanings part: a condition holds here
and not there, or a quantity has another value. Whoever reads both texts will take the one for the other. Texts that
are not in force are left aside.
"""),
    failing="""\
instrument rules "Rules agreed before"
  uses encounters
term close means range < 1 nmi
clause 1 a warship when close must call
draft code "A code"
  uses encounters
  between CN, JP
  beside rules
term close means range < 1 km
clause 1 a warship when close must safe_speed
""",
    passing="""\
instrument rules "Rules agreed before"
  uses encounters
term close means range < 1 nmi
clause 1 a warship when close must call
draft code "A code"
  uses encounters
  between CN, JP
  beside rules
term close means range < 1,852 m
clause 1 a warship when close must safe_speed
""",
)


def check(inquiry: Inquiry) -> Iterator[Finding]:
    """Each term of the text with the term of that name in each of the others."""
    system = inquiry.system
    here = {term.name: term for term in system.texts[system.subject].terms}
    for name, text in system.texts.items():
        for there in text.terms if name != system.subject and in_force(text, system) else ():
            term = here.get(there.name)
            if term is not None and term.place != there.place:
                yield from _compared(inquiry, term, there, name)


def _compared(inquiry: Inquiry, here: Term, there: Term, document: str) -> Iterator[Finding]:
    together, differ = inquiry.together(), parting(here.meaning, there.meaning)
    subject = f"`{here.name}` here and in {document}"
    if differ is None:
        inquiry.record(RULE.id, subject, found=True, of_words=True)
        yield _finding(inquiry, here, there, document)
        return
    grounder = Grounder(inquiry.system, ())
    parties = grounder.joined(inquiry.system.texts[inquiry.system.subject])
    question = (
        f"is there an encounter in which `{here.name}` is not the same in {inquiry.system.subject} and {document}"
    )
    with asking(norms=(), question=question, found="the finding", none="they mean the same by it"):
        answer = together.can(*parties, together.formula(differ))
        found: bool | Undecided = isinstance(answer, Sat)
        if isinstance(answer, Unknown):
            same = mark("does `{term}` here and in {document} mean the same")
            found = inquiry.leave_open(partial(say, same, term=here.name, document=document), answer)
        inquiry.record(RULE.id, subject, found, of=AskedTerm(here.name, document))
        shown = together.occurring(*parties, differ) if isinstance(answer, Sat) else None
    if shown is not None:
        terms = openness(inquiry.system, (together.formula(differ),))
        on = None if terms is None else together.readings(terms, *parties, together.formula(differ))
        asked = AskedTerm(here.name, document, on_every=True)
        yield qualified(inquiry, _finding(inquiry, here, there, document, shown, differ), on, of=asked)


def _finding(
    inquiry: Inquiry, here: Term, there: Term, document: str, shown: Episode | None = None, differ: Expr = FALSE
) -> Finding:
    system = inquiry.system
    place = here.place if here.own else here.used
    assert place is not None, "what a text defines or uses has a place"
    related = [] if here.own or here.place is None else [Label(here.place, say("is what it means here"))]
    if there.place is not None:
        related.append(Label(there.place, say("is what it means in {document}", document=document)))
    cube = None if shown is None else _conditions(inquiry, differ, shown)

    def extent() -> tuple[tuple[str, ...], ...]:
        return () if cube is None else (tuple(literal_words(system, literal) for literal in cube),)

    return Finding(
        RULE.id,
        RULE.severity,
        say("`{term}` does not mean here what it means in {document}", term=here.name, document=document),
        Label(place, say("is defined here") if here.own else say("is used here")),
        tuple(related),
        whenever="" if cube is None else condition_words(system, cube),
        extent=extent(),
        known_extent=english(extent),
        witness=None if shown is None else example(system, shown, cube or (), Origin.RESULT, Origin.DOING),
        remedies=(
            say(
                "define `{term}` here as {document} does, or call one of the two by another name",
                term=here.name,
                document=document,
            ),
        ),
        notes=(_why(system, here, there, document, shown),),
        matter=(system.subject, here.name, document),
    )


def _conditions(inquiry: Inquiry, differ: Expr, shown: Episode) -> Cube | None:
    """Under which the two part; None where that was given up, which is told as undecided."""
    together = inquiry.together()
    cube = together.conditions(together.formula(differ), shown.values)
    if isinstance(cube, Unknown):
        inquiry.leave_open(mark("when do the meanings of a term differ"), cube)
        return None
    return cube


def _why(system: NormSystem, here: Term, there: Term, document: str, shown: Episode | None) -> str:
    if shown is None:
        kind, other = _kind(here), _kind(there)
        return say("it is {kind} here and {other} in {document}", kind=kind, other=other, document=document)
    if here.meaning.condition is None:
        value, other = (_value(system, term, shown) for term in (here, there))
        message = mark("in this encounter it is {value} here and {other} in {document}")
        return say(message, value=value, other=other, document=document)
    if holds(here.meaning.condition, shown.world, system):
        return say("in this encounter it applies here and not in {document}", document=document)
    return say("in this encounter it applies in {document} and not here", document=document)


def _kind(term: Term) -> str:
    powers = powers_of(term.meaning)
    return say("a condition") if powers is None else dimension_words(powers)


def _value(system: NormSystem, term: Term, shown: Episode) -> str:
    """The value of a quantity in an encounter, in the unit of its author; of what is open, as the example tells it."""
    quantity = next(q for when, q in term.meaning.rows if holds(when, shown.world, system))
    value = value_of(quantity.sum, shown.values)
    match quantity.sum.terms:
        case ((coefficient, variable),) if coefficient == 1 and not quantity.sum.constant:
            return value_words(system, variable, value)
    dimension = next((d for d, powers in DIMENSION_POWERS.items() if powers == quantity.powers), None)
    return number_words(value) if dimension is None else show(value, quantity.unit, dimension)
