"""A suite of cases to how each of their expectations came out: asked as a check asks them, and of nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from cbm.arguments import FailLevel, budget_of, cancel_of, flag_of, folder_of, progress_of, require, several, words_of
from cbm.checking.executors import crew_of, of_each
from cbm.checking.own_copies import own_copies
from cbm.checking.passes import examine_inquiry, open_in_time
from cbm.checking.reporting import in_order, report, report_of_one
from cbm.checking.selection import RunTerms, Selection
from cbm.checking.subjects import Subject, faults_below, leans_on_faulty, own_faults, subjects_of
from cbm.core.norms import Case
from cbm.core.packages.settled_choices import NOTHING_SETTLED, SettledChoices, settled_choices
from cbm.files import Library, read_library
from cbm.finding import Finding, Misuse, RuleId
from cbm.given_situations.exercised import ExercisedBy, exercise
from cbm.outcomes.suite_report import ExpectationResult, SuiteReport
from cbm.pipeline import not_understood, require_open, understand_but_for_cases
from cbm.process.budget import Budget, Cancel, RunStopped, told_or_stopped, within
from cbm.project.configuration.configurations import Configurations
from cbm.project.idle_patterns import idle_patterns
from cbm.questions.announced_cases import Announced, announced
from cbm.questions.keyword_filter import choice_of
from cbm.questions.question_run import kept_for
from cbm.questions.suite_results import Tested, because_of, exercised_clauses, is_idle, not_asked, results
from cbm.records import replace
from cbm.report import Outcome, Report
from cbm.resolve.left_open.open_choices import with_settled
from cbm.search.parallel import Crew, Watch
from cbm.smt.journal import asking
from cbm.smt.solve import sharing
from cbm.source import Span
from cbm.translation.saying import mark, say
from cbm.wording.choice_words import shortened
from cbm.wording.findings.idle.case_findings import idle_cases
from cbm.wording.findings.stays_open.unheard_texts import of_no_force

if TYPE_CHECKING:
    from concurrent.futures import Executor

_ASKED = Selection(frozenset((RuleId.EXPECTATION, RuleId.IMPOSSIBLE, RuleId.NEVER_REACHED)))
_TOLD = Selection(_ASKED.rules | {RuleId.VACUITY})
NOTHING = mark("nothing was tested")  # of a run that is stopped before its texts are read
_NO_TEST = mark(
    "there is nothing to test: no `expect` in what was read; it stands in a `case` after `cases`, beside the text"
)


def test(
    paths: Iterable[str | os.PathLike[str]],
    *,
    keywords: str = "",
    as_of: date | None = None,
    fail_level: FailLevel | None = None,
    clauses: bool = False,
    fail_under: int | None = None,
    configurations: Configurations | None = None,
    jobs: int | None = 1,
    executor: Executor | None = None,
    progress: Callable[[str, int, int], None] | None = None,
    cancel: Cancel | None = None,
    budget: Budget | None = None,
    cache: str | os.PathLike[str] | None = None,
    take: Iterable[str] = (),
    text_of: str | None = None,
    any_package: bool = False,
    among: Collection[tuple[str, int, str]] | None = None,
) -> SuiteReport:
    """How the expectations of all cases in the paths come out, of those whose names the keywords choose.

    An expectation fails exactly where `run` finds at its place, from the `fail_level` on, that it does not hold. Rules
    that configurations ignore are asked all the same: what is not asked would pass. `clauses`: which clauses the cases
    exercise is told as well; `fail_under` is the least per cent of them, and asks for that. `take` and `text_of` say
    which packages of texts with brackets are meant, as in `cbm.options`. `any_package`: one about a
    text under negotiation fails where it does not hold on some packages, too, and not only where it holds on none.
    `among`: only those with these keys (`Announced.key`). `executor`, `progress`, `cancel`, `budget` and `cache` are as
    for `check`.

    Misuse where there is nothing to test, a path is no file, or an argument is not what it has to be.
    """
    terms = RunTerms.of(as_of, (), (), fail_level, configurations)
    crew = crew_of(jobs, executor)
    watch = progress_of("progress", progress)
    flag_of("clauses", clauses)
    flag_of("any_package", any_package)
    settled = settled_choices(take, text_of)
    _require_percentage(fail_under)
    keys = None if among is None else _keys(among)
    wanted = choice_of(words_of("keywords", keywords))
    folder = folder_of("cache", cache)
    with within(budget_of(budget), cancel_of(cancel)), kept_for(folder), crew as others:
        with told_or_stopped(NOTHING):
            library = read_library(paths, configurations)
        known = [one for one in announced(library) if keys is None or one.key in keys]
        selected = [one for one in known if wanted(one.name)]
        measured = clauses or fail_under is not None
        _require_tests(library, known, selected, keywords)
        require_open(library, subjects_of(library), settled)
        about = {one.text for one in selected}
        subjects = [s for s in subjects_of(library) if not s.vocabulary and (measured or s.name in about)]
        work = partial(_tested, library, selected, terms.day, settled, measured)
        tested = of_each(work, subjects, others, watch)
        graded = (terms.graded(report_of_one(one.outcome, _TOLD, terms.fail_level), ()) for one in tested)
        told = [replace(one, any_package=any_package) for one in graded]
        read = terms.graded(report(library, [], terms.day, _TOLD, terms.fail_level), library.excluded)
    by_text = {s.name: (one, of_it) for s, one, of_it in zip(subjects, tested, told, strict=True)}
    suite = _suite(library, selected, by_text, read)
    idle = idle_patterns(terms.configurations, ("include",), library.files.values())
    return replace(
        suite,
        notes=(*suite.notes, *own_copies(library), *(say("{pattern} is for no text", pattern=one) for one in idle)),
        clauses=tuple(c for one in tested for c in exercised_clauses(one)) if measured else None,
        fail_under=fail_under,
        deselected=len(known) - len(selected),
    )


def _keys(given: object) -> frozenset[object]:
    """The keys in a list."""
    are_keys = say("has keys of expectations")
    require(not isinstance(given, str | bytes), "among", are_keys, given)
    keys = several("among", given, "[expectation.key]")
    for key in keys:
        require(isinstance(key, tuple), "among", are_keys, key)
    return frozenset(keys)


def _suite(
    library: Library, selected: Sequence[Announced], by_text: Mapping[str, tuple[Tested, Report]], read: Report
) -> SuiteReport:
    """How each came out; `read` is told of the files, and the others of the texts that were asked about."""
    found: list[ExpectationResult] = []
    asked: dict[str, list[Announced]] = {}
    for one in selected:
        tested, told = by_text.get(one.text, (None, read))
        if one.place.source in library.faulty:  # a part of what is given may be missing
            faults = tuple(f for f in library.findings if f.primary.span.source == one.place.source)
            found.append(not_asked(one, because_of(faults, say("this file cannot be read in full"))))
        elif tested is None or tested.system is None:
            found.append(not_asked(one, _not_understood(library, one, tested), told.stopped))
        elif one.place in tested.unasked:
            found.append(not_asked(one, _means_nothing(one, tested)))
        else:
            asked.setdefault(one.text, []).append(one)
    for text, of_text in asked.items():
        found.extend(results(*by_text[text], of_text))
    places = {one.place for one in selected}
    reports = [read, *(told for _, told in by_text.values())]
    elsewhere = [(told, f) for told in reports for f in told.findings if f.primary.span not in places]
    return SuiteReport(
        results=tuple(sorted(found, key=lambda r: (r.place.source.name, r.place.start, r.text))),
        errors=tuple(in_order(f for told, f in elsewhere if told.fails(f) and not is_idle(f))),
        open_questions=tuple(in_order(f for _, f in elsewhere if f.rule is RuleId.UNDECIDED)),
        unread=read.unread,
        stopped=next((told.stopped for told in reports if told.stopped), ""),
        notes=tuple(dict.fromkeys(one.note for one, _ in by_text.values() if one.note)),
    )


def _not_understood(library: Library, asked: Announced, tested: Tested | None) -> tuple[str, ...]:
    """What is wrong with the text that an expectation is about, and with this expectation; with no other one."""
    subject = Subject(asked.text, vocabulary=False)
    faults = () if tested is None else own_faults(library, (*tested.elsewhere, *faults_below(library, subject)))
    of_text = because_of(faults or library.findings, say("{text} cannot be understood", text=asked.text))
    return of_text if tested is None else (*of_text, *_means_nothing(asked, tested))


def _means_nothing(asked: Announced, tested: Tested) -> tuple[str, ...]:
    return because_of(tested.unasked.get(asked.place, ()), say("what is given or expected here cannot be understood"))


def _require_percentage(fail_under: int | None) -> None:
    percentage = fail_under is None or (type(fail_under) is int and 0 <= fail_under <= 100)
    require(percentage, "fail_under", say("is a whole number from 0 to 100"), fail_under)


def _require_tests(library: Library, known: Sequence[Announced], selected: Sequence[Announced], keywords: str) -> None:
    """Misuse where there is nothing to test, and nothing that may have kept it from being read."""
    if known and not selected:
        words = mark("none of {count:,} expectations has `{keywords}` in its file, its titles or its line")
        raise Misuse(say(words, count=len(known), keywords=shortened(keywords)))
    if not known and not library.findings and not library.unread:
        raise Misuse(say(_NO_TEST))


def _tested(
    library: Library,
    selected: Sequence[Announced],
    day: date | None,
    settled: SettledChoices,
    measured: bool,
    subject: Subject,
    *,
    executor: Executor | None = None,
    watch: Watch | None = None,
) -> Tested:
    """Asks what is expected of one text; nothing of one that cannot be understood in full."""
    try:
        system, read, spared = understand_but_for_cases(library, subject, day)
    except RunStopped as why:
        return Tested(Outcome((not_understood(library, subject, str(why)),)), None)
    unasked = spared.faults if spared else {}
    if system is None or leans_on_faulty(library, subject):
        return Tested(read, None, unasked=unasked, elsewhere=spared.elsewhere if spared else ())
    if settled != NOTHING_SETTLED and library.documents[subject.name].choices:
        system = with_settled(system, settled)
    places = {one.place for one in selected if one.text == subject.name}
    system = replace(system, cases=tuple(_chosen(system.cases, places)))
    if not system.cases:
        return Tested(read, system, unasked=unasked)
    with asking(system=system), sharing():
        inquiry = open_in_time(system, _ASKED, Crew(executor, watch))
        if isinstance(inquiry, Outcome):
            return Tested(replace(inquiry, findings=(*read.findings, *inquiry.findings)), None)
        idle: list[Finding] = []
        exercised: list[ExercisedBy] = []
        with suppress(RunStopped):  # what it leaves out is not known, and so undecided in the end
            idle.extend(idle_cases(inquiry))
        found = examine_inquiry(inquiry, _ASKED, showing=False)
        with suppress(RunStopped):
            exercised.extend(exercise(inquiry) if measured else ())
    told = replace(found, findings=(*read.findings, *found.findings, *idle))
    note = of_no_force(system) if any(case.as_of is None for case in system.cases) else ""
    return Tested(told, system, tuple(exercised), unasked, note=note)


def _chosen(cases: Iterable[Case], places: Collection[Span]) -> Iterator[Case]:
    """The cases with what is expected at these places."""
    for case in cases:
        expected = tuple(one for one in case.expected if one.span in places)
        if expected or (not case.expected and case.span in places):
            yield replace(case, expected=expected)
