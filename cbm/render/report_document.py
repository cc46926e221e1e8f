"""The shape of the JSON report, version 1, and its schema; both change only together with the version."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from cbm.finding import Severity
from cbm.render.schema_page import ToldIn, schema_page
from cbm.report import Green

VERSION: Literal[1] = 1


class PositionObject(Struct, frozen=True, kw_only=True):
    """A place in a text; line and column are counted from 1, columns in characters."""

    line: int
    column: int


class LocationObject(Struct, frozen=True, kw_only=True):
    """A range of a text: `end` is just after its last character."""

    path: str
    start: PositionObject
    end: PositionObject
    label: Annotated[str, Meta(description="What is to be said about this place; may be empty.")]


class FactObject(Struct, frozen=True, kw_only=True):
    """One circumstance of the example that matters."""

    subject: Annotated[str | None, Meta(description="A role, or null for what both units share.")]
    name: Annotated[str, Meta(description="The attribute, act or result.")]
    value: Annotated[str, Meta(description='Exact, in the base unit of its dimension: "1852", "1/3".')]
    words: Annotated[str, Meta(description="What a person reads.")]


class EventObject(Struct, frozen=True, kw_only=True):
    """A point on the time line of the example."""

    subject: Annotated[str | None, Meta(description="The role that acts, or null for a moment.")]
    name: Annotated[str, Meta(description="The moment or the act.")]
    after: Annotated[str, Meta(description='How many seconds after the first event, exact: "3600", "1/2".')]
    words: Annotated[str, Meta(description="What a person reads.")]


class WitnessObject(Struct, frozen=True, kw_only=True):
    """An example encounter in which the finding shows."""

    facts: tuple[FactObject, ...]
    words: str
    events: Annotated[tuple[EventObject, ...], Meta(description="Its time line, as far as it matters, in order.")]


class ReadingsObject(Struct, frozen=True, kw_only=True):
    """On which readings of open terms something holds."""

    terms: Annotated[tuple[str, ...], Meta(description="The open terms that it speaks of, by their titles.")]
    every: Annotated[bool, Meta(description="Whether it holds however they are read.")]
    words: Annotated[str, Meta(description="The readings on which it holds; empty where it holds on every one.")]


class TakenObject(Struct, frozen=True, kw_only=True):
    """What is taken of one choice of a text under negotiation."""

    choice: Annotated[str, Meta(description="Its name, or the clause it stands in.")]
    options: Annotated[tuple[int, ...], Meta(description="Any of these, by number; 0: nothing stands there.")]


class ReachObject(Struct, frozen=True, kw_only=True):
    """On which packages of a text under negotiation a finding holds."""

    every: Annotated[bool, Meta(description="Whether it holds whatever is taken.")]
    packages: Annotated[
        tuple[tuple[TakenObject, ...], ...],
        Meta(description="Sets of packages; a choice that one does not name may be taken in any way."),
    ]
    words: Annotated[str, Meta(description="The same in words; empty where it holds whatever is taken.")]


class PlaceObject(Struct, frozen=True, kw_only=True):
    """A place in a text; line and column as in a position, the offset in characters from its beginning, from 0."""

    line: int
    column: int
    offset: int


class DatesObject(Struct, frozen=True, kw_only=True):
    """Of several dates that were asked about, those on which a finding is so, is not, or is undecided; ISO 8601."""

    so: tuple[str, ...]
    not_so: tuple[str, ...]
    undecided: tuple[str, ...]


class EditObject(Struct, frozen=True, kw_only=True):
    """What stands from `start` up to `end` is to be replaced; where they are the same, something is put in there."""

    path: str
    start: PlaceObject
    end: PlaceObject
    replacement: str


class FixObject(Struct, frozen=True, kw_only=True):
    """A change after which the finding is gone and no other error or warning has come: it was tried, by itself."""

    description: str
    edits: tuple[EditObject, ...]


class EnglishObject(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the place and the id of a finding rest on, whatever language it is told in."""

    order: Annotated[str, Meta(description="By what it stands in one order with others of its place and rule.")] = ""
    extent: tuple[tuple[str, ...], ...] = ()
    figures: str = ""


