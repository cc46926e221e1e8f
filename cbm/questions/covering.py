"""What somebody asks to see on a map, to the map: texts are read, names are looked up, and then it is drawn."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from cbm.arguments import (
    day_of,
    flag_of,
    one_path,
    paths_in,
    progress_of,
    several_words,
    words_of,
)
from cbm.checking.executors import crew_of
from cbm.checking.passes import open_inquiry
from cbm.checking.reporting import unreadable
from cbm.checking.subjects import Subject
from cbm.core.matters import Matter
from cbm.core.norms import NormSystem
from cbm.core.packages.settled_choices import NOTHING_SETTLED, SettledChoices, settled_choices
from cbm.coverage_maps.maps import Progress, Wanted, draw
from cbm.coverage_maps.yardstick import declared_topics, matter_of
from cbm.files import read_all
from cbm.finding import Finding, Misuse
from cbm.ground.members import existing, members
from cbm.outcomes.coverage_map import CoverageMap
from cbm.pipeline import understand
from cbm.process.budget import Budget, Cancel
from cbm.questions.named_texts import path_of, subject_in, texts_of
from cbm.questions.question_run import question_run
from cbm.records import replace
from cbm.report import Outcome, Report
from cbm.resolve.faults import suggestion
from cbm.resolve.left_open.open_choices import with_settled
from cbm.search.parallel import Crew
from cbm.source import Source
from cbm.syntax import ast
from cbm.translation.saying import mark, say

if TYPE_CHECKING:
    from concurrent.futures import Executor

_BY = "by"
NOTHING = mark("nothing was drawn")  # of a run that is stopped too early


@dataclass(frozen=True, slots=True)
class Request:
    """A text by its file, or by its name in the standard library; what it is read with; and what is asked of it.

    `by` are axes as they are written after `types by`; empty: those of the vocabulary. `matters` are names of topics
    and acts; none: those that are promised. `examples`: each cell is to show one. `text` is the name of the
    text meant where a file holds several, and `settled` what is taken of one with brackets.
    """

    draft: str
    beside: tuple[str, ...] = ()
    by: str = ""
    matters: tuple[str, ...] = ()
    party: str | None = None
    as_of: date | None = None
    examples: bool = False
    text: str | None = None
    settled: SettledChoices = NOTHING_SETTLED


def coverage(
    draft: str | os.PathLike[str],
    *,
    beside: Iterable[str | os.PathLike[str]] = (),
    by: str = "",
    topics: Iterable[str] = (),
    party: str | None = None,
    as_of: date | None = None,
    examples: bool = False,
    text: str | None = None,
    take: Iterable[str] = (),
    text_of: str | None = None,
    executor: Executor | None = None,
    progress: Callable[[str, int, int], None] | None = None,
    cancel: Cancel | None = None,
    budget: Budget | None = None,
    cache: str | os.PathLike[str] | None = None,
) -> CoverageMap | Report:
    """Which types of encounter a draft governs, topic by topic, and which it forgets; or what is wrong with the texts.

    `draft` is a file or the name of a standard text, `beside` are others that it is read with. `by` are axes as they
    are written after `types by`; empty: those of the vocabulary. `topics` are names of topics and acts; none: those
    that are promised. `party`: only what binds its units. `examples`: each cell shows an encounter. `text` is the name
    of the text meant where a file holds several. Of one with brackets `take` and `text_of` say which packages are
    meant, as in `cbm.ask`. `executor`, `progress`, `cancel`, `budget` and `cache` are as for `check`; what is not known
    when a run is stopped is undecided.

    Misuse where a file or a name cannot be found, an argument is not what it has to be, or nothing is known by then.
    """
    request = Request(
        draft=str(one_path("draft", draft)),
        beside=tuple(map(str, paths_in(beside, "beside"))),
        by=words_of("by", by),
        matters=several_words("topics", topics, "['communication']"),
        party=words_of("party", party) or None,
        as_of=day_of("as_of", as_of),
        examples=flag_of("examples", examples),
        text=words_of("text", text) or None,
        settled=settled_choices(take, text_of),
    )
    heard = progress_of("progress", progress)
    with question_run(NOTHING, budget, cancel, cache), crew_of(1, executor) as others:
        return answer(request, heard, executor=others)


def answer(
    request: Request,
    progress: Progress | None = None,
    unsaved: Mapping[Path, str] | None = None,
    executor: Executor | None = None,
) -> CoverageMap | Report:
    """The map, or what is wrong with the texts; Misuse where a file or a name cannot be found.

    `unsaved` texts stand for those in their files.
    """
    path = path_of(request.draft)
    alone = read_all([path], unsaved)
    subject = subject_in(alone, request.draft, request.text, mark("to map"), mark("a map is of one"))
    if subject is None:
        return unreadable(alone, [])
    library = read_all([path, *map(path_of, request.beside)], unsaved)
    also = [name for named in request.beside for name in texts_of(library, named)]
    text = Subject(subject, vocabulary=False)
    system, outcome = understand(library, text, request.as_of, also=also, by=_axes(request.by))
    _refuse(finding for finding in outcome.findings if finding.primary.span.source.name == _BY)
    if system is None or library.faulty:
        return unreadable(library, [outcome])
    system = with_settled(system, request.settled)
    inquiry = open_inquiry(system, Crew(executor, progress))
    if isinstance(inquiry, Outcome):
        return unreadable(library, [replace(inquiry, findings=(*outcome.findings, *inquiry.findings))])
    matters = tuple(_matter(system, name) for name in request.matters)
    return draw(inquiry, Wanted(matters, _party(system, request.party), request.examples), progress)


def _axes(by: str) -> Sequence[ast.Path | ast.AtThresholds]:
    from cbm.syntax.parse import parse  # brings lark, which a usage error need not wait for

    if not by:
        return ()
    file, mistakes = parse(Source(_BY, f"vocabulary asked\ntypes by {' '.join(by.split())}\n"))
    _refuse(mistakes)
    said = (statement for document in file.documents for statement in document.statements)
    return [axis for s in said if isinstance(s, ast.TypesDeclaration) for axis in s.axes]


def _refuse(findings: Iterable[Finding]) -> None:
    """What is wrong with the axes asked for is no fault of the texts."""
    for finding in findings:
        raise Misuse(f"{_BY}: {say('; ').join((finding.message, *finding.remedies))}")


def _matter(system: NormSystem, name: str) -> Matter:
    found = matter_of(system, name)
    if found is None:
        topics = dict.fromkeys([*system.words.topics, *declared_topics(system)])
        known = say("topics are {names}", names=say(", ").join(topics))
        near = suggestion(name, [*topics, *system.acts]) or (known,)
        raise Misuse(say("no topic and no act is called `{name}`; {advice}", name=name, advice=near[0]))
    return found


def _party(system: NormSystem, name: str | None) -> str | None:
    if name is None:
        return None
    text = system.texts[system.subject]
    known = list(existing(system) if text.parties is None else members(text, system))
    if name not in known:
        near = suggestion(name, known) or (say("parties are {names}", names=say(", ").join(known)),)
        words = mark("`{name}` is no party to {text}; {advice}")
        raise Misuse(say(words, name=name, text=system.subject, advice=near[0]))
    return name
