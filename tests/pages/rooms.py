"""The folders and modules right below cbm/, which of them imports which, and what each says of itself."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from grimp import build_graph

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Room:
    """A folder, or a module that stands by itself, with the first sentence of its docstring."""

    name: str
    is_folder: bool
    says: str


@dataclass(frozen=True, slots=True)
class Plan:
    """All rooms, and for each the rooms that it imports."""

    rooms: tuple[Room, ...]
    imports: Mapping[str, frozenset[str]]

    @property
    def floors(self) -> Mapping[str, int]:
        """How many floors each room stands above the ground: one more than the highest room that it imports."""
        heights: dict[str, int] = {}

        def height(name: str) -> int:
            if name not in heights:
                heights[name] = 1 + max((height(other) for other in self.imports[name]), default=-1)
            return heights[name]

        return {room.name: height(room.name) for room in self.rooms}

    @property
    def steps(self) -> Mapping[str, frozenset[str]]:
        """The imports that no chain of other imports stands for: all the rest follows from them."""
        below: dict[str, frozenset[str]] = {}
        for name in sorted(self.imports, key=lambda name: self.floors[name]):
            below[name] = frozenset(self.imports[name].union(*(below[other] for other in self.imports[name])))
        return {
            name: frozenset(o for o in others if not any(o in below[p] for p in others))
            for name, others in self.imports.items()
        }


@cache
def plan() -> Plan:
    """The rooms as they are imported today."""
    graph = build_graph("cbm", cache_dir=None)
    names = sorted(child.removeprefix("cbm.") for child in graph.find_children("cbm") if child != "cbm.__main__")
    imports: dict[str, set[str]] = {name: set() for name in names}
    for module in graph.modules:
        room = module.split(".")[1] if "." in module else ""
        for other in graph.find_modules_directly_imported_by(module) if room in imports else ():
            if "." in other and other.split(".")[1] != room:
                imports[room].add(other.split(".")[1])
    rooms = tuple(Room(name, (ROOT / "cbm" / name).is_dir(), _says(name)) for name in names)
    return Plan(rooms, {name: frozenset(others) for name, others in imports.items()})


def _says(name: str) -> str:
    path = ROOT / "cbm" / name / "__init__.py" if (ROOT / "cbm" / name).is_dir() else ROOT / "cbm" / f"{name}.py"
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or ""
    return " ".join(docstring.split("\n\n")[0].split())
