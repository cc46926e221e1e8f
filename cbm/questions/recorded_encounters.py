"""A record of tracks under texts: files are read, pairs are found and judged, and what came of it is told."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import combinations, groupby, pairwise
from pathlib import Path

from cbm.checking.reporting import unreadable
from cbm.checking.subjects import Subject
from cbm.core.expressions import Expr
from cbm.core.norms import NormSystem
from cbm.files import Library, read_all
from cbm.finding import Misuse
from cbm.judging.judged_pair import judge_pair
from cbm.judging.standing_facts import StandingFacts, standing_facts
from cbm.judging.track_basis import TrackBasis
from cbm.outcomes.judgement import DutyVerdict, JudgedEncounter, Judgement, Overlap, RecordAnswer, RecordNote
from cbm.pipeline import understand
from cbm.process.garbage import without_collection
from cbm.questions.named_texts import path_of, subject_in, texts_of
from cbm.records import replace
from cbm.report import Outcome, Report
from cbm.resolve.faults import suggestion
from cbm.search.parallel import Crew, shares_of
from cbm.source import Source
from cbm.syntax import ast
from cbm.tracks.ais_tracks import read_ais
from cbm.tracks.cells import factor
from cbm.tracks.continuity import UsableTrack, overlapping, usable
from cbm.tracks.event_table import read_events
from cbm.tracks.gpx_tracks import read_gpx
from cbm.tracks.mapping_file import NEAR, EncounterMapping, read_mapping
from cbm.tracks.near_pairs import near_pairs
from cbm.tracks.recording import FlawKind, RecordFlaw, Track, UnreadableRecord
from cbm.tracks.track_table import read_table
from cbm.tracks.track_words import TrackWords, track_words
from cbm.translation.saying import mark, say
from cbm.wording.answers.recorded_words import PairWords, pair_words, unit_words

_READERS: dict[str, Callable[[Path], tuple[Track, ...]]] = {
    ".csv": read_table,
    ".gpx": read_gpx,
    ".nmea": read_ais,
    ".ais": read_ais,
}
# With more units than this only those are looked at together that come near each other.
_FEW_UNITS = 12
_SHARE = 8  # pairs
NOTHING = mark("nothing is known")  # of a run that is stopped too early
_CONDITIONS = "what tracks tell"
_NOT_OWED = (DutyVerdict.FREE, DutyVerdict.YIELDS)
_NO_WORD, _NO_UNIT = mark("there is no act or attribute `{name}`"), mark("there is no unit `{name}`")


@dataclass(frozen=True, slots=True)
class RecordQuestion:
    """A record by its files, and the texts it is judged by, the first one the subject."""

    tracks: tuple[Path, ...]
    documents: tuple[str, ...]
    mapping: Path | None = None
    events: Path | None = None
    as_of: date | None = None
    text: str | None = None


def judgement(question: RecordQuestion, crew: Crew) -> Judgement | Report:
    """What is told of the record, or what is wrong with the texts; UnreadableRecord, with all rows of no use."""
    mapping = EncounterMapping() if question.mapping is None else read_mapping(question.mapping)
    tracks = _read_tracks(question.tracks)
    events = () if question.events is None else read_events(question.events)
    used, flaws = zip(*(usable(track, mapping) for track in tracks), strict=True)
    first = min(int(track.times[0]) for track in used)
    as_of = question.as_of or datetime.fromtimestamp(first / 1000, UTC).date()
    read = texts_understood(question, as_of)
    if isinstance(read, Report):
        return read
    system, words, conditions = read
    basis = TrackBasis(system, words, conditions, mapping, events)
    _require_known_words(basis, question)
    notes = [flaw for some in flaws for flaw in some]
    notes += _unused(basis, question, [track.unit for track in used])
    notes += _out_of_time(basis, question, used)
    notes += _never_together(question, used)
    base = PairBase(basis, used)
    pairs = list(_pairs(used, mapping, crew))
    shares = shares_of(pairs, _SHARE)
    told = [one for share in crew.each(say("judging pairs of units"), judge_share, base, shares) for one in share]
    found = [one for one in told if isinstance(one, PairWords)]
    apart = dict.fromkeys(one for one in told if isinstance(one, str))
    text = system.texts[system.subject]
    return Judgement(
        text=system.subject,
        title=text.title,
        beside=tuple(name for name in system.texts if name != system.subject),
        as_of=as_of.isoformat(),
        record=mapping.title or ", ".join(path.name for path in question.tracks),
        source=mapping.source,
        reconstruction=mapping.reconstruction,
        units=tuple((track.unit, unit_words(basis, track.unit)) for track in used),
        thresholds=tuple((name, _range_words(name, *ends)) for name, ends in mapping.thresholds.items()),
        encounters=tuple(one.encounter for one in found),
        overlaps=tuple(overlaps([one.encounter for one in found])),
        impossible=tuple(sample for one in found for sample in one.impossible),
        notes=tuple(RecordNote(flaw.place, flaw.kind.value, flaw.words) for flaw in notes),
        apart=tuple(apart),
    )


# ---- pairs


@dataclass(frozen=True, slots=True)
class PairBase:
    """What all shares of the pairs start from; `known` is what was concluded of units of the same kinds before."""

    basis: TrackBasis
    tracks: tuple[UsableTrack, ...]
    known: dict[object, StandingFacts] = field(default_factory=dict, compare=False)

    def standing(self, units: tuple[str, str]) -> StandingFacts:
        """What is so of the two whatever their tracks show."""
        kinds = tuple(tuple(sorted(self.basis.mapping.unit(unit).values.items())) for unit in units)
        if kinds not in self.known:
            self.known[kinds] = standing_facts(self.basis, units)
        return self.known[kinds]


# Two units by their places, and from when to when they are looked at.
Pair = tuple[int, int, int, int]


def judge_share(base: PairBase, share: Sequence[Pair]) -> list[PairWords | str]:
    """What is told of each pair of a share; of one that is no encounter, why."""
    with without_collection():
        return [told for pair in share if (told := _judge(base, *pair)) is not None]


def _judge(base: PairBase, one: int, other: int, start: int, end: int) -> PairWords | str | None:
    """None where there is no moment at which it is known where both are."""
    tracks = (base.tracks[one], base.tracks[other])
    units = (tracks[0].unit, tracks[1].unit)
    standing = base.standing(units)
    if standing.against is not None:
        axiom = base.basis.system.axioms[standing.against[0]]
        words = mark("{one} and {other}: {axiom} (not so of these)")
        return say(words, one=units[0], other=units[1], axiom=_axiom_words(axiom.title))
    judged = judge_pair(base.basis, tracks, start, end, standing)
    return None if judged is None else pair_words(base.basis, judged)


def _axiom_words(title: str) -> str:
    return title or say("an axiom of the vocabulary")


def _pairs(tracks: Sequence[UsableTrack], mapping: EncounterMapping, crew: Crew) -> Iterator[Pair]:
    near = next((high for name, (_, high) in mapping.thresholds.items() if name in NEAR), None)
    if near is None and len(tracks) > _FEW_UNITS:
        raise Misuse(
            say(
                "{count} units are too many to look at each two of them: state in the mapping file how near they come, "
                "such as near_nmi = 5 under [thresholds]",
                count=len(tracks),
            )
        )
    if near is not None:
        watch = crew.watch

        def looked(done: int, of: int) -> None:
            if watch is not None:
                watch(say("looking for pairs that come near"), done - 1, of)

        yield from ((p.one, p.other, p.start, p.end) for p in near_pairs(tracks, near, looked))
        return
    for one, other in combinations(range(len(tracks)), 2):
        for start, end in overlapping(tracks[one], tracks[other]):
            yield one, other, start, end


def overlaps(encounters: Sequence[JudgedEncounter]) -> Iterator[Overlap]:
    """What each unit owes two others or more at once, from when to when."""
    owed: dict[str, list[tuple[str, str, str, str]]] = {}
    for encounter in encounters:
        for duty in encounter.duties:
            for stretch in duty.stretches:
                if stretch.bound is RecordAnswer.YES and not duty.advice and stretch.verdict not in _NOT_OWED:
                    owed.setdefault(duty.unit, []).append((stretch.start, stretch.end, duty.towards, duty.clause))
    for unit, all_of in owed.items():
        if len({towards for _, _, towards, _ in all_of}) < 2:
            continue
        edges = sorted({time for start, end, _, _ in all_of for time in (start, end)})
        found: list[tuple[str, str, tuple[tuple[str, tuple[str, ...]], ...]]] = []
        for start, end in pairwise(edges):
            there: dict[str, dict[str, None]] = {}
            for begun, over, towards, clause in all_of:
                if begun <= start and over >= end:
                    there.setdefault(towards, {})[clause] = None
            found.append((start, end, tuple((t, tuple(c)) for t, c in sorted(there.items()))))
        for what, group in groupby(found, key=lambda one: one[2]):
            several = list(group)
            if len(what) > 1:
                yield Overlap(unit, several[0][0], several[-1][1], what)


# ---- what is read


def _read_tracks(paths: Sequence[Path]) -> list[Track]:
    files = [f for path in paths for f in (sorted(path.iterdir()) if os.path.isdir(path) else [path])]
    files = [f for f in files if f.suffix.lower() in _READERS or f in paths]
    tracks: dict[str, Track] = {}
    flaws: list[RecordFlaw] = []
    for file in files:
        reader = _READERS.get(file.suffix.lower())
        if reader is None:
            words = mark("`{file}` is no record that can be read: tables end in .csv, others in .gpx, .nmea or .ais")
            raise Misuse(say(words, file=file))
        try:
            read = reader(file)
        except UnreadableRecord as why:
            flaws += why.flaws
            continue
        for track in read:
            if track.unit in tracks:
                words = mark("`{unit}` is in {one} and in {other}: put its rows into one file")
                raise Misuse(say(words, unit=track.unit, one=tracks[track.unit].file, other=file))
            tracks[track.unit] = track
    if flaws:
        raise UnreadableRecord(flaws)
    if not tracks:
        raise Misuse(say("there are no rows in it: a record has one row for each position of a unit"))
    return list(tracks.values())


def texts_understood(
    question: RecordQuestion, as_of: date
) -> tuple[NormSystem, TrackWords, Mapping[str, Expr]] | Report:
    """The texts with the conditions of the table; those that their vocabulary cannot say are left out."""
    if not question.documents:
        raise Misuse(say("name the texts to judge by: files, or texts of the standard library"))
    path = path_of(question.documents[0])
    purpose, one = mark("to judge by"), mark("one is judged by first")
    subject = subject_in(read_all([path]), question.documents[0], question.text, purpose, one)
    library = read_all([path, *map(path_of, question.documents[1:])])
    if subject is None:
        return unreadable(library, [])
    also = [name for named in question.documents[1:] for name in texts_of(library, named)]
    plain, outcome = _system(library, subject, also, as_of, ())
    if plain is None or library.faulty:
        return unreadable(library, [outcome])
    if len(plain.situation.roles) != 2:
        words_ = mark("`{text}` is about {situation}: tracks are judged where two units meet")
        raise Misuse(say(words_, text=subject, situation=plain.situation.name))
    words = track_words(plain.situation.name)
    system, _ = _system(library, subject, also, as_of, words.conditions)
    told = words.conditions
    if system is None:
        told = tuple(c for c in told if _system(library, subject, also, as_of, (c,))[0] is not None)
        system, _ = _system(library, subject, also, as_of, told)
        left = tuple(flag for flag in words.flags if not flag.when or flag.when in told)
        words = replace(words, flags=left, first_found=tuple(f for f in words.first_found if f.begins in told))
    assert system is not None, "each of them was understood"
    cases = {case.title: case.given for case in system.cases}
    return plain, words, {condition: cases[str(number)] for number, condition in enumerate(told)}


def _system(
    library: Library, subject: str, also: Sequence[str], as_of: date, conditions: Sequence[str]
) -> tuple[NormSystem | None, Outcome]:
    """The texts with these conditions as cases; no system where one of them cannot be understood."""
    documents = {n: d for n, d in library.documents.items() if not isinstance(d.header, ast.CasesHeader)}
    if conditions:
        from cbm.syntax.parse import parse

        cases = "".join(f'case "{number}"\ngiven {condition}\n' for number, condition in enumerate(conditions))
        file, mistakes = parse(Source(_CONDITIONS, f'cases "{_CONDITIONS}" for {subject}\n{cases}'))
        assert not mistakes, "the table beside the vocabularies is tested"
        documents[_CONDITIONS] = file.documents[0]
    system, outcome = understand(
        replace(library, documents=documents), Subject(subject, vocabulary=False), as_of, also=also
    )
    faulty = any(finding.primary.span.source.name == _CONDITIONS for finding in outcome.findings)
    return (None if faulty else system), outcome


def _require_known_words(basis: TrackBasis, question: RecordQuestion) -> None:
    """UnreadableRecord where events, Misuse where the mapping speaks of what the vocabulary or the table has not.

    Passed over, an act in an event would be told as not done, and a threshold as not stated.
    """
    acts = tuple(basis.system.acts)
    sayable = (*acts, *(getattr(v, "name", "") for v in basis.system.situation.attributes))
    file, kind = str(question.events), FlawKind.UNREADABLE
    flaws = [
        RecordFlaw(file, event.line, 0, kind, _unknown(_NO_WORD, event.what, sayable))
        for event in basis.events
        if event.what not in sayable
    ]
    if flaws:
        raise UnreadableRecord(flaws)
    thresholds = (*basis.words.thresholds, *NEAR)
    for inside, what, names, known in (
        ("thresholds", mark("there is no threshold `{name}`"), basis.mapping.thresholds, thresholds),
        ("complete.acts", mark("there is no act `{name}`"), basis.mapping.complete, acts),
    ):
        for name in names:
            if name not in known:
                raise Misuse(f"{question.mapping}: {inside}: {_unknown(what, name, known)}")


def _unused(basis: TrackBasis, question: RecordQuestion, units: Sequence[str]) -> Iterator[RecordFlaw]:
    """Units that the events or the mapping name and no track is of, each with the one that was perhaps meant.

    Units of which nothing is stated at all as well.
    """
    for unit in units:
        if not basis.mapping.unit(unit).values:
            words = say(
                "nothing says who `{unit}` is: state party, craft and status under [units] in a mapping file", unit=unit
            )
            yield RecordFlaw(str(question.mapping or question.tracks[0]), 0, 0, FlawKind.UNSTATED, words)
    for event in basis.events:
        for unit in (event.unit, event.other):
            if unit and unit not in units:
                words = _unknown(_NO_UNIT, unit, units)
                yield RecordFlaw(str(question.events), event.line, 0, FlawKind.UNUSED, words)
    for unit in basis.mapping.units:
        if unit not in units:
            words = _unknown(_NO_UNIT, unit, units)
            yield RecordFlaw(str(question.mapping), 0, 0, FlawKind.UNUSED, words)


def _out_of_time(basis: TrackBasis, question: RecordQuestion, used: Sequence[UsableTrack]) -> Iterator[RecordFlaw]:
    """Events after the last row of their unit, and acts that were over before the first one: neither is judged."""
    for event in basis.events:
        tracks = [track for track in used if event.unit in ("", track.unit)]
        if not tracks:
            continue
        first, last = min(int(track.times[0]) for track in tracks), max(int(track.times[-1]) for track in tracks)
        if event.at > last:
            words = say("`{what}` is after the last row, so it is not judged", what=event.what)
        elif event.until < first and event.what in basis.system.acts:
            words = say("`{what}` is before the first row: only what counts from it is judged", what=event.what)
        else:
            continue
        yield RecordFlaw(str(question.events), event.line, 0, FlawKind.UNUSED, words)


def _never_together(question: RecordQuestion, used: Sequence[UsableTrack]) -> Iterator[RecordFlaw]:
    """That no two units are recorded at one time, where that is so: there is no encounter in it."""
    spans = sorted((int(track.times[0]), int(track.times[-1])) for track in used)
    if all(end < start for (_, end), (start, _) in pairwise(spans)):
        words = say("no two units are recorded at the same time, so nothing is judged")
        yield RecordFlaw(str(question.tracks[0]), 0, 0, FlawKind.UNUSED, words)


def _unknown(none: str, name: str, known: Iterable[str]) -> str:
    """`none` that is known is called so, with the one that was perhaps meant."""
    near, message = suggestion(name, sorted(known)), say(none, name=name)
    return say("{message}; {advice}", message=message, advice=near[0]) if near else message


def _range_words(name: str, low: float, high: float) -> str:
    """In the unit of its name."""
    ends = [f"{end / factor(name):g}" for end in dict.fromkeys((low, high))]
    return say("{low} to {high}", low=ends[0], high=ends[1]) if len(ends) > 1 else ends[0]