class FindingObject(Struct, frozen=True, kw_only=True):
    """One thing found in the texts."""

    id: Annotated[
        str, Meta(description="Rests on rule, clauses and what it is about, not on files, lines or words; unique.")
    ]
    rule: str
    help: Annotated[str, Meta(description="The command that explains the rule, with an example.")] = ""
    severity: Severity
    message: str
    location: LocationObject
    related: tuple[LocationObject, ...]
    clauses: Annotated[tuple[str, ...], Meta(description="Full references, such as `coc:3.2`.")]
    extent: Annotated[
        tuple[tuple[str, ...], ...],
        Meta(description="Sets of conditions; any one set suffices. Of vacuity: where it is so, or what excludes it."),
    ]
    whenever: Annotated[str, Meta(description="The conditions in words; may be empty.")]
    witness: WitnessObject | None
    remedies: Annotated[tuple[str, ...], Meta(description="Suggestions that were not tried.")]
    fixes: Annotated[tuple[FixObject, ...], Meta(description="Ways out that were tried, the best first.")]
    notes: tuple[str, ...]
    readings: Annotated[ReadingsObject | None, Meta(description="Null where no open term plays a part.")]
    reach: Annotated[ReachObject | None, Meta(description="Null where nothing is open in the text.")]
    figures: Annotated[str, Meta(description='Bounds that go against each other: "1 nmi or more, and 300 m or less".')]
    why: Annotated[tuple[str, ...], Meta(description="Reasons that cannot be seen from the clauses alone, in words.")]
    settled: Annotated[bool, Meta(description="Whether the texts themselves say what prevails.")]
    follows: Annotated[
        tuple[str, ...], Meta(description="Clauses of the finding without which there were not this one.")
    ]
    matter: Annotated[
        tuple[str, ...], Meta(description="What it is about beside its clauses, in the names of the texts.")
    ] = ()
    topic: Annotated[str, Meta(description="The promised matter that it finds open; may be empty.")] = ""
    under_topic: Annotated[str, Meta(description="The message where its topic is said already; may be empty.")] = ""
    settled_by: Annotated[str, Meta(description="What prevails, where the texts themselves say so.")] = ""
    opposed: Annotated[
        tuple[str, ...], Meta(description="How its message names two clauses, where it tells one against another text.")
    ] = ()
    background: Annotated[
        tuple[str, ...], Meta(description="The last of the notes, which are about the texts as a whole.")
    ] = ()
    dates: Annotated[
        DatesObject | UnsetType, Meta(description="Only where several dates were asked about (`as_of`).")
    ] = UNSET
    in_english: Annotated[
        EnglishObject | UnsetType, Meta(description="Only where it is told in another language, and rests on these.")
    ] = UNSET


class LineObject(Struct, frozen=True, kw_only=True):
    """A line of a text, without its line break; `offset` is where it begins, in characters from 0."""

    line: int
    offset: int
    text: Annotated[str, Meta(description="Cut where it is very long.")]


class ExcerptObject(Struct, frozen=True, kw_only=True):
    """The lines of a text that places in this report lie on."""

    path: str
    lines: tuple[LineObject, ...]


class QuestionObject(Struct, frozen=True, kw_only=True):
    """One question that was put, and how it ended."""

    rule: str
    subject: str
    verdict: Annotated[str, Meta(description="found, clear or undecided")]
    reason: Annotated[str, Meta(description="Why an encounter that was asked for is not shown; may be empty.")] = ""
    text: Annotated[str, Meta(description="The document that it is about; may be empty.")] = ""


class AttestationObject(Struct, frozen=True, kw_only=True):
    """What stands behind an answer that found nothing: an encounter in which it shows, or why none is shown."""

    kind: Green
    text: Annotated[str, Meta(description="The document under check.")]
    statement: Annotated[str, Meta(description="What the encounter shows, in words.")]
    clauses: Annotated[tuple[str, ...], Meta(description="Full references, such as `coc:3.2`.")]
    shown: bool
    witness: Annotated[WitnessObject | None, Meta(description="The encounter; null where none is shown.")]
    reason: Annotated[str, Meta(description="Why none is shown; empty where one is.")]
    readings: Annotated[ReadingsObject | None, Meta(description="Null where no open term plays a part.")]


class PairsObject(Struct, frozen=True, kw_only=True):
    """Pairs of clauses on one act or result without conflict; of these only those not shown are attestations."""

    shown: Annotated[int, Meta(description="Both bind in some encounter, and everything is complied with there.")]
    apart: Annotated[int, Meta(description="They never bind together.")]
    not_shown: int
    on_some: Annotated[int, Meta(description="As shown, but on some readings of open terms only.")]


class SummaryObject(Struct, frozen=True, kw_only=True):
    """What was checked and what was found; undecided findings count as undecided, whatever their severity."""

    documents: int
    clauses: int
    questions: int
    decided: int
    undecided: int
    errors: int
    warnings: int
    notes: int
    ignored: Annotated[int, Meta(description="Findings of such rules, made because a case expects some or none.")]
    left_out: Annotated[tuple[str, ...], Meta(description="Rules left out by selection: nothing is said of them.")]
    shown: Annotated[int, Meta(description="Attestations with an encounter.")]
    not_shown: Annotated[int, Meta(description="Attestations without one.")]


class QuotedClauseObject(Struct, frozen=True, kw_only=True):
    """A clause that findings speak of, or that rests on memory, as a page shows it."""

    reference: Annotated[str, Meta(description="As in the clauses of findings.")]
    name: Annotated[str, Meta(description='What the report calls it: "3.2", "2.6 of cues".')]
    title: str
    words: Annotated[str, Meta(description="Its source text, in the first language given; may be empty.")]
    recalled: Annotated[tuple[str, ...], Meta(description="Sources that were written down from memory.")]


class UnreadObject(Struct, frozen=True, kw_only=True):
    """A file that looks like a specification and was not read."""

    path: str
    reason: Annotated[str, Meta(description='What is said of the file: "is no plain file".')]


