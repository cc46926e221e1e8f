"""The page of everything that is told of slips in the examples, word for word.

`python -m tests.golden` rewrites it; read the difference before you commit it.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from cbm.finding import Finding
from cbm.pipeline import run
from cbm.report import Outcome

HERE = Path(__file__).parent
PAGE = HERE / "messages.txt"
EXAMPLES = sorted((HERE / "examples").glob("*.cbm"))


def page() -> str:
    """All messages of the examples, each with its place, what is said of other places, and the ways out."""
    lines: list[str] = []
    for example in EXAMPLES:
        lines += ["", example.name, *(line for f in slips(example) for line in told(f))]
    return "\n".join(lines[1:]) + "\n"


def slips(example: Path) -> list[Finding]:
    """Where names, quantities and references of an example are wrong: found when it is read, before it is examined."""
    with TemporaryDirectory() as folder:
        path = Path(folder, example.name)
        path.write_text(example.read_text(encoding="utf-8"), encoding="utf-8")
        with patch("cbm.checking.passes.examine", lambda *_, **__: Outcome(())):
            return list(run([path], select=frozenset(("syntax",))).findings)


def told(finding: Finding) -> list[str]:
    line, column = finding.primary.span.begin
    labels = [f"  {label.span.begin[0]}: {label.text}" for label in (finding.primary, *finding.related) if label.text]
    more = [*(f"  note: {note}" for note in finding.notes), *(f"  help: {remedy}" for remedy in finding.remedies)]
    clauses = [f"  clauses: {', '.join(finding.clauses)}"] if finding.clauses else []
    return [f"{line}:{column} {finding.severity}[{finding.rule}] {finding.message}", *clauses, *labels, *more]


def rewrite() -> None:
    """Writes the page anew."""
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
