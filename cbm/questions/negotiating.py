"""What somebody asks of a text under negotiation, to where it stands: read, checked, and told for its packages."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cbm.arguments import day_of, one_path, progress_of, words_of
from cbm.checking.executors import crew_of
from cbm.checking.passes import examine, examine_inquiry, open_in_time
from cbm.checking.reporting import unreadable
from cbm.checking.selection import EVERY_RULE
from cbm.checking.subjects import Subject
from cbm.core.norms import NormSystem
from cbm.core.packages.package_boxes import TooManyBoxes
from cbm.core.packages.settled_choices import NOTHING_SETTLED, SettledChoices, settled_choices
from cbm.files import Inclusions, inclusions_from, read_all
from cbm.finding import Misuse
from cbm.negotiation.outlook import Outlook
from cbm.negotiation.private_view import PrivateView
from cbm.negotiation.taking_stock import negotiation_of, outlook_of, state_of_play
from cbm.outcomes.state_of_play import StateOfPlay, WrittenPackage
from cbm.pipeline import understand
from cbm.process.budget import Budget, Cancel
from cbm.questions.named_texts import first_fault, path_of
from cbm.questions.private_file import private_view, read_private
from cbm.questions.question_run import question_run
from cbm.records import replace
from cbm.report import Outcome, Report
from cbm.resolve.labels import clause_label, clauses_taken, full_label
from cbm.resolve.left_open.open_choices import NoMeaning, with_settled
from cbm.search.parallel import ALONE, Crew, Watch
from cbm.smt.journal import asking
from cbm.smt.solve import sharing
from cbm.source import Span
from cbm.syntax import ast
from cbm.syntax.taking import with_taken
from cbm.translation.saying import mark, say
from cbm.wording.findings.clashes.clash_examples import clash_shown_on

if TYPE_CHECKING:
    from concurrent.futures import Executor

NOTHING = mark("nothing is known")  # of a run that is stopped too early


@dataclass(frozen=True, slots=True)
class OpenText:
    """A text by its file, the date asked about, what is settled, and the delegation that asks, if one does."""

    path: Path
    text: str | None = None
    as_of: date | None = None
    settled: SettledChoices = NOTHING_SETTLED
    delegation: str | None = None
    private: Path | None = None  # a file of this delegation


def take_stock(asked: OpenText, crew: Crew = ALONE) -> StateOfPlay | Report:
    """Where the negotiation stands, or what is wrong with the texts; Misuse where nothing is open."""
    library = read_all([asked.path])
    if library.faulty and not _texts(library.documents, library.asked):  # what is asked about could not be read
        return unreadable(library, [])
    name = _subject(library.documents, library.asked, asked)
    subject = Subject(name, vocabulary=False)
    system, outcome = understand(library, subject, asked.as_of)
    if system is None or library.faulty:
        return unreadable(library, [outcome])
    try:
        system = with_settled(system, asked.settled)
    except NoMeaning as why:
        return unreadable(library, [replace(outcome, findings=why.findings)])
    negotiation_of(system)
    own = None if asked.private is None else _private(asked, system, name, crew.watch)
    document = library.documents[name]
    with asking(system=system), sharing():
        inquiry = open_in_time(system, EVERY_RULE, crew)
        outcome = inquiry if isinstance(inquiry, Outcome) else examine_inquiry(inquiry, showing=False)
        outlook = outlook_of(system, outcome)
        asked_of = None if isinstance(inquiry, Outcome) else inquiry
        shown_on = None if asked_of is None else partial(clash_shown_on, asked_of)
        found = state_of_play(document, outlook, outcome, asked_of, shown_on, own)
    if found.clean or found.workable:
        built_on = inclusions_from(library, document.span.source, asked.path, None)
        found = replace(found, written=_written(document, outlook, asked, built_on, None))
    if asked.delegation is not None and asked.delegation not in {known.name for known in found.delegations}:
        known = say(", ").join(one.name for one in found.delegations) or say("nobody proposes anything")
        words = mark("`{delegation}` proposes nothing in this text; who does: {known}")
        raise Misuse(say(words, delegation=asked.delegation, known=known))
    return found


def _private(asked: OpenText, system: NormSystem, name: str, watch: Watch | None) -> PrivateView:
    """What the file of a delegation comes to."""
    if asked.private is None or asked.delegation is None:
        raise Misuse(say("say whose file it is (on the command line: `--private FILE --delegation WHO`)"))
    subject = Subject(name, vocabulary=False)
    return private_view(read_private(asked.private), asked.delegation, system, subject, asked.path, watch)


def options(
    path: str | os.PathLike[str],
    *,
    text: str | None = None,
    take: Iterable[str] = (),
    text_of: str | None = None,
    as_of: date | None = None,
    delegation: str | None = None,
    private: str | os.PathLike[str] | None = None,
    executor: Executor | None = None,
    progress: Callable[[str, int, int], None] | None = None,
    cancel: Cancel | None = None,
    budget: Budget | None = None,
    cache: str | os.PathLike[str] | None = None,
) -> StateOfPlay:
    """Where the negotiation of a text with square brackets stands.

    `path` is a file or the name of a standard text. `take` settles choices, as in `3.2=JP`, `text_of` those on which a
    delegation has an option; `text` is the name of the text meant where a file holds several. `private` is a file of
    the delegation, whose cases and wishes are counted and never told. `executor`, `progress`, `cancel`, `budget` and
    `cache` are as for `check`; what is not known when a run is stopped is undecided. Misuse where it cannot be read or
    understood, or has nothing open, or nothing is known by then.
    """
    settled = settled_choices(take, text_of)
    named = words_of("text", text) or None
    file = None if private is None else one_path("private", private)
    who = words_of("delegation", delegation) or None
    asked = OpenText(path_of(os.fspath(one_path("path", path))), named, day_of("as_of", as_of), settled, who, file)
    watch = progress_of("progress", progress)
    with question_run(NOTHING, budget, cancel, cache), crew_of(1, executor) as others:
        found = take_stock(asked, Crew(others, watch))
    if isinstance(found, Report):
        raise Misuse(say("the text cannot be understood: {fault}", fault=first_fault(found)))
    return found


def package(asked: OpenText, watch: Watch | None = None, to: Path | None = None) -> WrittenPackage:
    """The first clean package with what is settled, as it is written to a file, if that is known.

    Misuse where there is none, or too much hangs together, or what it builds on cannot be reached from there.
    """
    library = read_all([asked.path])
    if library.faulty:
        raise Misuse(say("{path} has mistakes: see `cbm check`", path=asked.path))
    name = _subject(library.documents, library.asked, asked)
    system, _ = understand(library, Subject(name, vocabulary=False), asked.as_of)
    if system is None:
        raise Misuse(say("{path} cannot be understood: see `cbm check`", path=asked.path))
    document = library.documents[name]
    built_on = inclusions_from(library, document.span.source, asked.path, to)
    system = with_settled(system, asked.settled)
    negotiation_of(system)
    outcome = examine(system, EVERY_RULE, Crew(None, watch), showing=False)
    outlook = outlook_of(system, outcome)
    try:
        is_open = outlook.has_open
    except TooManyBoxes:
        raise Misuse(
            say(
                "too many choices hang together to find a clean package: "
                "fix some of them (on the command line: `--take`)"
            )
        ) from None
    if not is_open:
        raise Misuse(say("no package is clean, so there is none to write: `cbm options` says why"))
    return _written(document, outlook, asked, built_on, to)


def _written(
    document: ast.Document, outlook: Outlook, asked: OpenText, built_on: Inclusions, to: Path | None
) -> WrittenPackage:
    """The text of the first clean package, or of the first workable one; there must be one."""
    choices, taken = outlook.negotiation.choices, outlook.first_clean()
    own = [n for n, term in enumerate(outlook.negotiation.terms) if term.document == outlook.negotiation.system.subject]
    numbers = {at: choices[n].options[taken[n]].number for at, n in enumerate(own)}
    undecided = tuple(finding.message for finding in outlook.open_questions)
    text = with_taken(document.span.source.text, document, numbers, built_on.places)
    stays = str(asked.path) if to is None and built_on.found else ""
    return WrittenPackage(
        text,
        len(outlook.everywhere),
        undecided,
        tuple(outlook.lacking_in(taken)),
        stays,
        not outlook.has_clean,
        tuple(dict.fromkeys(_quoted_as_before(document, numbers))),
    )


def _quoted_as_before(document: ast.Document, taken: Mapping[int, int]) -> Iterator[str]:
    """The clauses of a package beside which words are quoted that a bracket of the clause leaves as they are."""
    for article, clause, options in clauses_taken(document):
        sentence = clause.sentence if isinstance(clause, ast.NormClause) else None
        whole = clause.span if sentence is None else sentence.span
        texts = () if any(taken[choice] != option for choice, option in options) else clause.texts
        settled = [
            choice.places
            for choice in document.choices
            if len(choice.options) + choice.optional > 1 and any(_is_in(place.span, whole) for place in choice.places)
        ]
        if any(not any(_is_in(text.span, place.span) for place in places) for text in texts for places in settled):
            yield full_label(article, clause_label(clause))


def _is_in(inner: Span, outer: Span) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def _subject(documents: Mapping[str, ast.Document], asked: Sequence[str], wanted: OpenText) -> str:
    """The text that is meant: the one named, or the only one that has something open."""
    texts = _texts(documents, asked)
    if wanted.text is not None:
        if wanted.text not in texts:
            held = say("it holds {names}", names=say(", ").join(texts)) if texts else say("it holds none")
            words = mark("{named} holds no text called `{chosen}`; {advice}")
            raise Misuse(say(words, named=wanted.path, chosen=wanted.text, advice=held))
        return wanted.text
    open_texts = [name for name in texts if documents[name].choices] or texts
    if len(open_texts) != 1:
        if not open_texts:
            raise Misuse(say("{path} holds no text", path=wanted.path))
        words = mark("{path} holds several texts ({names}): choose one (on the command line: `--text`)")
        raise Misuse(say(words, path=wanted.path, names=say(", ").join(open_texts)))
    return open_texts[0]


def _texts(documents: Mapping[str, ast.Document], asked: Sequence[str]) -> list[str]:
    return [name for name in asked if isinstance(documents[name].header, ast.TextHeader)]
