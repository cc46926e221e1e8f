"""A question to a standalone SMT-LIB 2 script: declarations, assertions and what the answer was, with comments."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from cbm.core.expressions import Formula
from cbm.core.substitution import variables
from cbm.core.variables import Variable
from cbm.smt.encode import Encoder
from cbm.smt.journal import Entry, Verdict

# Named values, whole numbers and quantities in one file. Solvers agree on no narrower name for that.
LOGIC = "ALL"


class Scribe:
    """Writes entries of one journal; remembers what it has written, since most formulas occur in many of them."""

    def __init__(self) -> None:
        self._encoders: dict[tuple[str, ...], Encoder] = {}
        self._known: dict[tuple[tuple[str, ...], int], tuple[Formula, str, tuple[Variable, ...]]] = {}

    def formula(self, roles: tuple[str, ...], formula: Formula) -> str:
        """The formula as it stands in an assertion."""
        return self._written(roles, formula)[1]

    def assertions(self, entry: Entry) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What is required and what is assumed, written; two entries that agree in both ask the same."""
        required = tuple(self.formula(entry.roles, part) for part in entry.required)
        return required, tuple(self.formula(entry.roles, part) for part in entry.assumed)

    def variables(self, entry: Entry) -> tuple[Variable, ...]:
        """Every variable of the question, in order of occurrence."""
        parts = (*entry.required, *entry.assumed)
        return tuple(dict.fromkeys(v for part in parts for v in self._written(entry.roles, part)[2]))

    def script(
        self, entry: Entry, verdict: Verdict, about: Callable[[Variable], str], says: Callable[[Formula], str]
    ) -> str:
        """Everything but the words at the head; `about` and `says` give a comment, or nothing."""
        declared = list(self._declarations(entry, about))
        lines = [
            "(set-info :smt-lib-version 2.6)",
            f"(set-logic {LOGIC})",
            f"(set-info :status {verdict})",
            *declared,
            *self._asserted(entry, entry.required, "; Required:", says),
            *self._asserted(entry, entry.assumed, "; Assumed:", says),
            "(check-sat)",
        ]
        return "\n".join(lines) + "\n"

    def _declarations(self, entry: Entry, about: Callable[[Variable], str]) -> Sequence[str]:
        encoder = Encoder(entry.roles)
        lines: list[str] = []
        for variable in self.variables(entry):
            *sorts, constant = encoder.declarations([variable]).split("\n")
            lines += [*sorts, constant + comment(about(variable), before=" ")]
        return lines

    def _asserted(
        self, entry: Entry, parts: Sequence[Formula], head: str, says: Callable[[Formula], str]
    ) -> Sequence[str]:
        lines = [head] if parts else []
        for part in parts:
            lines += filter(None, (comment(says(part)), f"(assert {self.formula(entry.roles, part)})"))
        return lines

    def _written(self, roles: tuple[str, ...], formula: Formula) -> tuple[Formula, str, tuple[Variable, ...]]:
        known = self._known.get((roles, id(formula)))
        if known is None:
            encoder = self._encoders.setdefault(roles, Encoder(roles))
            known = (formula, encoder.formula(formula), tuple(dict.fromkeys(variables(formula))))
            self._known[roles, id(formula)] = known
        return known


def comment(words: str, before: str = "") -> str:
    """Words as a comment of one line, whatever stands in them; nothing for no words."""
    return f"{before}; {one_line(words)}" if words else ""


def one_line(words: str) -> str:
    """Without line breaks, tabs, or anything else that is not to be seen."""
    if not words.isprintable():
        words = "".join(c if c.isprintable() else " " for c in words)
    return " ".join(words.split())
