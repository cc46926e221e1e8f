"""Paths to the certificate of a check: a question for each verdict that is one, and an index of all verdicts.

The folder stands by itself. `index.tsv` gives for each verdict what carries it (`class`: its file, the files of other
rows, a definition, what texts say, or the search of cbm alone), the file, the answer that it comes to, and the SHA-256
of the file; `index.tsv.sha256` is that of the index, as `sha256sum --check` reads it.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from cbm.arguments import budget_of, day_of, paths_in, progress_of
from cbm.certify.claims import script
from cbm.certify.rows import CarriedBy, Told, VerdictRow
from cbm.certify.verdict_kinds.worlds import no_world
from cbm.certify.verdicts import stopped_verdicts, verdicts
from cbm.checking.passes import examine_inquiry, open_in_time
from cbm.checking.selection import EVERY_RULE
from cbm.checking.subjects import leans_on_faulty, subjects_of
from cbm.core.norms import NormSystem
from cbm.export.folder import file_name, require_empty, write_all
from cbm.export.questions import NOTHING, faults_told
from cbm.files import Library, read_all
from cbm.finding import Exit
from cbm.pipeline import not_understood, understand
from cbm.process.budget import Budget, RunStopped, broken_off, current_budget, told_or_stopped, within
from cbm.project.configuration.configurations import Configurations, isolated
from cbm.report import Ending, Outcome, Report
from cbm.search.parallel import Crew, Watch
from cbm.smt.journal import Verdict, asking
from cbm.smt.script import comment, one_line
from cbm.smt.solve import sharing
from cbm.translation.saying import in_english, mark
from cbm.translation.speech import speaking

INDEX, DIGEST = "index.tsv", "index.tsv.sha256"
COLUMNS = (
    *("file", "expected", "sha256", "rests on", "class", "verdict", "rule", "clauses", "bearer", "matter"),
    *("question", "text", "date", "why"),
)
NO_FILE = "-"  # in place of a file that there is none of
# What a verdict rests on that is so by definition, or that compares what texts say and is no question for a solver.
DEFINITION, TEXT = "definition", "text"

_MEANS = {
    Verdict.SAT: "sat: there is such a situation",
    Verdict.UNSAT: "unsat: there is no such situation",
    Verdict.UNKNOWN: "unknown",
}
_WRITING = mark("files")  # what is done after all is asked


@dataclass(frozen=True, slots=True)
class Certified:
    """How many verdicts there are by how they ended and by what carries them, and which paths were passed over."""

    verdicts: Counter[Ending]
    classes: Counter[CarriedBy]
    excluded: tuple[str, ...] = ()

    @property
    def exit(self) -> Exit:
        """Whether every verdict is known, whatever it is."""
        return Exit.UNDECIDED if self.verdicts[Ending.UNDECIDED] else Exit.FINE

    @property
    def files(self) -> int:
        return self.classes[CarriedBy.FILE]

    @property
    def uncertified(self) -> int:
        """Verdicts that the search of cbm alone stands behind."""
        return self.classes[CarriedBy.SEARCH]


@dataclass(frozen=True, slots=True)
class CertifiedText:
    """A text that was checked, with the rows of its verdicts."""

    system: NormSystem
    outcome: Outcome
    rows: tuple[VerdictRow, ...]


def certify(
    paths: Iterable[str | os.PathLike[str]],
    folder: Path,
    *,
    as_of: date | None = None,
    budget: Budget | None = None,
    configurations: Configurations | None = None,
    progress: Watch | None = None,
) -> Certified | Report:
    """Checks the paths and writes the certificate into the folder, which must be new or empty.

    A report of the faults instead, and nothing written, if something in the texts could not be understood. Misuse
    where the paths cannot be read or the folder cannot be written. What a stopped run did not ask is undecided, and of
    a text in which it was stopped there are no files. What `configurations` exclude is not looked at, and the date is
    theirs where none is given; whatever they ignore has its verdicts.
    """
    listed, day, heard = paths_in(paths), day_of("as_of", as_of), progress_of("progress", progress)
    require_empty(folder)
    with within(budget_of(budget)), told_or_stopped(NOTHING):
        library = read_all(listed, configurations=configurations)
        day = day or (configurations or isolated()).agreed_date()
        texts = certified(library, day, heard)
    if isinstance(texts, Report):
        return texts
    write_all(folder, _pages(texts, heard))
    rows = [row for text in texts for row in text.rows]
    return Certified(Counter(row.ending for row in rows), Counter(row.carried_by for row in rows), library.excluded)


def certified(library: Library, as_of: date | None = None, watch: Watch | None = None) -> list[CertifiedText] | Report:
    """Each text that was asked for with its verdicts, or what could not be understood."""
    texts: list[CertifiedText] = []
    outcomes: list[Outcome] = []
    with speaking("en"):  # a certificate is the same, whoever reads what is printed beside it
        for subject in subjects_of(library):
            try:
                system, outcome = understand(library, subject, as_of)
            except RunStopped as why:
                system, outcome = None, Outcome((not_understood(library, subject, str(why)),))
            outcomes.append(outcome)
            if system is not None and not leans_on_faulty(library, subject):
                texts.append(certified_text(system, watch))
    faults = faults_told(library, outcomes, as_of)
    return texts if faults is None else faults


def certified_text(system: NormSystem, watch: Watch | None = None) -> CertifiedText:
    """The verdicts of the check of one text."""
    with asking(system=system), sharing():
        inquiry = open_in_time(system, EVERY_RULE, Crew(None, watch))
        if not isinstance(inquiry, Outcome):
            outcome = examine_inquiry(inquiry)
            with suppress(RunStopped), broken_off():
                if not current_budget().stopped:
                    return CertifiedText(system, outcome, tuple(verdicts(inquiry, outcome)))
        elif not current_budget().stopped:  # its axioms leave no encounter: nothing was asked of its clauses
            return CertifiedText(system, inquiry, tuple(no_world(system, inquiry)))
        else:
            outcome = inquiry
        return CertifiedText(system, outcome, tuple(stopped_verdicts(outcome, in_english(current_budget().stopped))))


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def _pages(texts: Sequence[CertifiedText], watch: Watch | None = None) -> Iterator[tuple[str, str]]:
    """Name and content of each file; the index and its digest come last."""
    lines = ["\t".join(COLUMNS)]
    width = max(4, len(str(sum(len(text.rows) for text in texts))))
    number, written, of = 0, 0, sum(row.asked is not None for text in texts for row in text.rows)
    for text in texts:
        files: dict[int, str] = {}
        carrying: dict[Told, list[str]] = {}
        for place, row in enumerate(text.rows):
            if row.asked is not None:
                number += 1
                files[place] = file_name(f"{number:0{width}}", row.rule, [norm.label for norm in row.clauses])
                carrying.setdefault(row.itself, []).append(files[place])
        for place, row in enumerate(text.rows):
            name = expected = stamp = NO_FILE
            if place in files:
                name, page = files[place], _page(text, row)
                expected, stamp = row.expected, digest(page.encode("utf-8"))
                yield name, page
                written += 1
                if watch is not None:
                    watch(_WRITING, written, of)
            lines.append(_line(text, row, name, expected, stamp, _resting(row, carrying)))
    index = "\n".join(lines) + "\n"
    yield INDEX, index
    yield DIGEST, f"{digest(index.encode('utf-8'))}  {INDEX}\n"


def _resting(row: VerdictRow, carrying: Mapping[Told, Sequence[str]]) -> str:
    """What the verdict is known by without a file of its own."""
    if row.rests_on:
        return " ".join(name for told in row.rests_on for name in carrying[told])
    return DEFINITION if row.plain else TEXT if row.of_words else ""


def _page(text: CertifiedText, row: VerdictRow) -> str:
    assert row.asked is not None
    told = (
        ("Text", f"{text.system.subject}, as of {day}" if (day := _day(text)) else text.system.subject),
        ("Rule", row.rule),
        ("Clauses", _clauses(row)),
        ("Bearer", row.bearer),
        ("Matter", row.matter),
        ("Asked", row.question),
        ("Verdict", row.ending),
        ("Answer", _MEANS[row.expected]),
    )
    head = "\n".join(comment(f"{title}: {words}") for title, words in told if words)
    return f"{head}\n\n{script(row.asked, row.expected)}"


def _line(text: CertifiedText, row: VerdictRow, name: str, expected: str, stamp: str, rests: str) -> str:
    cells = (
        name, expected, stamp, rests, row.carried_by, row.ending, row.rule, _clauses(row), row.bearer, row.matter,
        row.question, text.system.subject, _day(text), row.why,
    )  # fmt: skip
    return "\t".join(map(one_line, cells))


def _clauses(row: VerdictRow) -> str:
    return ", ".join(norm.exact for norm in row.clauses)


def _day(text: CertifiedText) -> str:
    return text.system.as_of.isoformat() if text.system.as_of else ""
