"""What somebody asks of a text under negotiation, to where it stands: read, checked, and told for its packages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cbm.files import read_all
from cbm.finding import Misuse, Report
from cbm.negotiation.taking_stock import outlook_of, state_of_play
from cbm.passes import examine
from cbm.pipeline import understand
from cbm.reporting import unreadable
from cbm.resolve.open_choices import with_settled
from cbm.search.parallel import Crew, Watch
from cbm.selection import EVERY_RULE
from cbm.settled import NOTHING_SETTLED, SettledChoices
from cbm.state_of_play import StateOfPlay
from cbm.subjects import Subject
from cbm.syntax import ast
from cbm.syntax.taking import with_taken


@dataclass(frozen=True, slots=True)
class OpenText:
    """A text by its file, the date asked about, what is settled, and the delegation that asks, if one does."""

    path: Path
    text: str | None = None
    as_of: date | None = None
    settled: SettledChoices = NOTHING_SETTLED
    delegation: str | None = None


def take_stock(asked: OpenText, watch: Watch | None = None) -> StateOfPlay | Report:
    """Where the negotiation stands, or what is wrong with the texts; Misuse where nothing is open."""
    library = read_all([asked.path])
    name = _subject(library.documents, library.asked, asked)
    subject = Subject(name, vocabulary=False)
    system, outcome = understand(library, subject, asked.as_of)
    if system is None or library.faulty:
        return unreadable(library, [outcome])
    system = with_settled(system, asked.settled)
    found = state_of_play(system, examine(system, EVERY_RULE, Crew(None, watch), showing=False))
    if asked.delegation is not None and asked.delegation not in {known.name for known in found.delegations}:
        known = ", ".join(one.name for one in found.delegations) or "nobody proposes anything"
        raise Misuse(f"`{asked.delegation}` proposes nothing in this text; who does: {known}")
    return found


def package(asked: OpenText, watch: Watch | None = None) -> str:
    """The text of the first clean package with what is settled; Misuse where there is none."""
    library = read_all([asked.path])
    if library.faulty:
        raise Misuse(f"{asked.path} has mistakes: see `cbm check`")
    name = _subject(library.documents, library.asked, asked)
    system, _ = understand(library, Subject(name, vocabulary=False), asked.as_of)
    if system is None:
        raise Misuse(f"{asked.path} cannot be understood: see `cbm check`")
    document = library.documents[name]
    system = with_settled(system, asked.settled)
    outlook = outlook_of(system, examine(system, EVERY_RULE, Crew(None, watch), showing=False))
    if not outlook.has_clean:
        raise Misuse("no package is clean, so there is none to write: `cbm options` says why")
    own = [n for n, term in enumerate(outlook.negotiation.terms) if term.document == name]
    taken = outlook.first_clean()
    numbers = {at: outlook.negotiation.choices[n].options[taken[n]].number for at, n in enumerate(own)}
    return with_taken(document.span.source.text, document, numbers)


def _subject(documents: Mapping[str, ast.Document], asked: Sequence[str], wanted: OpenText) -> str:
    """The text that is meant: the one named, or the only one that has something open."""
    texts = [name for name in asked if isinstance(documents[name].header, ast.TextHeader)]
    if wanted.text is not None:
        if wanted.text not in texts:
            raise Misuse(f"{wanted.path} holds no text called `{wanted.text}`; it holds {', '.join(texts) or 'none'}")
        return wanted.text
    open_texts = [name for name in texts if documents[name].choices] or texts
    if len(open_texts) != 1:
        held = ", ".join(open_texts)
        raise Misuse(
            f"{wanted.path} holds several texts ({held}): choose one with --text"
            if held
            else f"{wanted.path} holds no text"
        )
    return open_texts[0]
