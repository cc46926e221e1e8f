"""What a check looks like. A wrong one is refused by mypy, which reports every `type: ignore` that ignores nothing."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

from cbm.check_protocol import EVERYTHING, NOTHING, Check, Divided, Whole
from cbm.finding import Finding, Rule, RuleId, Severity
from cbm.inquiry import Inquiry
from cbm.pipeline import load

RULE = Rule(RuleId.TRAP, Severity.NOTE, "a rule of this test", "", "", "")


def at_once(inquiry: Inquiry) -> Iterator[Finding]:
    inquiry.record(RULE.id, "at once", found=False)
    yield from ()


def cut(inquiry: Inquiry) -> Sequence[int]:
    return range(len(inquiry.system.norms))


def of_pieces(inquiry: Inquiry, among: Sequence[int]) -> Iterator[Finding]:
    inquiry.record(RULE.id, f"{list(among)}", found=False)
    yield from ()


def of_words(inquiry: Inquiry, among: Sequence[str]) -> Iterator[Finding]:
    return of_pieces(inquiry, list(map(len, among)))


def of_a_system(system: str) -> Iterator[Finding]:
    del system
    yield from ()


def without_findings(inquiry: Inquiry) -> None:
    del inquiry


class Without:
    """All but what it costs."""

    rule, basis = RULE, NOTHING

    def pieces(self, inquiry: Inquiry, /) -> Sequence[object]:
        return cut(inquiry)

    def find(self, inquiry: Inquiry, among: Sequence[object], /) -> Iterator[Finding]:
        return of_pieces(inquiry, list(map(hash, among)))


WHOLE: Check = Whole(RULE, at_once, each=3)
DIVIDED: Check = Divided(RULE, cut, of_pieces, each=5, basis=NOTHING)
WRONG = (
    Whole(RULE, of_a_system, each=1),  # type: ignore[arg-type]  # it takes something else than an inquiry
    Whole(RULE, of_pieces, each=1),  # type: ignore[arg-type]  # it needs to be told of which pieces
    Whole(RULE, without_findings, each=1),  # type: ignore[arg-type]  # it gives no findings
    Whole("trap", at_once, each=1),  # type: ignore[arg-type]  # a name is no rule
    Divided(RULE, cut, at_once, each=1),  # type: ignore[arg-type]  # it cannot be told of which pieces
    Divided(RULE, cut, of_words, each=1),  # type: ignore[misc]  # its pieces are others
)
LACKING: Check = Without()  # type: ignore[assignment]  # it does not say what it costs


def test_what_is_wrong_is_seen() -> None:
    settings = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    mypy = settings["tool"]["mypy"]
    assert mypy["strict"], "so that an ignore without use is an error"
    assert {"cbm", "tests"} <= set(mypy["files"])


def test_a_check_is_asked_at_once_or_in_pieces(tmp_path: Path) -> None:
    from cbm.inquiry import inquire

    path = tmp_path / "code.cbm"
    path.write_text('draft code "A code"\n  uses encounters\nclause 1 a ship must call\nclause 2 a ship may call\n')
    (system,), _ = load([path])
    inquiry = inquire(system)
    assert [list(WHOLE.pieces(inquiry)), WHOLE.cost(inquiry), WHOLE.basis] == [[None], 6, EVERYTHING]
    assert [list(DIVIDED.pieces(inquiry)), DIVIDED.cost(inquiry), DIVIDED.basis] == [[0, 1], 5, NOTHING]
    growing = Divided(RULE, cut, of_pieces, each=5, of_norm=1.5)
    assert growing.cost(inquiry) == 5 + 3  # of a system of two norms
    assert [*WHOLE.find(inquiry, WHOLE.pieces(inquiry)), *DIVIDED.find(inquiry, [1])] == []
    assert [question.subject for question in inquiry.questions] == ["at once", "[1]"]
