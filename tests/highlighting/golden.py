"""What is generated for editors: the grammar of the VS Code extension."""

from __future__ import annotations

from pathlib import Path

from cbm.highlighting.textmate import textmate

GRAMMAR = Path(__file__).parents[2] / ".editors" / "vscode" / "syntaxes" / "cbm.tmLanguage.json"


def rewrite() -> None:
    GRAMMAR.write_text(textmate(), encoding="utf-8")
