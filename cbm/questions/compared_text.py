"""A file to one text of it as it is compared with others: chosen by name, understood, with encounters to ask about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from cbm.checking.passes import open_inquiry
from cbm.checking.reporting import unreadable
from cbm.checking.subjects import Subject
from cbm.comparison.common_stretches import Times
from cbm.comparison.declarations import known_by_one
from cbm.comparison.two_texts import TwoTexts
from cbm.core.norms import NormSystem
from cbm.core.packages.settled_choices import NOTHING_SETTLED, SettledChoices
from cbm.files import Library
from cbm.finding import Misuse, Severity
from cbm.pipeline import understand
from cbm.process.shown_paths import shown_path
from cbm.records import Record, replace
from cbm.report import Outcome, Report
from cbm.resolve.left_open.open_choices import with_settled
from cbm.smt.journal import asking
from cbm.smt.solve import Sat, Unknown
from cbm.syntax import ast
from cbm.syntax.renamed import renamed, with_times
from cbm.translation.saying import mark, say


def chosen_text(library: Library, path: Path, chosen: str | None) -> str | None:
    """The text meant: the chosen one, or the only draft, text or vocabulary; None if nothing could be read."""
    headers = {name: library.documents[name].header for name in library.asked}
    texts = [name for name, header in headers.items() if isinstance(header, ast.TextHeader)]
    drafts = [n for n in texts if isinstance(h := headers[n], ast.TextHeader) and h.kind is ast.DocumentKind.DRAFT]
    vocabularies = [name for name, header in headers.items() if isinstance(header, ast.VocabularyHeader)]
    if chosen is not None:
        if chosen in (*texts, *vocabularies):
            return chosen
        if not library.faulty:
            raise Misuse(
                say(
                    "{path} holds no text called `{chosen}`; it holds {names}",
                    path=shown_path(path),
                    chosen=chosen,
                    names=say(", ").join((*texts, *vocabularies)),
                )
            )
    for among in (drafts, texts, vocabularies):
        if len(among) == 1:
            return among[0]
        if len(among) > 1:
            several = mark("{path} holds several texts ({names}): choose one (on the command line: `--text`)")
            raise Misuse(say(several, path=shown_path(path), names=say(", ").join(among)))
    if library.faulty:
        return None
    raise Misuse(say("{path} holds no draft, no instrument and no vocabulary", path=shown_path(path)))


def with_names(library: Library, names: Mapping[str, str]) -> Library:
    """The library in which things are called by other names."""
    if not names:
        return library
    return replace(library, documents={n: renamed(d, names) for n, d in library.documents.items()})


def speaks_of(document: ast.Document, name: str) -> bool:
    """Whether something in it is called so."""
    return renamed(document, {name: f"{name} "}) != document


def understood(library: Library, name: str, as_of: date | None) -> NormSystem | Report:
    """What the text means; a report where it cannot be understood in full, or its axioms leave no encounter."""
    system, outcome = understand(library, Subject(name, vocabulary=False), as_of)
    wrong = any(finding.severity is Severity.ERROR for finding in outcome.findings)
    if system is None or wrong or library.faulty:
        return unreadable(library, [outcome])
    opened = open_inquiry(system)
    return unreadable(library, [opened]) if isinstance(opened, Outcome) else system


class LookedAt(Record):
    """A text with what it is resolved from, so that what recurs in it can be looked at another number of times."""

    system: NormSystem
    library: Library
    as_of: date | None
    settled: SettledChoices = NOTHING_SETTLED

    def at_times(self, times: Times) -> NormSystem:
        """The text as it is looked at so many times."""
        if not times:
            return self.system
        name = self.system.subject
        documents = {**self.library.documents, name: with_times(self.library.documents[name], times)}
        again, _ = understand(replace(self.library, documents=documents), Subject(name, vocabulary=False), self.as_of)
        assert again is not None  # the text is the same
        return again if self.settled == NOTHING_SETTLED else with_settled(again, self.settled)


def incomparable_words(old: NormSystem, new: NormSystem, what: str) -> str:
    """Why two texts are not about the same things; `what` they call by one name and mean in two ways, if anything."""
    if what:
        return say(
            "`{name}` is not the same kind of thing in both texts; rename one of them, or say which is which "
            "(on the command line: `--as`)",
            name=what,
        )
    one, other = old.situation, new.situation
    if one.name != other.name:
        return say(
            "`{old}` and `{new}` have no vocabulary in common: the one is about `{one}`, the other about `{other}`",
            old=old.subject,
            new=new.subject,
            one=one.name,
            other=other.name,
        )
    return say(
        "`{old}` and `{new}` do not speak of the same roles, so they cannot be compared",
        old=old.subject,
        new=new.subject,
    )


def known_to_one(
    old: NormSystem, new: NormSystem, alike: tuple[str, str] | None = None
) -> Iterator[tuple[str, str, str]]:
    """What one of the texts alone can speak of: the text, what kind of thing it is, and its name.

    `alike`: what they are called where both have one name.
    """
    before, after = alike if alike and old.subject == new.subject else (old.subject, new.subject)
    names = {"old": before, "new": after}
    for whose, what, name in known_by_one(old, new):
        yield names[whose], what, name


def only_known(text: str, what: str, name: str) -> str:
    """That one of two texts alone knows a thing; `what` it is, is a message that was marked."""
    return say("only {text} knows the {kind} {name}", text=text, kind=say(what), name=name)


def impossible_in_both(both: TwoTexts) -> Iterator[str]:
    """What no question was asked about, since nothing is possible in both worlds."""
    for about in both.inquiry.grounds:
        with asking(
            system=both.system,
            bearer=about.bearer,
            question="is there a situation that both texts know",
            found="there is: they can be compared",
            none="nothing can be compared",
        ):
            answer = both.inquiry.ask(about)
        if isinstance(answer, Unknown):
            yield say("what the clauses ask for: {reason}", reason=say(answer.reason))
        elif not isinstance(answer, Sat):
            yield say("what the clauses ask for: {reason}", reason=say("no situation is possible in both texts"))
