"""From paths to a report: read, understand, examine, report. What examines is imported once there is work for it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cbm.arguments import (
    FailLevel,
    budget_of,
    cancel_of,
    day_of,
    days_of,
    flag_of,
    folder_of,
    progress_of,
    require,
    severity_of,
    text_of,
    words_of,
)
from cbm.checking.executors import are_own_processes, crew_of, of_each
from cbm.checking.reporting import in_order, names_once, report, report_of_one
from cbm.checking.selection import EVERY_RULE, RunTerms, Selection
from cbm.checking.several_dates import over_dates
from cbm.checking.subjects import (
    Spared,
    Subject,
    leans_on_faulty,
    own_faults,
    subjects_of,
    title_in,
    without_faulty_cases,
    without_unread_cases,
)
from cbm.core.norms import DocumentKind, NormSystem
from cbm.core.packages.settled_choices import NOTHING_SETTLED, SettledChoices, settled_choices
from cbm.files import Library, read_all, read_given, read_library
from cbm.finding import Finding, Label, Misuse, RuleId, Severity
from cbm.process.budget import SHORT, Budget, Cancel, RunStopped, broken_off, told_or_stopped, within
from cbm.project.configuration.configurations import Configurations
from cbm.records import replace
from cbm.report import Outcome, Report
from cbm.syntax import ast
from cbm.translation.saying import mark, say

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from cbm.cache.days_alike import DaysAlike
    from cbm.cache.meanings_kept import TextsRead
    from cbm.cache.outcomes_kept import Examine
    from cbm.cache.title_places import Tell
    from cbm.search.parallel import Watch

NOTHING = mark("nothing was checked")  # of a run that is stopped before its texts are read

# Of so few clauses hardly anything is asked twice.
FEW = 5


def run(
    paths: Iterable[str | os.PathLike[str]],
    *,
    as_of: date | Sequence[date] | None = None,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    fail_level: FailLevel | None = None,
    configurations: Configurations | None = None,
    unsaved: Mapping[Path, str] | None = None,
    jobs: int | None = 1,
    executor: Executor | None = None,
    progress: Callable[[str, int, int], None] | None = None,
    cancel: Cancel | None = None,
    budget: Budget | None = None,
    take: Iterable[str] = (),
    text_of: str | None = None,
    as_status: str | None = None,
    any_package: bool = False,
    cache: str | os.PathLike[str] | None = None,
) -> Report:
    """Checks everything in the paths, with so many processes where that pays; None: as many as there are processors.

    What cannot be read is told in the report, and hides nothing of the rest. Misuse where a path is no file, or a
    rule that is selected or ignored does not exist, or one that is ignored is always told, or an argument is not
    what it has to be. `take` and `text_of` say which packages of texts with brackets are meant, as in `cbm.options`;
    with `any_package` what is wrong with some of them makes the run fail, and not only what is so on all. `as_status`
    asks about each draft as if it had become that. Configuration files count where `configurations` say so, as far as
    nothing else is said here; otherwise a run fails from errors on. `unsaved` texts stand for those in their files;
    such a file need not be there. What is found is kept in the folder `cache`, and told from there as long as all that
    it rests on is the same; None: nothing is kept. `executor` (in place of `jobs`), `progress`, `cancel` and `budget`
    are as for `check`.

    With several dates in `as_of` each finding is told once, and says on which of them it is so; what else is told is of
    the last one.
    """
    days = days_of("as_of", as_of)
    terms = RunTerms.of(days[0], select, ignore, fail_level, configurations)
    crew = crew_of(jobs, executor)
    watch, folder = progress_of("progress", progress), folder_of("cache", cache)
    settled, any_package = settled_choices(take, text_of), flag_of("any_package", any_package)
    with within(budget_of(budget), cancel_of(cancel)):
        with read_before(folder), told_or_stopped(NOTHING):
            library = read_library(paths, configurations, unsaved)
        days = days if len(days) > 1 else (terms.day,)  # once it is known which configurations count
        selection, subjects = terms.selection, subjects_of(library)
        require_open(library, subjects, settled)
        status = _status_of(as_status)
        work = partial(_on_days, library, days, selection=selection, settled=settled, as_status=status, cache=folder)
        with crew as others:
            found = of_each(work, subjects, others, watch)
        return replace(_report_on(library, terms, days, found), any_package=any_package)


def require_open(library: Library, subjects: Iterable[Subject], settled: SettledChoices) -> None:
    """Misuse where something is settled and nothing is open."""
    if settled != NOTHING_SETTLED and not any(library.documents[s.name].choices for s in subjects):
        raise Misuse(say("nothing is open in these texts, so nothing can be taken"))


def _status_of(named: str | None) -> ast.Status | None:
    known = tuple(status.value for status in ast.Status)
    is_one = say("is one of {names}", names=", ".join(known))
    require(named is None or named in known, "as_status", is_one, named)
    return None if named is None else ast.Status(named)


def _report_on(
    library: Library, terms: RunTerms, days: Sequence[date | None], found: Sequence[Sequence[Outcome]]
) -> Report:
    """The report of what was found in each subject on each day; of several days as one."""

    def on(number: int, day: date | None) -> Report:
        outcomes = [of_one[number] for of_one in found]
        return terms.told(
            report(library, outcomes, day, terms.selection, terms.fail_level), library.excluded, library.files.values()
        )

    if len(days) == 1:
        return on(0, days[0])
    return over_dates({day: on(number, day) for number, day in enumerate(days) if day is not None})


def load(
    paths: Iterable[str | os.PathLike[str]], *, as_of: date | None = None
) -> tuple[tuple[NormSystem, ...], tuple[Finding, ...]]:
    """The norm system of each text in the paths that can be understood, and what is wrong with the others.

    Misuse where something cannot be read. `as_of` is the date asked about; None: the date a draft was proposed.
    """
    day = day_of("as_of", as_of)
    return _systems(read_all(paths), day)


def load_text(
    text: str, *, name: str = "text.cbm", as_of: date | None = None
) -> tuple[tuple[NormSystem, ...], tuple[Finding, ...]]:
    """The same of a text that stands in no file: it may hold several documents, and builds on the standard library.

    No file is read but those that come with cbm. `name` is what reports call it, a relative path as a rule; one that
    ends in `.md` is read as Markdown with texts in fenced blocks. Misuse where there is nothing in it.
    """
    day = day_of("as_of", as_of)
    return _systems(read_given(text_of("text", text), words_of("name", name) or "text.cbm"), day)


def _systems(library: Library, day: date | None) -> tuple[tuple[NormSystem, ...], tuple[Finding, ...]]:
    findings = list(library.findings)
    systems: list[NormSystem] = []
    for subject in subjects_of(library):
        system, outcome = understand(library, subject, day)
        findings.extend(outcome.findings)
        if system is None or subject.vocabulary or leans_on_faulty(library, subject):
            continue  # such a vocabulary is one that no text here uses
        system, left = without_unread_cases(library, system)
        findings.extend(left)
        systems.append(replace(system, documents=library.documents))
    return tuple(systems), tuple(names_once(in_order(findings)))


def check(
    system: NormSystem,
    *,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    as_of: date | None = None,
    fail_level: FailLevel = Severity.ERROR,
    any_package: bool = False,
    executor: Executor | None = None,
    cache: str | os.PathLike[str] | None = None,
    progress: Callable[[str, int, int], None] | None = None,
    cancel: Cancel | None = None,
    budget: Budget | None = None,
) -> Report:
    """Every question about one system, answered; the report is for its subject alone.

    `select` and `ignore` name rules (`RULES`); none selected: all are asked. `as_of` is the date asked about; None:
    the one that the system was loaded for. The report's `exit` is 1 from findings of the `fail_level` on; with
    `any_package` also from what is so on some packages of a text with brackets only.

    An `executor` of `concurrent.futures` is sent the work in shares, if there is enough of it; the report is the same
    with any and without. What is found is kept in the folder `cache`, and told from there as long as all that it rests
    on is the same; None: nothing is kept. `progress` is called with what is being asked, how many parts of it are done,
    and of how many.

    When `cancel` is set, from any thread, or the `budget` (seconds for all, steps of the solver for each question) is
    used up, the report tells what was found by then; `stopped` says why, and what was not asked is undecided.

    Misuse where an argument is not what it has to be, a rule that is selected or ignored does not exist, or one that
    is ignored is always told. What is wrong with the text is a finding and never an exception.
    """
    require(isinstance(system, NormSystem), "check", say("takes one norm system, of those that `load` gives"), system)
    crew = crew_of(1, executor)
    selection, level = Selection.of(select, ignore), severity_of("fail_level", fail_level)
    heard, folder = progress_of("progress", progress), folder_of("cache", cache)
    any_package = flag_of("any_package", any_package)
    dated, faults = _on(system, day_of("as_of", as_of))
    with within(budget_of(budget), cancel_of(cancel)), crew as others:
        if dated is None:
            return replace(report_of_one(Outcome(faults), selection, level), any_package=any_package)
        examine = partial(_examined, selection=selection, executor=others, watch=heard)
        outcome = examine(dated) if folder is None else _remembered(folder, dated, selection, examine)
        return replace(report_of_one(outcome, selection, level, system.documents), any_package=any_package)


def _on(system: NormSystem, day: date | None) -> tuple[NormSystem | None, tuple[Finding, ...]]:
    """The system as its texts are to be read on a date, without them, or what is wrong with them then."""
    if day is None or day == system.week:
        return replace(system, documents={}), ()
    require(bool(system.documents), "as_of", say("is for a system as `load` gives it, which knows its texts"), day)
    from cbm.resolve.system import resolve

    return resolve(system.documents, system.subject, day)


def _on_days(
    library: Library,
    days: Sequence[date | None],
    subject: Subject,
    *,
    selection: Selection,
    settled: SettledChoices,
    as_status: ast.Status | None,
    cache: Path | None,
    executor: Executor | None = None,
    watch: Watch | None = None,
) -> list[Outcome]:
    """What is found in one subject on each day; what is the same on several is asked once."""
    check_on = partial(
        check_subject,
        library,
        subject,
        selection=selection,
        executor=executor,
        watch=watch,
        settled=settled,
        as_status=as_status,
        cache=cache,
    )
    if len(days) == 1:
        return [check_on(as_of=days[0])]
    from cbm.cache.days_alike import DaysAlike  # not needed where one day is asked about

    alike = DaysAlike()
    with nullcontext() if cache else _told_on_all_days(executor):
        return [check_on(as_of=day, alike=alike) for day in days]


def check_subject(
    library: Library,
    subject: Subject,
    *,
    as_of: date | None = None,
    selection: Selection = EVERY_RULE,
    executor: Executor | None = None,
    watch: Watch | None = None,
    settled: SettledChoices = NOTHING_SETTLED,
    as_status: ast.Status | None = None,
    cache: Path | None = None,
    alike: DaysAlike | None = None,
    showing: bool = True,
    tell: Tell | None = None,
) -> Outcome:
    """Understands and examines one subject; nothing is asked of texts that could not be understood in full.

    `showing` and `tell` are those of `passes.examine`; one folder `cache` is for one kind of `showing`, and so are the
    days `alike` of one run.
    """
    plain = cache is not None and settled == NOTHING_SETTLED and as_status is None and not library.faulty
    texts = _texts_read(cache, library, subject, as_of, selection) if cache is not None and plain else None
    if cache is not None and texts is not None and (told := _told_of_texts(cache, texts)) is not None:
        return told
    try:
        with broken_off():
            read = partial(_read, library, subject)
            system, outcome = read(as_of) if alike is None else alike.read(as_of, read)
    except RunStopped as why:
        return Outcome((not_understood(library, subject, str(why)),), title=title_in(library, subject))
    if system is None or leans_on_faulty(library, subject):
        return outcome
    if settled != NOTHING_SETTLED and library.documents[subject.name].choices:
        system, faults = _settle(system, settled)
        if system is None:
            return replace(outcome, findings=(*outcome.findings, *faults))
    if as_status is not None:
        system = _as_if(system, as_status)
    system, left = without_unread_cases(library, system)
    asked = partial(_examined, selection=selection, executor=executor, watch=watch, showing=showing)
    examine = asked if alike is None else partial(_on_a_day, alike, asked)
    if outcome.findings or left:
        texts = None  # what is wrong with a text is found each time
    if cache is None:
        examined = examine(system, tell=tell)
    else:
        examined = _remembered(cache, system, selection, examine, tell, texts)
    return replace(examined, findings=(*outcome.findings, *left, *examined.findings))


@broken_off(SHORT)
def understand(
    library: Library,
    subject: Subject,
    as_of: date | None,
    *,
    also: Sequence[str] = (),
    by: Sequence[ast.Path | ast.AtThresholds] = (),
) -> tuple[NormSystem | None, Outcome]:
    """What a subject means, and what is wrong with it; no system where it cannot be understood.

    `also` are texts that it is read with though it does not name them; `by` are axes in place of its vocabulary's.
    """
    from cbm.resolve.system import resolve, resolve_vocabulary  # a check that is known resolves nothing

    resolver = resolve_vocabulary if subject.vocabulary else partial(resolve, as_of=as_of, also=also, by=by)
    system, findings = resolver(library.documents, subject.name)
    title = title_in(library, subject)
    if system is not None:
        return system, Outcome(findings, clauses=system.texts[subject.name].clauses, as_of=system.as_of, title=title)
    faults = own_faults(library, findings) if leans_on_faulty(library, subject) else findings
    return None, Outcome(faults, title=title)


def understand_but_for_cases(
    library: Library, subject: Subject, as_of: date | None
) -> tuple[NormSystem | None, Outcome, Spared | None]:
    """The same; what means nothing in cases about it, where that is all that is wrong, is told and left out of them.

    With it, what is wrong with these cases, and what is wrong elsewhere.
    """
    system, outcome = understand(library, subject, as_of)
    if system is not None:
        return system, outcome, None
    spared = without_faulty_cases(library, subject.name, outcome.findings)
    if spared.elsewhere or not spared.faults:
        return None, outcome, spared
    system, again = understand(spared.library, subject, as_of)
    told = replace(again, findings=(*outcome.findings, *again.findings))
    return system, told, replace(spared, elsewhere=() if system is not None else again.findings)


def _read(library: Library, subject: Subject, as_of: date | None) -> tuple[NormSystem | None, Outcome]:
    system, outcome, _ = understand_but_for_cases(library, subject, as_of)
    return system, outcome


def not_understood(library: Library, subject: Subject, why: str) -> Finding:
    """That a run was stopped before it was known what a subject means; it stands for all that was not asked of it."""
    span = library.documents[subject.name].header.span
    message, note = say("undecided: nothing was asked of this text"), say(why)
    return Finding(RuleId.UNDECIDED, Severity.WARNING, message, Label(span), notes=(note,), matter=(subject.name,))


def _told_again() -> AbstractContextManager[None]:
    """What is asked is told again, by other rules and on other dates, as far as it rests on the same."""
    from cbm.search.kept_answers import answers_remembered  # all that questions are asked with

    return answers_remembered()


def _told_on_all_days(executor: Executor | None) -> AbstractContextManager[None]:
    """The same in all processes of this machine that do a share of it."""
    if not are_own_processes(executor):
        return _told_again()
    from cbm.cache.answer_file import answers_kept_for_now  # not needed where one process does it all

    return answers_kept_for_now()


def _settle(system: NormSystem, settled: SettledChoices) -> tuple[NormSystem | None, tuple[Finding, ...]]:
    """The system with what is settled, or why it means nothing then."""
    from cbm.resolve.left_open.open_choices import NoMeaning, with_settled

    try:
        return with_settled(system, settled), ()
    except NoMeaning as why:
        return None, why.findings


def _as_if(system: NormSystem, status: ast.Status) -> NormSystem:
    """The system with its draft, or a text that says what it has become, asked about as if it were that."""
    text = system.texts[system.subject]
    if text.kind is not DocumentKind.DRAFT and not text.statuses:
        return system
    return replace(system, texts={**system.texts, text.name: replace(text, assumed=status)})


def _examined(
    system: NormSystem,
    selection: Selection,
    executor: Executor | None,
    watch: Watch | None = None,
    *,
    showing: bool = True,
    tell: Tell | None = None,
) -> Outcome:
    from cbm.checking.passes import examine  # all that questions are asked with: not needed where none can be asked
    from cbm.search.parallel import Crew

    with _told_again() if len(system.norms) > FEW else nullcontext():
        return examine(system, selection, Crew(executor, watch), showing=showing, tell=tell)


def read_before(folder: Path | None) -> AbstractContextManager[None]:
    """What is parsed within is looked up in the folder; None: it is read."""
    if folder is None:
        return nullcontext()
    from cbm.cache.statement_file import statements_kept_in  # not needed by programs that keep nothing

    return statements_kept_in(folder)


def _on_a_day(alike: DaysAlike, examine: Examine, system: NormSystem, *, tell: Tell | None = None) -> Outcome:
    return alike.told(system, partial(examine, tell=tell))


def _texts_read(
    folder: Path, library: Library, subject: Subject, as_of: date | None, selection: Selection
) -> TextsRead | None:
    from cbm.cache.outcomes_kept import texts_read  # not needed by programs that keep nothing

    return texts_read(folder, library.documents, subject.name, as_of, selection)


def _told_of_texts(folder: Path, texts: TextsRead) -> Outcome | None:
    from cbm.cache.outcomes_kept import told_of_texts

    return told_of_texts(folder, texts)


def _remembered(
    folder: Path,
    system: NormSystem,
    selection: Selection,
    examine: Examine,
    tell: Tell | None = None,
    texts: TextsRead | None = None,
) -> Outcome:
    from cbm.cache.outcomes_kept import remembered  # not needed by programs that keep nothing

    return remembered(folder, system, selection, examine, tell, texts)
