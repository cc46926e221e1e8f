"""What is found in the texts that come with the project, each checked once for all tests that look at it."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from cbm.pipeline import run
from cbm.report import Report

SPECS = Path(__file__).parents[1] / "specs"
DRAFTS = SPECS / "drafts"


@cache
def report(path: Path, as_of: date | None = None) -> Report:
    """What one process finds in a shipped text, on the date or on its own."""
    return run([path], as_of=as_of)
