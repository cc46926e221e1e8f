"""The import contracts say something of every module: each stands in the contract of its folder, on one line."""

from __future__ import annotations

import re
import tomllib
from itertools import chain
from pathlib import Path

ROOT = Path(__file__).parents[1]
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
# Folders in which no module knows another one.
WITHOUT = {
    *("cbm.checks", "cbm.core.calendar", "cbm.core.clause_limits", "cbm.core.packages"),
    "cbm.wording.findings.stays_open",
}


def inside() -> dict[str, list[list[str]]]:
    """The lines of the contract of each folder, from the top down."""
    return {
        container: [re.split(r"\s*[|:]\s*", line) for line in contract["layers"]]
        for contract in CONTRACTS
        if contract["type"] == "layers"
        for container in contract["containers"]
    }


def modules(folder: str) -> set[str]:
    """The modules and folders of a folder, by their names in it."""
    found = ROOT.joinpath(*folder.split(".")).iterdir()
    return {path.stem for path in found if path.suffix == ".py" or (path / "__init__.py").is_file()} - {"__init__"}


def folders() -> list[str]:
    return sorted(".".join(path.parent.relative_to(ROOT).parts) for path in (ROOT / "cbm").rglob("__init__.py"))


def test_every_folder_has_a_contract() -> None:
    assert {folder for folder in folders() if len(modules(folder)) > 1} - inside().keys() <= WITHOUT


def test_every_module_stands_on_one_line_of_it() -> None:
    for folder, lines in inside().items():
        names = list(chain.from_iterable(lines))
        assert len(names) == len(set(names)), folder
        assert set(names) == modules(folder), folder


def test_a_contract_says_something() -> None:
    assert not [folder for folder, lines in inside().items() if len(lines) < 2]
