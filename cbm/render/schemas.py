"""The JSON Schemas of the pages that programs read, as they come with the package."""

from __future__ import annotations

from importlib.resources import files

_VERSION = 1


def shipped_schema(page: str) -> str:
    """The schema of the JSON that a command prints, by the name of the command; `report` is that of `check`."""
    named = f"schema-{_VERSION}.json" if page == "report" else f"schema-{page}-{_VERSION}.json"
    return files("cbm.render").joinpath(named).read_text(encoding="utf-8")
