"""A clause that somebody names, to an encounter in which it binds and the nearest ones in which it does not."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from cbm.arguments import day_of, flag_of, one_path, words_of
from cbm.core.expressions import TRUE, NormId, conjunction
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Norm, NormSystem
from cbm.core.packages.settled_choices import NOTHING_SETTLED, SettledChoices, settled_choices
from cbm.finding import Misuse
from cbm.given_situations.given_world import given_ground, given_world
from cbm.outcomes.answers import Illustration
from cbm.process.budget import Budget, Cancel
from cbm.questions.consulting.answering import NOTHING, SituationQuestion, consultation
from cbm.questions.consulting.assumed_parties import parties_assumed
from cbm.questions.named_texts import first_fault
from cbm.questions.question_run import question_run
from cbm.records import replace
from cbm.report import Report
from cbm.resolve.faults import suggestion
from cbm.search.open_questions import Undecided
from cbm.smt.solve import sharing
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say
from cbm.wording.answers.illustration_words import illustrate


@dataclass(frozen=True, slots=True)
class ClauseQuestion:
    """A clause, as texts refer to it (`3.2`, `17(b) of colregs`), of a text by file or standard name.

    Without a text the clause names its own. `near`: the nearest encounters in which it does not bind are asked for.
    """

    clause: str
    document: str = ""
    given: str = ""
    as_of: date | None = None
    settled: SettledChoices = NOTHING_SETTLED
    text: str | None = None
    near: bool = False


def example(
    document: str | os.PathLike[str],
    clause: str,
    *,
    given: str = "",
    as_of: date | None = None,
    text: str | None = None,
    take: Iterable[str] = (),
    text_of: str | None = None,
    near_miss: bool = True,
    cancel: Cancel | None = None,
    budget: Budget | None = None,
    cache: str | os.PathLike[str] | None = None,
) -> Illustration:
    """An encounter in which the clause binds and, with `near_miss`, the nearest ones in which it does not.

    `clause` is a label as in a reference (`3.2`); `given` narrows the encounters, a condition as it stands after
    `when`. `text` is the name of the text meant where a file holds several; `as_of` is the date asked about. `take`
    and `text_of` say which packages of a text with brackets are meant, as in `cbm.options`.

    `cancel`, `budget` and `cache` are as for `check`. Misuse where the text cannot be read or understood, has no such
    clause, or nothing is known when a run is stopped.
    """
    named, which = str(one_path("document", document)), words_of("text", text) or None
    label, day = words_of("clause", clause), day_of("as_of", as_of)
    settled = settled_choices(take, text_of)
    near = flag_of("near_miss", near_miss)
    question = ClauseQuestion(label, named, words_of("given", given), day, settled, which, near)
    with question_run(NOTHING, budget, cancel, cache):
        outcome = illustration(question)
    if isinstance(outcome, Report):
        raise Misuse(say("the text cannot be understood: {fault}", fault=first_fault(outcome)))
    return outcome


def illustration(question: ClauseQuestion) -> Illustration | Report:
    """The illustration, or what is wrong with the texts."""
    label, sign, named = (part.strip() for part in question.clause.partition(" of "))
    document = question.document or named
    if not document:
        words = mark("say of which text `{clause}` is a clause, as in `17(b) of colregs`, or name its file")
        raise Misuse(say(words, clause=question.clause))
    asked = SituationQuestion(
        (document,), question.given, as_of=question.as_of, settled=question.settled, text=question.text
    )
    read = consultation(asked)
    if isinstance(read, Report):
        return read
    system, _ = read.understood(asked, question.given)
    assert system is not None, "it was understood before"
    norms = _norms_at(system, label, named if sign else read.subject)
    wordings = _standing(system, [system.norms[one] for one in norms])
    given = system.cases[-1].given if question.given else TRUE
    assumed, sides = parties_assumed(system, given, None)
    with sharing():
        about, done = given_ground(system, wordings[0].bearer, conjunction(given, *sides))
        world = given_world(about, done)
        those = [about.norm(one.id) for one in wordings if one.rotates or one.bearer == about.bearer]
        duties = () if isinstance(world, Undecided) else world.duties()
    with sharing():  # which encounter is shown depends on no question before
        told = illustrate(about, those, duties, question.near)
    return replace(told, given=" ".join(question.given.split()), assumed=assumed)


def _standing(system: NormSystem, norms: Sequence[Norm]) -> Sequence[Norm]:
    """Those of these wordings of a clause that some package has of those that are meant; all, where none has any."""
    negotiation = Negotiation(system)
    return [norm for norm in norms if negotiation.has(norm)] or norms


def _norms_at(system: NormSystem, label: str, text: str) -> tuple[NormId, ...]:
    """The norms of the clause; Misuse where there is none, or it binds nobody by itself."""
    if text not in system.texts:
        near = suggestion(text, system.texts) or (say("read are {names}", names=say(", ").join(system.texts)),)
        raise Misuse(say("no text called `{text}` is read here; {advice}", text=text, advice=near[0]))
    found = tuple(n for n in system.norms if n.document == text and n.label == label)
    if not found:
        several = [one for one, part in system.texts[text].sentences.items() if part.clause == label]
        if several:
            which = listed([f"`{one}`" for one in several], "or")
            raise Misuse(say("clause {clause} has several sentences: write {which}", clause=label, which=which))
        known = [n.label for n in system.norms if n.document == text]
        all_ = say("clauses that bind are {clauses}", clauses=say(", ").join(dict.fromkeys(known)))
        near = suggestion(label, known) or (all_,)
        words = mark("{text} has no clause `{clause}` that asks for something; {advice}")
        raise Misuse(say(words, text=text, clause=label, advice=near[0]))
    return found
