"""Examples with their expectations on the line: a text in the language says itself what is to be found in it.

    clause 2 every unit must report      # error: [conflict] "clauses 1 and 2"

A comment names severity, rule and a part of the message; several are joined by `;`, each with its own severity. A
finding belongs to the line on which its primary place begins. What is found and not expected fails like what is
expected and not found, and a comment that begins like an expectation must be one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cbm.finding import Finding, Severity
from cbm.source import Source

_BEGINNING = re.compile(r"#\s*(?:error|warning|note)s?\b\s*[:\[]", re.IGNORECASE)
_ONE = r'\s*(error|warning|note): \[([a-z]+(?:-[a-z]+)*)\] "([^"]+)"\s*'
_ALL = re.compile(rf"#{_ONE}(?:;{_ONE})*")
_EACH = re.compile(_ONE)


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a comment announces for its line; `part` occurs in the message."""

    line: int
    severity: Severity
    rule: str
    part: str

    def __str__(self) -> str:
        return f'{self.severity}: [{self.rule}] "{self.part}"'

    def meets(self, finding: Finding, source: Source) -> bool:
        """Whether the finding is one that is announced here."""
        place = finding.primary.span
        return (
            (place.source, place.begin[0]) == (source, self.line)
            and (finding.severity, finding.rule) == (self.severity, self.rule)
            and self.part in finding.message
        )


def load(path: Path) -> Source:
    """The text of an example, named after its file."""
    return Source(path.name, path.read_text(encoding="utf-8"))


def verify(source: Source, find: Callable[[Source], Sequence[Finding]]) -> None:
    """Fails, with the differences line by line, unless exactly what the comments announce is found."""
    different = differences(source, find(source))
    if different:
        listed = "\n".join(different)
        raise AssertionError(f"{source.name}: expected (-) and found (+) differ\n{listed}")


def differences(source: Source, findings: Sequence[Finding]) -> list[str]:
    """What is missing, marked `-`, and what is unexpected, marked `+`, in the order of the lines."""
    expected = list(expectations(source))
    pairs = _pairs([[wanted.meets(finding, source) for finding in findings] for wanted in expected])
    missing = [wanted for number, wanted in enumerate(expected) if number not in pairs]
    unexpected = [finding for number, finding in enumerate(findings) if number not in pairs.values()]
    lines = [(wanted.line, f"- {source.name}:{wanted.line}: {wanted}") for wanted in missing]
    lines += [(finding.primary.span.begin[0], f"+ {_described(finding)}") for finding in unexpected]
    return [text for _, text in sorted(lines, key=lambda line: line[0])]


def expectations(source: Source) -> Iterator[Expectation]:
    """The expectations of a text; a comment that only begins like one is refused."""
    for number, line in enumerate(source.text.split("\n"), start=1):
        beginning = _BEGINNING.search(line)
        if beginning is None:
            continue
        comment = line[beginning.start() :].rstrip()
        if not _ALL.fullmatch(comment):
            raise ValueError(f'{source.name}:{number}: not of the form `# error: [rule] "part"; …`: {comment}')
        for severity, rule, part in _EACH.findall(comment):
            yield Expectation(number, Severity(severity), rule, part)


def _pairs(meets: Sequence[Sequence[bool]]) -> dict[int, int]:
    """As many expectations as possible (rows), each with a finding of its own (columns)."""
    owner: dict[int, int] = {}

    def assign(row: int, tried: set[int]) -> bool:
        for column, met in enumerate(meets[row]):
            if met and column not in tried:
                tried.add(column)
                if column not in owner or assign(owner[column], tried):
                    owner[column] = row
                    return True
        return False

    for row in range(len(meets)):
        assign(row, set())
    return {row: column for column, row in owner.items()}


def _described(finding: Finding) -> str:
    place = finding.primary.span
    return f'{place.source.name}:{place.begin[0]}: {finding.severity}: [{finding.rule}] "{finding.message}"'
