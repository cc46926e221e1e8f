"""A delegation's own file: what it expects of the text, as cases, and what it would have besides what it proposes.

What it comes to is told; nothing that stands in it ever is. So a mistake in it is told by its line alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from os.path import realpath
from pathlib import Path
from re import MULTILINE
from re import compile as pattern

from cbm.checking.passes import examine
from cbm.checking.selection import Selection
from cbm.checking.subjects import Subject
from cbm.core.negotiation import Negotiation
from cbm.core.norms import NormSystem
from cbm.core.packages.package_boxes import Taking
from cbm.files import Library, read_library
from cbm.finding import Finding, Misuse, RuleId, Severity
from cbm.negotiation.private_view import PrivateView
from cbm.pipeline import understand
from cbm.project.spec_files import UnreadableFile, read_text
from cbm.records import replace
from cbm.resolve.left_open.open_choices import find_option
from cbm.search.parallel import Crew, Watch
from cbm.source import Source, Span
from cbm.translation.saying import say

_WISH = pattern(r"^[ \t]*wish[ \t]+(?P<choice>\S+)[ \t]+is[ \t]+(?P<option>\S+)[ \t]*(?:#.*)?$", MULTILINE)
_WISHING = pattern(r"^[ \t]*wish\b", MULTILINE)
_ASKED = Selection(frozenset((RuleId.EXPECTATION, RuleId.IMPOSSIBLE, RuleId.NEVER_REACHED)))


@dataclass(frozen=True, slots=True)
class PrivateFile:
    """Its path, its cases (wishes are blank in it, so that places stay), and its wishes, each with its line."""

    path: Path
    cases: str
    wishes: tuple[tuple[int, str, str], ...]


def read_private(path: Path) -> PrivateFile:
    """The file of a delegation; Misuse, which says nothing of what stands in it, where it cannot be read."""
    try:
        text = read_text(path)
    except UnreadableFile:
        raise Misuse(say("the private file cannot be read")) from None
    found = list(_WISH.finditer(text))
    for begun in _WISHING.finditer(text):
        if all(begun.start() != wish.start() for wish in found):
            raise _slip(text, begun.start(), say("a wish is written `wish CHOICE is OPTION`, on a line of its own"))
    blank = _WISH.sub(lambda wish: " " * len(wish.group()), text)
    return PrivateFile(path, blank, tuple((_line(text, w.start()), w["choice"], w["option"]) for w in found))


def private_view(
    own: PrivateFile, delegation: str, system: NormSystem, subject: Subject, draft: Path, watch: Watch | None
) -> PrivateView:
    """What its cases find in a system of the draft, whose choices are settled as they are to be, and its wishes."""
    wished = frozenset(_wished(own, system))
    if all(line.lstrip().startswith("#") for line in own.cases.splitlines() if line.strip()):
        return PrivateView(delegation, wished)
    library = read_library([draft, own.path], unsaved={Path(realpath(own.path)): own.cases})
    source = next((source for source, path in library.files.items() if realpath(path) == realpath(own.path)), None)
    if source is None:
        raise Misuse(say("the private file holds no cases and no wish"))
    alone, outcome = understand(library, subject, system.as_of)
    _no_slips(library, source, (*library.findings, *outcome.findings))
    if alone is None:
        raise Misuse(say("the private file cannot be understood"))
    cases = tuple(case for case in alone.cases if _stands_in(case.span, source))
    if not any(case.expected for case in cases):
        raise Misuse(say("the private file expects nothing of this text: its cases are to be `for` it"))
    asked = replace(system, cases=cases)
    found = examine(asked, _ASKED, Crew(None, watch), showing=False).findings
    missed = tuple(f for f in found if f.rule in _ASKED.rules)
    return PrivateView(
        delegation,
        wished,
        sum(len(case.expected) for case in cases),
        tuple(f for f in missed if f.severity is Severity.ERROR),
        sum(f.severity is not Severity.ERROR for f in missed),
        sum(f.rule is RuleId.UNDECIDED for f in found),
    )


def _wished(own: PrivateFile, system: NormSystem) -> Iterator[Taking]:
    negotiation = Negotiation(system)
    for line, called, option in own.wishes:
        of_this = (n for n, term in enumerate(negotiation.terms) if term.document == system.subject)
        choice = next((n for n in of_this if negotiation.choices[n].spoken_of and negotiation.name(n) == called), None)
        if choice is None:
            raise _at_line(line, say("{text} has no choice that is called so", text=system.subject))
        meant = find_option(negotiation.choices[choice], option)
        if isinstance(meant, str):
            raise _at_line(line, say("the choice has no option that is called so alone"))
        yield choice, negotiation.choices[choice].options.index(meant)


def _no_slips(library: Library, source: Source, findings: tuple[Finding, ...]) -> None:
    for finding in findings:
        if finding.severity is Severity.ERROR and _stands_in(finding.primary.span, source):
            why = say(
                "it cannot be read or understood: `cbm check` of the file, with the draft and without wishes, says why"
            )
            raise _slip(source.text, finding.primary.span.start, why)
    if source in library.faulty:
        raise Misuse(say("the private file cannot be read in full: `cbm check` says why"))


def _stands_in(span: Span | None, source: Source) -> bool:
    return span is not None and span.source == source


def _slip(text: str, at: int, message: str) -> Misuse:
    return _at_line(_line(text, at), message)


def _at_line(line: int, message: str) -> Misuse:
    return Misuse(say("line {line} of the private file: {message}", line=line, message=message))


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1