class HiddenFindingsObject(Struct, frozen=True, kw_only=True):
    """Findings of one rule that files of configuration hide, or make less grave."""

    rule: str
    count: int
    told_as: Annotated[
        Severity | None, Meta(description="Their severity in this report; null where they are not in it.")
    ]


class GraverFindingsObject(Struct, frozen=True, kw_only=True):
    """Findings of the baseline that are in this report, as they are graver now."""

    known_as: Annotated[
        Severity | None,
        Meta(description="Their severity in the baseline; null where they were so on some packages only."),
    ]
    count: int


class IdlePatternObject(Struct, frozen=True, kw_only=True):
    """A pattern in a file of configuration that is for no text."""

    path: str
    line: int
    key: Annotated[str, Meta(description="include, or per-file-ignores.")]
    pattern: str
    nearer: Annotated[
        str, Meta(description="The file that counts for texts that it would be for; empty where there are none.")
    ] = ""


class ConfigurationObject(Struct, frozen=True, kw_only=True):
    """Which files of configuration counted, and what they keep out of this report."""

    files: tuple[str, ...]
    excluded: Annotated[tuple[str, ...], Meta(description="Paths that were passed over; folders end in a slash.")]
    hidden: tuple[HiddenFindingsObject, ...]
    baseline: Annotated[str | None, Meta(description="The file with findings that are known and not in this report.")]
    known: Annotated[int, Meta(description="How many findings were left out because they are in the baseline.")]
    stale: Annotated[tuple[str, ...], Meta(description="What is in the baseline and was not found, in words.")]
    graver: Annotated[
        tuple[GraverFindingsObject, ...], Meta(description="What is in the baseline and told, as it is graver now.")
    ] = ()
    known_of: Annotated[
        tuple[tuple[str, int], ...], Meta(description="How many findings of each rule were left out as known.")
    ] = ()
    idle: tuple[IdlePatternObject, ...] = ()


class SuppressedObject(Struct, frozen=True, kw_only=True):
    """A finding that a comment in the texts hides; it does not count in `summary`."""

    id: str
    rule: str
    severity: Severity
    message: str
    clauses: tuple[str, ...]
    reason: Annotated[str, Meta(description="What the comment says after `because`.")]
    until: Annotated[str | None, Meta(description="The last day on which it is hidden, or null.")]
    comment: LocationObject
    location: LocationObject | None = None
    matter: Annotated[tuple[str, ...], Meta(description="As in findings.")] = ()
    finding: Annotated[
        FindingObject | None, Meta(description="All that is said of it; earlier versions did not write it.")
    ] = None


class ReportDocument(Struct, frozen=True, kw_only=True):
    """Everything one run of cbm found, in the order of the report."""

    version: Annotated[Literal[1], Meta(description="The version of this format, not of the program.")]
    language: ToldIn = "en"
    status: Annotated[
        Literal["fine", "findings", "undecided", "unread"],
        Meta(
            description="The same as the exit code in words; unread: not all files could be read, whatever was found."
        ),
    ]
    exit_code: int
    as_of: Annotated[str | None, Meta(description="The date asked about, ISO 8601; several with commas between them.")]
    stopped: Annotated[str | None, Meta(description="Why not everything was asked; null where everything was.")]
    summary: SummaryObject
    titles: Annotated[tuple[str, ...], Meta(description="Of the texts that were checked.")]
    clauses: tuple[QuotedClauseObject, ...]
    background: Annotated[tuple[str, ...], Meta(description="Open terms and reserves of the texts, in words.")]
    unheard: Annotated[
        tuple[str, ...], Meta(description="Of these, which texts and clauses that were read bind nobody, and why.")
    ] = ()
    omissions: Annotated[
        tuple[str, ...], Meta(description="Provisions that renderings leave out of their instruments, with reasons.")
    ]
    configuration: ConfigurationObject
    unread: Annotated[tuple[UnreadObject, ...], Meta(description="Files of which nothing is said here.")]
    findings: tuple[FindingObject, ...]
    suppressed: Annotated[tuple[SuppressedObject, ...], Meta(description="What comments in the texts hide.")]
    questions: tuple[QuestionObject, ...]
    attestations: tuple[AttestationObject, ...]
    pairs: PairsObject
    fail_level: Annotated[Severity, Meta(description="From which severity on findings make the run fail.")] = (
        Severity.ERROR
    )
    any_package: Annotated[bool, Meta(description="Whether what holds on some packages makes the run fail.")] = False
    exit_zero: Annotated[bool, Meta(description="Whether findings do not make the run fail.")] = False
    phrases: Annotated[
        tuple[tuple[str, str], ...], Meta(description="Acts that findings name, and what vocabularies call them.")
    ] = ()
    excerpts: Annotated[tuple[ExcerptObject, ...], Meta(description="What stands at the places of this report.")] = ()


def json_schema() -> str:
    """The JSON Schema of a report, as shipped in `schema-1.json`."""
    return schema_page(ReportDocument, "report", "Report of cbm", VERSION)
