"""Text to the norm system of its only draft or instrument, as a program that uses cbm reads it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from cbm import NormSystem, load


def system_of(text: str) -> NormSystem:
    """The text must be without mistakes."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "text.cbm"
        file.write_text(text, encoding="utf-8")
        systems, findings = load([file])
    assert findings == (), findings
    (system,) = systems
    return system
