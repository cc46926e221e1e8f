"""Paths to the files of an export: each question once, numbered in the order in which it was answered, and an index."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from functools import partial
from pathlib import Path

from cbm.arguments import budget_of, day_of, paths_in, progress_of
from cbm.checking.reporting import report
from cbm.checking.subjects import subjects_of
from cbm.export.folder import file_name, require_empty, write_all
from cbm.export.question_words import COPIES, QuestionWords, Reader, describe_question
from cbm.files import Library, read_all
from cbm.finding import ALWAYS, Exit, RuleId, Severity
from cbm.pipeline import check_subject, understand
from cbm.process.budget import Budget, current_budget, told_or_stopped, within
from cbm.project.configuration.configurations import Configurations, isolated
from cbm.records import replace
from cbm.report import Outcome, Report
from cbm.search.parallel import Watch
from cbm.search.world import is_copy
from cbm.smt.journal import Entry, Journal, Verdict, keeping
from cbm.smt.script import Scribe, comment, one_line
from cbm.translation.saying import mark
from cbm.translation.speech import speaking, spoken

INDEX = "index.tsv"
NOTHING = mark("nothing was written")  # of a run that is stopped before its texts are read
_COLUMNS = ("file", "answer", "text", "date", "rule", "clauses", "bearer", "question", "step", "where", "sat", "unsat")

_ANSWERS = {
    Verdict.SAT: "sat",
    Verdict.UNSAT: "unsat",
    Verdict.UNKNOWN: "unknown: cbm gave the question up, and reports it as undecided",
}

# What keeps a text from being understood, so that not everything was asked.
_FAULTS = ALWAYS - {RuleId.UNDECIDED, RuleId.INCONSISTENT_VOCABULARY}


@dataclass(frozen=True, slots=True)
class Exported:
    """How many files there are for each answer, and how many questions they answer: some ask the same.

    `excluded` are paths that were passed over; `stopped` says why the run ended before all was asked.
    """

    files: Counter[Verdict]
    questions: int
    excluded: tuple[str, ...] = ()
    stopped: str = ""

    @property
    def exit(self) -> Exit:
        """Whether every question was asked and answered, whatever the answer."""
        return Exit.UNDECIDED if self.stopped or self.files[Verdict.UNKNOWN] else Exit.FINE


@dataclass(slots=True)
class QuestionFile:
    """One file to be: the first entry that asks it, its answer, and all that was said when it was asked."""

    entry: Entry
    verdict: Verdict
    askings: dict[QuestionWords, None]


def export(
    paths: Iterable[str | os.PathLike[str]],
    folder: Path,
    *,
    as_of: date | None = None,
    budget: Budget | None = None,
    configurations: Configurations | None = None,
    progress: Watch | None = None,
) -> Exported | Report:
    """Writes every question that the check of the paths asks into the folder, which must be new or empty.

    A report of the faults instead, and nothing written, if something in the texts could not be understood. Misuse
    where the paths cannot be read or the folder cannot be written. A run that its budget stops writes what was
    answered by then. What `configurations` exclude is not looked at, and the date is theirs where none is given.
    """
    listed, day, heard = paths_in(paths), day_of("as_of", as_of), progress_of("progress", progress)
    require_empty(folder)
    scribe = Scribe()
    with within(budget_of(budget)), told_or_stopped(NOTHING):
        library = read_all(listed, configurations=configurations)
        day = day or (configurations or isolated()).agreed_date()
        questions = asked_of(library, scribe, day, heard)
        stopped = current_budget().stopped
    if isinstance(questions, Report):
        return questions
    write_all(folder, _files(questions, scribe))
    asked = sum(len(q.askings) for q in questions)
    return Exported(Counter(q.verdict for q in questions), asked, library.excluded, stopped)


def asked_of(
    library: Library, scribe: Scribe, as_of: date | None = None, watch: Watch | None = None
) -> list[QuestionFile] | Report:
    """The questions that the check asks, each once, in the order in which they were first answered."""
    with keeping() as journal, speaking("en"):  # files for solvers are the same, whoever reads what is printed
        outcomes = [check_subject(library, subject, as_of=as_of, watch=watch) for subject in subjects_of(library)]
    faults = faults_told(library, outcomes, as_of)
    if faults is not None:
        return faults
    with speaking("en"):
        return distinct(journal, scribe)


def faults_told(library: Library, outcomes: Sequence[Outcome], as_of: date | None) -> Report | None:
    """The faults alone, if something could not be understood, for readers; the outcomes are in English."""
    known = faults_in(report(library, outcomes, as_of))
    if known is None or spoken() == "en":
        return known
    told = [understand(library, subject, as_of)[1] for subject in subjects_of(library)]
    return faults_in(report(library, told, as_of)) or known


def faults_in(whole: Report) -> Report | None:
    """The report of the faults alone, if something could not be understood."""
    faults = tuple(finding for finding in whole.findings if finding.rule in _FAULTS)
    if any(fault.severity is Severity.ERROR for fault in faults):
        return replace(whole, findings=faults, questions=())
    return None


def distinct(journal: Journal, scribe: Scribe) -> list[QuestionFile]:
    """Questions that assert the same are one, with all that was said of it; an answer counts before none."""
    questions: dict[object, QuestionFile] = {}
    for entry in journal.entries:
        question = questions.setdefault(scribe.assertions(entry), QuestionFile(entry, entry.verdict, {}))
        question.askings[describe_question(entry)] = None
        if question.verdict is Verdict.UNKNOWN:
            question.verdict = entry.verdict
        assert entry.verdict in (question.verdict, Verdict.UNKNOWN), "one question, and two answers"
    return list(questions.values())


def page(question: QuestionFile, scribe: Scribe, reader: Reader) -> str:
    """The file: what is asked in words, the answer, and the script."""
    entry = question.entry
    head = "\n;\n".join("\n".join(map(comment, asked.lines())) for asked in question.askings)
    answered = comment(f"Answer: {_ANSWERS[question.verdict]}")
    if any(map(is_copy, scribe.variables(entry))):
        answered += f"\n;\n{comment(COPIES)}"
    script = scribe.script(entry, question.verdict, partial(reader.stands_for, entry), partial(reader.says, entry))
    return f"{head}\n;\n{answered}\n\n{script}"


def _files(questions: Sequence[QuestionFile], scribe: Scribe) -> Iterator[tuple[str, str]]:
    """Name and content of each file; the index comes last."""
    reader, width = Reader(scribe), max(4, len(str(len(questions))))
    rows = ["\t".join(_COLUMNS)]
    for number, question in enumerate(questions, start=1):
        first = next(iter(question.askings))
        name = file_name(f"{number:0{width}}", first.rule, [norm.label for norm in question.entry.asked.norms])
        rows += (_row(name, question.verdict, asked) for asked in question.askings)
        with speaking("en"):
            content = page(question, scribe, reader)
        yield name, content
    yield INDEX, "\n".join(rows) + "\n"


def _row(name: str, verdict: Verdict, asked: QuestionWords) -> str:
    return "\t".join(map(one_line, (name, verdict, *astuple(asked))))
