"""What editors and code hosts show beside a line: a finding, a change, how a draft stands to a provision."""

from __future__ import annotations

from collections.abc import Callable

from cbm.finding import Label, Severity
from cbm.records import Record
from cbm.report import Question, Unread


class Notice(Record):
    """One thing that is told of a place, or of none (None), with what is said below it, line by line.

    `rule` is its kind in the name that users write, `name` what it keeps when texts move. `clauses` are those it is
    about. `fails`: it makes the command fail; `undecided`: it says what is not known. `hidden`: why it is not told.
    """

    rule: str
    severity: Severity
    message: str
    place: Label | None
    name: str
    lines: tuple[str, ...] = ()
    related: tuple[Label, ...] = ()
    clauses: tuple[str, ...] = ()
    fails: bool = False
    undecided: bool = False
    hidden: str | None = None


class NoticeLog(Record):
    """All of them in order, those that are hidden behind them, and what came of the questions asked.

    `closing` are the lines at the end of a page for people, `explained` where a kind is explained (`{rule}`).
    `unheard`: which texts bind nobody, a sentence each; `untold` says what is told nowhere, and why. `hiding`: for a
    kind, what hides some of it.
    """

    notices: tuple[Notice, ...]
    closing: tuple[str, ...]
    explained: str
    hidden: tuple[Notice, ...] = ()
    questions: tuple[Question, ...] = ()
    unread: tuple[Unread, ...] = ()
    stopped: str = ""
    title: Callable[[str], str] = str  # of a kind, in one line
    unheard: tuple[str, ...] = ()
    untold: str = ""
    hiding: Callable[[str], str] = lambda _: ""
    quiet: bool = False  # who reads lines alone asked for no closing ones
