"""Two texts or more, as files or as they were in a git reference, to what changed in meaning between them."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from cbm.arguments import day_of, flag_of, one_path, progress_of, several_words, words_by_word, words_of
from cbm.checking.executors import crew_of
from cbm.checking.passes import examine
from cbm.checking.reporting import unreadable
from cbm.checking.subjects import Subject
from cbm.checking.suppression import NO_COMMENTS, without_suppressed
from cbm.comparison.common_stretches import Times, common_stretches
from cbm.comparison.declarations import (
    AXIOM,
    Declaration,
    choice_declarations,
    covered,
    header_declarations,
    other_declarations,
)
from cbm.comparison.differences import Doubt, MeaningChange, differences
from cbm.comparison.same_clauses import labels_anew
from cbm.comparison.two_texts import Incomparable, ReadText, TwoTexts, read_text, two_texts
from cbm.comparison.vocabularies.two_vocabularies import ReadVocabulary, read_vocabulary
from cbm.core.expressions import FALSE, NormId
from cbm.core.norms import NormSystem
from cbm.files import Library, read_all
from cbm.finding import Finding, Misuse, RuleId
from cbm.outcomes.difference import GROUPS, DeclaredChange, Difference, FindingChange, Ledger, TextChange
from cbm.pipeline import understand
from cbm.process.budget import Budget, Cancel, RunStopped
from cbm.process.shown_paths import shown_path, standing_in
from cbm.project.configuration.configurations import Configurations, isolated
from cbm.project.git_history import reference_of, written_out
from cbm.questions.compared_text import (
    LookedAt,
    chosen_text,
    impossible_in_both,
    incomparable_words,
    known_to_one,
    only_known,
    speaks_of,
    understood,
    with_names,
)
from cbm.questions.diffing_vocabularies import vocabulary_difference, worlds_apart
from cbm.questions.findings_again import known, without_counterpart
from cbm.questions.named_texts import first_fault
from cbm.questions.question_run import question_run
from cbm.records import Record, replace
from cbm.report import Report
from cbm.resolve.faults import suggestion
from cbm.resolve.system import vocabulary_scope
from cbm.search.parallel import ALONE, Crew, counted
from cbm.smt.solve import Unknown, sharing
from cbm.syntax import ast
from cbm.translation.saying import mark, say
from cbm.wording.answers.change_words import balances, change_words
from cbm.wording.answers.open_changes import position_changes, tie_changes
from cbm.wording.condition_words import condition_words
from cbm.wording.findings.stays_open.left_open import left_open

if TYPE_CHECKING:
    from concurrent.futures import Executor

NOTHING = mark("nothing was compared")  # of a run that is stopped too early


@dataclass(frozen=True, slots=True)
class DiffRequest:
    """Texts by their files, the oldest first; `against` a git reference stands for the one before the only file.

    `text` is the name of the text meant where a file holds several. `names` are those that things of the older texts
    have in the newest one. Without `findings` the texts are not checked by themselves; those that comments in the texts
    or `configurations` keep out of a report are not told.
    """

    paths: tuple[Path, ...]
    against: str = ""
    text: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    as_of: date | None = None
    fail_on: tuple[str, ...] = ()
    findings: bool = True
    configurations: Configurations = field(default_factory=isolated)


def diff(
    old: str | os.PathLike[str],
    new: str | os.PathLike[str] | None = None,
    *further: str | os.PathLike[str],
    against: str | None = None,
    text: str | None = None,
    names: Mapping[str, str] | None = None,
    as_of: date | None = None,
    fail_on: Iterable[str] = (),
    findings: bool = True,
    executor: Executor | None = None,
    progress: Callable[[str, int, int], None] | None = None,
    cancel: Cancel | None = None,
    budget: Budget | None = None,
    cache: str | os.PathLike[str] | None = None,
) -> Ledger:
    """What changed in meaning from each text to the next one, and in all.

    `against` is a git reference, as in `git:HEAD`: the only file as it was there is the older text. `text` is the name
    of the text meant where a file holds several, `as_of` the date asked about. `names` are those that things of the
    older texts have in the newest one. `fail_on` are kinds of changes, as `cbm diff` takes them: where there is one of
    these the `exit` is 1. `findings`: the texts are checked as well, and what is found no more, or anew, is told.

    `executor`, `progress`, `cancel`, `budget` and `cache` are as for `check`; what is not known when a run is stopped
    is undecided. Misuse where a file cannot be read or understood, the texts have no vocabulary in common, or nothing
    is known by then.
    """
    newer = () if new is None else (one_path("new", new),)
    paths = (one_path("old", old), *newer, *(one_path("further", path) for path in further))
    renamed = words_by_word("names", names)
    asked = DiffRequest(
        paths,
        words_of("against", against),
        words_of("text", text) or None,
        renamed,
        day_of("as_of", as_of),
        several_words("fail_on", fail_on, "['tightened']"),
        findings=flag_of("findings", findings),
    )
    watch = progress_of("progress", progress)
    with question_run(NOTHING, budget, cancel, cache), crew_of(1, executor) as others:
        outcome = answer(asked, Crew(others, watch))
    if isinstance(outcome, Report):
        raise Misuse(say("a text cannot be understood: {fault}", fault=first_fault(outcome)))
    return outcome


def answer(request: DiffRequest, crew: Crew = ALONE) -> Ledger | Report:
    """The differences, or what is wrong with the texts; Misuse where there is nothing to compare."""
    unknown = next((group for group in request.fail_on if group not in GROUPS), None)
    if unknown is not None:
        near = suggestion(unknown, GROUPS) or (say("known are {names}", names=say(", ").join(GROUPS)),)
        raise Misuse(say("there is no kind of change called `{kind}`; {advice}", kind=unknown, advice=near[0]))
    if not request.findings and "new-finding" in request.fail_on:
        words = mark(
            "findings are not looked for, so nothing can fail for a new one: leave `new-finding` out, "
            "or look for them (on the command line: without `--no-findings`)"
        )
        raise Misuse(say(words))
    with TemporaryDirectory() as place, standing_in(folder := Path(place).resolve(), request.against):
        asked = _asked(request, folder)
        _require_known(request.names, [path for path, _ in asked[:-1]])
        read: list[_Side] = []
        for number, (path, of_it) in enumerate(asked):
            side = _opened(path, of_it, request.names if number < len(asked) - 1 else {})
            if isinstance(side, Report):
                return side
            read.append(side)
        alike = _on_one_day(read)
        if isinstance(alike, Report):
            return alike
        read = [_looked_through(side, of_it, crew) for side, (_, of_it) in zip(alike, asked, strict=True)]
        whole = [(read[0], read[-1])] if len(read) > 2 else []
        pairs = [*pairwise(read), *whole]
        places = [request.against] * bool(request.against) + [shown_path(path) for path in request.paths]
        files = [*pairwise(places), *([(places[0], places[-1])] if whole else [])]
        compared = (_difference(one, other) for one, other in counted(pairs, mark("comparing texts"), crew.watch))
        told = [_told_apart(one, where) for one, where in zip(compared, files, strict=True)]
    return Ledger(tuple(told[: len(read) - 1]), told[-1] if len(read) > 2 else None, request.fail_on)


def _asked(request: DiffRequest, folder: Path) -> list[tuple[Path, DiffRequest]]:
    """The files to compare, with what is asked of each; one of a git reference is written out."""
    if not request.against:
        if len(request.paths) < 2:
            raise Misuse(
                say(
                    "a difference needs two texts: name the older one first, or say `against` which state of git it is "
                    "(on the command line: `--against git:REF`)"
                )
            )
        return [(path, request) for path in request.paths]
    if len(request.paths) != 1:
        raise Misuse(say("`against` stands for the older text: name one file beside it"))
    path = request.paths[0]
    as_they_were = written_out([path], reference := reference_of(request.against), folder)
    (older,) = as_they_were.paths
    if older is None:
        raise Misuse(say("{path} is not there in `{reference}`", path=path, reference=reference))
    configurations = request.configurations.as_they_were(as_they_were.here)
    return [(older, replace(request, configurations=configurations)), (path, request)]


# ---- one text


@dataclass(frozen=True, slots=True)
class _Side:
    """A text or a vocabulary as it is compared; `hidden` are findings that are not told.

    `moved_to`: the day it is read on, where it was proposed on another one.
    """

    name: str
    system: NormSystem | None
    read: ReadText | None = None
    findings: tuple[Finding, ...] = ()
    hidden: tuple[Finding, ...] = ()
    vocabulary: ReadVocabulary | None = None
    text: LookedAt | None = None
    moved_to: date | None = None


def _require_known(names: Mapping[str, str], older: Sequence[Path]) -> None:
    """Misuse where nothing in any of the older texts has a name that is to be another one."""
    documents = [one for path in older for one in read_all([path]).documents.values()] if names else []
    for old, new in names.items():
        if not any(speaks_of(document, old) for document in documents):
            words = mark("nothing in the older texts is called `{old}`, so it cannot stand for `{new}`")
            raise Misuse(say(words, old=old, new=new))


def _opened(path: Path, request: DiffRequest, names: Mapping[str, str]) -> _Side | Report:
    """The text as it is understood; what is to be compared of it, and found in it, is not looked for yet."""
    library = read_all([path])
    name = chosen_text(library, path, request.text)
    if name is None:
        return unreadable(library, [])
    library = with_names(library, names)
    if isinstance(library.documents[name].header, ast.VocabularyHeader):
        return _vocabulary(library, name, request)
    known = understood(library, name, request.as_of)
    if isinstance(known, Report):
        return known
    return _Side(name, known, text=LookedAt(known, library, request.as_of))


def _on_one_day(sides: Sequence[_Side]) -> list[_Side] | Report:
    """Drafts proposed on several days are read as of the last of these: what time changes is no change of the text."""
    days = [side.text.system.as_of for side in sides if side.text is not None]
    last = max((day for day in days if day is not None), default=None)
    moved = [side if last is None else _as_of(side, last) for side in sides]
    refused = next((side for side in moved if isinstance(side, Report)), None)
    return refused or [side for side in moved if isinstance(side, _Side)]


def _as_of(side: _Side, day: date) -> _Side | Report:
    if side.text is None or side.text.system.as_of in (None, day):
        return side
    known = understood(side.text.library, side.name, day)
    if isinstance(known, Report):
        return known  # it means something on its own day alone
    return replace(side, system=known, text=replace(side.text, system=known, as_of=day), moved_to=day)


def _looked_through(side: _Side, request: DiffRequest, crew: Crew) -> _Side:
    told, hidden = _found(side.system, request, crew)
    read = read_text(side.text.system) if side.text is not None else None
    return replace(side, read=read, findings=told, hidden=hidden)


def _vocabulary(library: Library, name: str, request: DiffRequest) -> _Side | Report:
    scope, faults = vocabulary_scope(library.documents, name)
    system, outcome = understand(library, Subject(name, vocabulary=True), request.as_of)
    if library.faulty or scope is None or outcome.findings:
        return unreadable(library, [replace(outcome, findings=outcome.findings or faults)])
    known = read_vocabulary(name, scope[0], system, scope[1])
    return _Side(name, system, vocabulary=known)


def _vocabulary_of(text: LookedAt) -> ReadVocabulary:
    """All that the vocabularies of a text say."""
    name = text.system.subject
    scope, _ = vocabulary_scope(text.library.documents, name)
    system, _ = understand(text.library, Subject(name, vocabulary=True), text.as_of)
    assert scope is not None  # the text was understood
    return read_vocabulary(name, scope[0], system, scope[1])


def _found(
    system: NormSystem | None, request: DiffRequest, crew: Crew
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """What is found in a text by itself: what a report tells of it, and what is kept out of that."""
    if system is None or not request.findings:
        return (), ()
    everything = examine(system, crew=crew).findings
    report = without_suppressed(Report(everything), NO_COMMENTS)
    told = request.configurations.applied(report, (), selected=False, ignore=frozenset()).findings
    places = {(finding.rule, finding.message, finding.primary) for finding in told}
    hidden = Report(tuple(f for f in everything if (f.rule, f.message, f.primary) not in places))
    return told, request.configurations.graded(hidden, ()).findings


# ---- two texts


def _told_apart(difference: Difference, files: tuple[str, ...]) -> Difference:
    """With the files of the two texts, where nothing else tells them apart."""
    return replace(difference, files=files) if difference.old == difference.new else difference


def _difference(old: _Side, new: _Side) -> Difference:
    with sharing():  # each pair is a world of its own
        try:
            return _difference_of(old, new)
        except RunStopped as why:
            left = (say("what changed in meaning: {reason}", reason=say(str(why))),)
            return _with_findings(Difference(old.name, new.name, undecided=left), old, new)


def _difference_of(old: _Side, new: _Side) -> Difference:
    if old.read is None or new.read is None:
        if (old.read is None) != (new.read is None):
            words = mark("`{old}` and `{new}` cannot be compared: one of them is a vocabulary")
            raise Misuse(say(words, old=old.name, new=new.name))
        assert old.vocabulary is not None
        assert new.vocabulary is not None
        return _with_findings(vocabulary_difference(old.vocabulary, new.vocabulary), old, new)
    old, new = _looked_at_alike(old, new)
    assert old.system is not None
    assert new.system is not None
    assert old.read is not None
    assert new.read is not None
    try:
        both = two_texts(old.read, new.read)
    except Incomparable as why:
        raise Misuse(incomparable_words(old.system, new.system, why.what)) from None
    told, undecided = _changes(both)
    assert old.text is not None
    assert new.text is not None
    worlds = worlds_apart(_vocabulary_of(old.text), _vocabulary_of(new.text))
    declarations = _declarations(both, old.system, new.system)
    declared = [DeclaredChange(d.what, d.name, d.old, d.new, d.called) for d in declarations]
    more, doubts = _covered(both)
    ties = list(tie_changes(both))
    doubts += [say("ties: {reason}", reason=say(one.reason)) for one in ties if isinstance(one, Unknown)]
    whole = Difference(
        old=old.name,
        new=new.name,
        changes=told,
        declared=(*declared, *(one for one in ties if not isinstance(one, Unknown)), *more, *worlds.declared),
        only_one=tuple(
            only_known(text, what, f"`{name}`")
            for text, what, name in known_to_one(old.system, new.system, (say("the older text"), say("the newer text")))
            if what != AXIOM  # these are compared in meaning
        ),
        parties=balances(told, _labels(new.system, old.system)),
        undecided=(*undecided, *doubts, *worlds.undecided),
        definitions=worlds.definitions,
        not_compared=tuple(impossible_in_both(both)),
        left_open=(*_moved(old, new), *_left_open(old.system, new.system)),
        positions=tuple(position_changes(both)),
    )
    return _with_findings(whole, old, new)


def _with_findings(difference: Difference, old: _Side, new: _Side) -> Difference:
    both = _findings(old, new)
    return replace(
        difference,
        gone=both.gone,
        found=both.found,
        same=both.same,
        undecided=tuple(dict.fromkeys((*difference.undecided, *both.undecided))),
        hidden=len(new.hidden),
    )


def _looked_at_alike(old: _Side, new: _Side) -> tuple[_Side, _Side]:
    """Both texts with what recurs looked at over the same time, as far as there is one."""
    assert old.text is not None
    assert new.text is not None
    common = common_stretches(old.text.system, new.text.system)
    return _at_times(old, common.old, common.unequal), _at_times(new, common.new, common.unequal)


def _at_times(side: _Side, times: Times, unequal: frozenset[NormId]) -> _Side:
    if side.text is None or (not times and not unequal):
        return side
    system = side.text.at_times(times)
    return replace(side, system=system, read=read_text(system, unequal))


def _labels(*systems: NormSystem) -> Iterator[str]:
    """The labels of the clauses in the order of the first text, and those that only a later one has behind them."""
    return (norm.label for system in systems for norm in system.norms if norm.document == system.subject)


def _moved(old: _Side, new: _Side) -> Iterator[str]:
    """On which day both are read, where one of them was proposed on another one."""
    day = old.moved_to or new.moved_to
    if day is not None:
        words = mark(
            "the texts were proposed on different days, and are read as of {day} (on the command line: `--as-of`)"
        )
        yield say(words, day=day)


def _left_open(old: NormSystem, new: NormSystem) -> Iterator[str]:
    """What either text leaves open; of two drafts of one name what only one of them does is told as that."""
    before, after = (dict.fromkeys(left_open(system)) for system in (old, new))
    for note in before | after:
        if old.subject != new.subject:
            yield note
        elif note not in after:
            yield say("before: {note}", note=note)
        elif note not in before:
            yield say("after: {note}", note=note)
        else:
            yield note


def _changes(both: TwoTexts) -> tuple[tuple[TextChange, ...], tuple[str, ...]]:
    groups: dict[tuple[object, ...], list[MeaningChange]] = {}
    undecided: dict[str, None] = {}
    for change in differences(both):
        if isinstance(change, Doubt):
            clauses = say(", ").join(dict.fromkeys(both.clause(n).label for n in change.clauses))
            words = say(
                "{part}, with its advice ({clauses}): {reason}" if change.of_advice else "{part} ({clauses}): {reason}",
                part=say(change.part.value),
                clauses=clauses or say("all clauses"),
                reason=say(change.reason),
            )
            undecided[words] = None
        else:
            labels = tuple(dict.fromkeys(both.clause(n).label for n in change.clauses))
            key = change.kind, labels, change.about.bearer, change.clashing, change.beside_advice, change.step
            groups.setdefault(key, []).append(change)
    known = len(both.inquiry.undecided)
    told = tuple(change_words(both, group) for group in groups.values())
    for left in both.inquiry.undecided[known:]:
        labels = tuple(dict.fromkeys(both.clause(norm).label for norm in left.norms))
        words = say(
            "{part} ({clauses}): {reason}", part=left.asked(), clauses=say(", ").join(labels), reason=left.why()
        )
        undecided[words] = None
    return told, tuple(undecided)


def _declarations(both: TwoTexts, old: NormSystem, new: NormSystem) -> Iterator[Declaration]:
    yield from header_declarations(old.texts[old.subject], new.texts[new.subject])
    yield from other_declarations(both)
    yield from choice_declarations(both)


def _covered(both: TwoTexts) -> tuple[list[DeclaredChange], list[str]]:
    found: list[DeclaredChange] = []
    doubts: list[str] = []
    for one in covered(both):
        if isinstance(one, Unknown):
            doubts.append(say("promises and reserves: {reason}", reason=say(one.reason)))
        else:
            what, matter, *sides = one
            once, now = ("" if where == FALSE else condition_words(both.system, (where,)) for where in sides)
            found.append(DeclaredChange(what, matter, once, now))
    return found, doubts


class _FindingsOfBoth(Record):
    """Findings of one text alone, how many are in both, and what is not known of them."""

    gone: tuple[FindingChange, ...]
    found: tuple[FindingChange, ...]
    same: int
    undecided: tuple[str, ...]


def _findings(old: _Side, new: _Side) -> _FindingsOfBoth:
    """What is not told of a text is in it all the same. What is undecided of a text may be found in it."""
    both = None if old.read is None or new.read is None else (old.read.severed, new.read.severed)
    sides = (old, {} if both is None else labels_anew(*both)), (new, dict[str, str]())
    before, after = (known(_decided(side.findings), side.name, labels) for side, labels in sides)
    was, now = (known(_decided((*side.findings, *side.hidden)), side.name, labels) for side, labels in sides)
    gone, found = without_counterpart(before, now), without_counterpart(after, was)
    asked, asking = (known(_undecided(side.findings), side.name, labels) for side, labels in sides)
    more = without_counterpart(asking, asked)
    left = []
    if more or (asking and gone):
        left.append(say("which findings are gone: not everything could be asked of the newer text"))
    if asked and found:
        left.append(say("which findings are new: not everything could be asked of the older text"))
    told = () if asking else gone
    alike = set(map(_told, told)).intersection(map(_told, found))
    return _FindingsOfBoth(_as_changes(told, alike), _as_changes(found, alike), len(after) - len(found), tuple(left))


def _decided(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.rule is not RuleId.UNDECIDED]


def _undecided(findings: Iterable[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.rule is RuleId.UNDECIDED]


def _as_changes(findings: Iterable[Finding], alike: Collection[FindingChange]) -> tuple[FindingChange, ...]:
    """As they are told; with when they are so, where one that is gone and one that is found are told alike."""

    def whenever(finding: Finding) -> str:
        return say("{message} (whenever: {conditions})", message=finding.message, conditions=finding.whenever)

    told = ((finding, _told(finding)) for finding in findings)
    return tuple(
        replace(change, message=whenever(finding)) if change in alike and finding.whenever else change
        for finding, change in told
    )


def _told(finding: Finding) -> FindingChange:
    return FindingChange(finding.rule.value, finding.severity.value, finding.message)
