"""A text that somebody names, to cards to learn it by, and to encounters to exercise it with."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial

from cbm.arguments import day_of, one_path, progress_of, words_of
from cbm.core.expressions import TRUE, Expr, IsIn, conjunction
from cbm.core.negotiation import Negotiation
from cbm.core.norms import NormSystem, OpenTerm, packages_meant
from cbm.core.packages.settled_choices import NOTHING_SETTLED, SettledChoices, settled_choices
from cbm.finding import Misuse
from cbm.given_situations.given_world import given_ground, given_world
from cbm.ground.grounding import bearers
from cbm.outcomes.training_cards import CardDeck
from cbm.process.budget import SHORT, Budget, Cancel, RunStopped, broken_off, until_stopped
from cbm.questions.consulting.answering import SituationQuestion, consultation
from cbm.questions.consulting.assumed_parties import parties_assumed
from cbm.questions.named_texts import first_fault
from cbm.questions.question_run import question_run
from cbm.records import replace
from cbm.report import Report
from cbm.search.parallel import Watch
from cbm.smt.solve import Sat, Solver, Unsat, sharing
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say, say_count
from cbm.wording.answers.card_words import Bearing, deck
from cbm.wording.answers.provision_words import spoken_clauses
from cbm.wording.answers.word_entries import Lexicon
from cbm.wording.findings.stays_open.left_open import left_open

# So many of the choices that are open are named where one is to be settled.
_CHOICES = 3
NOTHING = mark("there are no cards")  # of a run that is stopped too early


@dataclass(frozen=True, slots=True)
class CardsQuestion:
    """A text by file or standard name; what is given of all encounters, as after `when`, and on which date."""

    document: str
    given: str = ""
    as_of: date | None = None
    settled: SettledChoices = NOTHING_SETTLED
    text: str | None = None


def cards(
    document: str | os.PathLike[str],
    *,
    given: str = "",
    as_of: date | None = None,
    take: Iterable[str] = (),
    text_of: str | None = None,
    text: str | None = None,
    progress: Callable[[str, int, int], None] | None = None,
    cancel: Cancel | None = None,
    budget: Budget | None = None,
    cache: str | os.PathLike[str] | None = None,
) -> CardDeck:
    """Cards to learn a text by: one for each clause and for each conflict that precedence settles, and drills.

    `given` narrows the encounters: a condition as it stands after `when`. Of a text with brackets `take` and `text_of`
    say which package is meant, as in `cbm.ask`. `progress`, `cancel`, `budget` and `cache` are as for `check`; what is
    not known when a run is stopped is undecided. Misuse where the text cannot be read or understood, several packages
    are left, no encounter meets what is given, or there are no cards by then.
    """
    settled = settled_choices(take, text_of)
    named, day, which = str(one_path("document", document)), day_of("as_of", as_of), words_of("text", text) or None
    question, watch = (
        CardsQuestion(named, words_of("given", given), day, settled, which),
        progress_of("progress", progress),
    )
    with question_run(NOTHING, budget, cancel, cache):
        outcome = dealt(question, watch)
    if isinstance(outcome, Report):
        raise Misuse(say("the text cannot be understood: {fault}", fault=first_fault(outcome)))
    return outcome


def dealt(question: CardsQuestion, watch: Watch | None = None) -> CardDeck | Report:
    """The cards, or what is wrong with the text."""
    asked = SituationQuestion(
        (question.document,), question.given, as_of=question.as_of, settled=question.settled, text=question.text
    )
    read = consultation(asked)
    if isinstance(read, Report):
        return read
    system, _ = read.understood(asked, question.given)
    assert system is not None, "it was understood before"
    _require_one_package(system)
    given = system.cases[-1].given if question.given else TRUE
    assumed, sides = parties_assumed(system, given, None)
    lexicon = Lexicon(read.library.documents)
    words = [word for place in lexicon.built_on(read.subject) for word in lexicon.words(place)]
    spoken = spoken_clauses(read.library.documents[read.subject], words)
    whole = conjunction(given, *sides)
    with sharing():
        stopped: list[RunStopped] = []
        able = map(partial(_unit, system, whole), _roles(system, given))
        units = [unit for unit in until_stopped(able, stopped) if unit is not None]
        if not units and not stopped:
            raise Misuse(read.why_none(asked, system, sides))
        told = deck(system, units, whole, spoken, watch)
    said = " ".join(question.given.split())
    return replace(told, given=said, assumed=assumed, left_open=tuple(left_open(system, of_rules=False)))


def _roles(system: NormSystem, given: Expr) -> tuple[int, ...]:
    """The units to ask about: where they take roles in turn, one is enough, unless something is given of the other."""
    every = given != TRUE and system.situation.interchangeable
    return tuple(range(len(system.situation.roles))) if every else bearers(system)


@broken_off(SHORT)
def _unit(system: NormSystem, whole: Expr, role: int) -> Bearing | None:
    """The unit, if some encounter meets what is given."""
    about, done = given_ground(system, role, whole)
    able = Solver(system.situation.roles, (*about.possible, *about.feasible)).ask()
    return None if isinstance(able, Unsat) else Bearing(about, given_world(about, done))


def _require_one_package(system: NormSystem) -> None:
    """Misuse, with what is to be settled, where something is open in the text: a card is of one wording."""
    negotiation = Negotiation(system)
    left = [n for n, term in enumerate(negotiation.terms) if _options_left(system, term) > 1]
    if not left:
        return
    told = listed([f"`{negotiation.name(n)}`" for n in left[:_CHOICES]]) + (" …" if len(left) > _CHOICES else "")
    name = negotiation.name(left[0])
    choice = shlex.quote(f"{name}=…") if " " in name else f"{name}=…"
    taken = say("with `take` (on the command line: `--take {choice}`)", choice=choice)
    whole = say("with `text_of` for all that a delegation proposes (on the command line: `--text-of WHO`)")
    raise Misuse(
        say_count(
            "1 choice is open in {text} ({choices}): say which package the cards are of, {ways}; `cbm options` tells "
            "them",
            "{count} choices are open in {text} ({choices}): say which package the cards are of, {ways}; `cbm options` "
            "tells them",
            len(left),
            text=system.subject,
            choices=told,
            ways=say(", ").join((taken, whole)),
        )
    )


def _options_left(system: NormSystem, term: OpenTerm) -> int:
    """How many options of a choice the ties leave."""
    solver = Solver(system.situation.roles, [*packages_meant(system)])
    options = term.choice.options if term.choice is not None else ()
    return sum(isinstance(solver.ask(IsIn(term.variable, (option.member,))), Sat) for option in options)
