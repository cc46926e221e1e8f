"""What a user calls a text, to the text that is meant: a file, a standard name, or one of several texts in a file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from cbm.files import Library, standard_file
from cbm.finding import Misuse
from cbm.report import Report
from cbm.resolve.faults import suggestion
from cbm.syntax import ast
from cbm.translation.saying import mark, say


def path_of(named: str) -> Path:
    """A file, or the standard text of this name."""
    path = Path(named)
    if os.path.exists(named) or path.suffix:
        return path
    found = standard_file(named) if path.name == named else None
    if found is None:
        raise Misuse(say("there is no file `{named}`, and no text of the standard library is called so", named=named))
    return found


def subject_in(library: Library, named: str, chosen: str | None, purpose: str, one: str) -> str | None:
    """The text that is meant: the chosen one, or the one of this name, or the only one, or the only draft.

    None where it cannot be told, since something could not be read. `purpose` says what it is wanted for ("to map"),
    `one` why it is a single one ("a map is of one"); both are messages that were marked.
    """
    texts = [name for name in library.asked if isinstance(library.documents[name].header, ast.TextHeader)]
    drafts = [name for name in texts if _is_draft(library.documents[name])]
    if chosen is not None and chosen not in texts and not library.faulty:
        raise no_such_text(named, chosen, texts)
    if (chosen or named) in texts:
        return chosen or named
    if len(drafts or texts) == 1:
        return (drafts or texts)[0]
    if library.faulty:
        return None
    if not texts:
        words = mark("{named} holds no draft and no instrument, so there is nothing {purpose}")
        raise Misuse(say(words, named=named, purpose=say(purpose)))
    words, names = (
        mark("{named} holds several texts ({names}), and {one}: choose it (on the command line: `--text`)"),
        drafts or texts,
    )
    raise Misuse(say(words, named=named, names=_names(names), one=say(one)))


def no_such_text(named: str, chosen: str, texts: Sequence[str]) -> Misuse:
    """That a file holds no text of this name, with the one that was perhaps meant, or all that it holds."""
    held = say("it holds {names}", names=_names(texts)) if texts else say("it holds none")
    near = suggestion(chosen, texts) or (held,)
    return Misuse(say("{named} holds no text called `{chosen}`; {advice}", named=named, chosen=chosen, advice=near[0]))


def first_fault(wrong: Report) -> str:
    """What is wrong with a text that cannot be understood, by the first of the gravest that is told of it."""
    fault = max(wrong.findings, key=lambda finding: finding.severity.weight, default=None)
    return say("it cannot be read") if fault is None else fault.message


def texts_of(library: Library, named: str) -> list[str]:
    """The texts in a file, or the one of this name."""
    place = path_of(named).resolve()
    inside = [name for name in library.asked if library.files[library.documents[name].span.source].resolve() == place]
    texts = [name for name in inside if isinstance(library.documents[name].header, ast.TextHeader)]
    if named in texts:
        return [named]
    if not texts and not library.faulty:
        words = mark("{named} holds no draft and no instrument, so there is nothing {purpose}")
        raise Misuse(say(words, named=named, purpose=say("to read with")))
    return texts


def _names(texts: Iterable[str]) -> str:
    return say(", ").join(f"`{name}`" for name in texts)


def _is_draft(document: ast.Document) -> bool:
    return isinstance(document.header, ast.TextHeader) and document.header.kind is ast.DocumentKind.DRAFT
