"""What a caller of the library hands over, to what is meant by it; Misuse where it is no such thing, with a way out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import copy_context
from datetime import date, datetime
from pathlib import Path
from typing import Literal, TypeAlias

from cbm.finding import Misuse, Severity
from cbm.process.budget import Budget, Cancel
from cbm.process.shown_values import SHORT, shown_value
from cbm.translation import speech
from cbm.translation.listing import listed
from cbm.translation.saying import say
from cbm.translation.speech import LANGUAGES, Language

# A severity as callers write it: type checkers tell a word that is none.
FailLevel: TypeAlias = Severity | Literal["error", "warning", "note"]


def several(name: str, given: object, such_as: str) -> tuple[object, ...]:
    """The things in a list, which a text by itself is not: its letters are never meant."""
    if isinstance(given, str | os.PathLike) and len(written := repr(os.fspath(given))) <= SHORT:
        raise Misuse(say("`{name}` is a list: write {list}", name=name, list=f"[{written}]"))
    if isinstance(given, str | bytes | os.PathLike) or not isinstance(given, Iterable):
        raise _other(say("is a list, such as {example}", example=such_as), name, given)
    return tuple(given)


def paths_in(given: object, name: str = "paths") -> tuple[Path, ...]:
    """The paths in a list; each may be a text."""
    return tuple(map(_path, several(name, given, "['drafts', 'near.cbm']")))


def one_path(name: str, given: object) -> Path:
    """One path, which may be a text."""
    if not isinstance(given, str | os.PathLike):
        raise _other(say("is one path, such as {example}", example="'near.cbm'"), name, given)
    return _path(given)


def words_of(name: str, given: object) -> str:
    """A text; the empty one where nothing is given."""
    if given is None:
        return ""
    if isinstance(given, int | float | date | os.PathLike) and len(written := repr(str(given))) <= SHORT:
        raise Misuse(say("`{name}` is a text: write {name}={text}", name=name, text=written))
    return text_of(name, given)


def text_of(name: str, given: object) -> str:
    """A text that is to be read: whatever stands in it, but nothing that could stand in no file."""
    if not isinstance(given, str):
        raise _other(say("is a text"), name, given)
    try:
        given.encode()
    except UnicodeEncodeError as refusal:
        words = say("`{name}` is no Unicode text: character {number} is half of one", name=name, number=refusal.start)
        raise Misuse(words) from None
    return given


def several_words(name: str, given: object, such_as: str) -> tuple[str, ...]:
    """The texts in a list, which those are not that something is kept by."""
    if isinstance(given, Mapping):
        raise _other(say("is a list, such as {example}", example=such_as), name, given)
    return tuple(_one_text(name, one, such_as) for one in several(name, given, such_as))


def _one_text(name: str, given: object, such_as: str) -> str:
    if isinstance(given, str):
        return text_of(name, given)
    words = say(
        "`{name}` is a list of texts, such as {example}, and {given} is none",
        name=name,
        example=such_as,
        given=shown_value(given),
    )
    raise Misuse(words)


def texts_by_path(name: str, given: object) -> dict[Path, str]:
    """Texts by the files that they stand for; none where nothing is given."""
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise _other(say("gives texts for paths, such as {example}", example="{'near.cbm': '…'}"), name, given)
    return {_path(path): text_of(name, text) for path, text in given.items()}


def words_by_word(name: str, given: object) -> dict[str, str]:
    """Texts by what they stand for."""
    if given is None:
        return {}
    if not isinstance(given, Mapping) or not all(isinstance(word, str) for pair in given.items() for word in pair):
        raise _other(say("gives texts for texts, such as {example}", example="{'US': 'JP'}"), name, given)
    return dict(given)


def day_of(name: str, given: object) -> date | None:
    """A day, without a time of day."""
    if isinstance(given, datetime):
        written = _written(given)
        raise Misuse(say("`{name}` is a day without a time of day: write {name}={day}", name=name, day=written))
    if isinstance(given, str):
        try:
            meant = date.fromisoformat(given)
        except ValueError:
            raise _no_date(name, given) from None
        raise Misuse(say("`{name}` is a `date`: write {name}={day}", name=name, day=_written(meant)))
    if given is not None and not isinstance(given, date):
        raise _no_date(name, given)
    return given


def days_of(name: str, given: object) -> tuple[date | None, ...]:
    """One day or none, or several, in their order; of several each once."""
    if not isinstance(given, list | tuple | set | frozenset):
        return (day_of(name, given),)
    days = [day_of(name, one) for one in given]
    if None in days:
        raise _no_date(name, None)
    if not days:
        raise Misuse(
            say(
                "`{name}` is a `date`, or several in a list, such as {example}; this one is empty",
                name=name,
                example="[date(2019, 10, 1)]",
            )
        )
    return tuple(sorted({day for day in days if day is not None}))


def severity_of(name: str, given: object) -> Severity:
    """A severity, or the word for one."""
    if isinstance(given, str) and given in set(Severity):
        return Severity(given)
    raise _none_of(name, given, list(Severity))


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """All that is said inside is said in this language; of this thread, and of what it sends to other processes.

    Misuse where it is none that cbm speaks.
    """
    if language not in LANGUAGES:
        raise _none_of("language", language, LANGUAGES)
    with speech.speaking(language):
        yield


def _none_of(name: str, given: object, known: Sequence[str]) -> Misuse:
    from difflib import get_close_matches  # only who errs waits for it

    near = get_close_matches(given.lower(), known, n=1) if isinstance(given, str) else []
    names = listed([f"`{one}`" for one in known], ",")
    advice = say("did you mean `{near}`?", near=near[0]) if near else say("it is one of {names}", names=names)
    return Misuse(say("`{name}` cannot be {given}; {advice}", name=name, given=shown_value(given), advice=advice))


def count_of(name: str, given: object) -> int:
    """A whole number, one at least."""
    if isinstance(given, bool) or not isinstance(given, int) or given < 1:
        raise _other(say("is a whole number from 1 on"), name, given)
    return given


def budget_of(given: object) -> Budget | None:
    """A budget, with seconds and steps that can be used."""
    if isinstance(given, int | float) and not isinstance(given, bool) and given > 0 and len(repr(given)) <= SHORT:
        raise Misuse(say("`budget` is a `Budget`: write budget=Budget(seconds={seconds})", seconds=repr(given)))
    if given is None:
        return None
    if not isinstance(given, Budget):
        raise _other(say("is a `Budget`, such as Budget(seconds=60)"), "budget", given)
    given.require_usable()  # its fields may have been set since it was made
    return given


def cancel_of(given: object) -> Cancel | None:
    """What is set once the run is to stop."""
    if given is None:
        return None
    is_event = callable(getattr(given, "is_set", None)) and not isinstance(given, type)
    require(is_event, "cancel", say("is an event, such as `threading.Event()`"), given)
    return given  # type: ignore[return-value]  # that it is one was just seen


def progress_of(name: str, given: object) -> Callable[[str, int, int], None] | None:
    """What hears how far the work is: what is done, how many parts of it are, and of how many.

    It is called as if nothing went on here, so that it may ask questions of its own.
    """
    if given is None:
        return None
    require(callable(given), name, say("is a function of three arguments"), given)
    if not _takes(given, "", 0, 0):
        words = say("`{name}` is a function of three arguments: it is called like {name}('questions', 1, 2)", name=name)
        raise Misuse(words)
    outside = copy_context()
    heard: Callable[[str, int, int], None] = given  # type: ignore[assignment]  # that it can be called was just seen
    return lambda doing, done, of: outside.run(heard, doing, done, of)


def _takes(given: object, *arguments: object) -> bool:
    """Whether it can be called with these, as far as that can be seen."""
    from inspect import signature  # only who hands over a function waits for it

    try:
        signature(given).bind(*arguments)  # type: ignore[arg-type]  # that it can be called was seen
    except TypeError:
        return False
    except ValueError:  # it says nothing of its arguments: a function may take them, and no type such as `dict`
        return not isinstance(given, type)
    return True


def folder_of(name: str, given: object) -> Path | None:
    """A folder, which may be a text and need not be there."""
    path = None if given is None else one_path(name, given)
    if path is not None and os.path.lexists(path) and not os.path.isdir(path):
        raise _not(say("is a folder"), name, repr(os.fspath(path)))
    return path


def flag_of(name: str, given: object) -> bool:
    """True or False."""
    require(isinstance(given, bool), name, say("is True or False"), given)
    return bool(given)


def require(holds: bool, name: str, is_what: str, given: object) -> None:
    """Misuse where what was given is not what it is said to be, in the words of the reader."""
    if not holds:
        raise _other(is_what, name, given)


def _path(given: object) -> Path:
    written = os.fspath(given) if isinstance(given, str | os.PathLike) else given
    if not isinstance(written, str):
        raise Misuse(say("a path is a text or a `Path`, and not {given}", given=shown_value(given)))
    try:
        of_files = bool(written) and b"\0" not in os.fsencode(written)
    except UnicodeEncodeError:  # half a character stands in no name
        of_files = False
    if not of_files:
        raise Misuse(say("{given} is no path", given=repr(written)))
    try:
        os.getcwd()  # a file is told by the way to it
    except OSError:
        raise Misuse(say("the working folder does not exist any more: change into another one")) from None
    return Path(written)


def _other(is_what: str, name: str, given: object) -> Misuse:
    return _not(is_what, name, shown_value(given))


def _not(is_what: str, name: str, given: str) -> Misuse:
    return Misuse(say("`{name}` {is_what}, and not {given}", name=name, is_what=is_what, given=given))


def _no_date(name: str, given: object) -> Misuse:
    return _other(say("is a `date`, such as date(2019, 10, 1)"), name, given)


def _written(day: date) -> str:
    return f"date({day.year}, {day.month}, {day.day})"
