"""What one file says, and what that means for a path; a suite that it names."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from cbm.finding import Misuse, RuleId, Severity
from cbm.project.configuration.near_names import KNOWN, nearest_name
from cbm.project.configuration.path_patterns import Patterns, matches
from cbm.project.configuration.toml_text import quoted_key
from cbm.records import Record, replace
from cbm.translation.saying import mark, say
from cbm.translation.speech import Language

OWN, SHARED = "cbm.toml", "pyproject.toml"  # the files

Rules = frozenset[RuleId]


class Suite(Record):
    """What is checked together under one name: paths as they are to be read, and what is asked as on a command line."""

    paths: tuple[str, ...]
    as_of: date | None = None
    select: Rules = frozenset()
    ignore: Rules = frozenset()
    fail_level: Severity | None = None


class Configuration(Record):
    """What one file says; patterns are relative to `folder`. `lines` says where each key that is given stands."""

    folder: str = ""
    name: str = ""  # of the file, as readers know it; empty where there is none
    include: Patterns = ()
    exclude: Patterns = ()
    as_of: date | None = None
    select: Rules = frozenset()
    ignore: Rules = frozenset()
    fail_level: Severity | None = None
    baseline: str | None = None  # a file, from the folder on
    lang: Language | None = None
    severity: tuple[tuple[RuleId, Severity], ...] = ()
    per_file_ignores: tuple[tuple[str, Rules], ...] = ()
    suites: tuple[tuple[str, Suite], ...] = ()
    lines: tuple[tuple[str, int], ...] = ()

    def leaves_out(self, path: Path, *, folder: bool = False) -> bool:
        """Whether a file, or a folder with all in it, is not to be read."""
        parts = self._parts(path)
        if any(matches(pattern, parts) for pattern in self.exclude):
            return True
        return not folder and bool(self.include) and not any(matches(pattern, parts) for pattern in self.include)

    def ignores(self, path: Path, rule: RuleId) -> bool:
        """Whether findings of a rule in this file are not to be told."""
        return any(rule in rules and self.is_for(pattern, path) for pattern, rules in self.per_file_ignores)

    def is_for(self, pattern: str, path: Path) -> bool:
        """Whether a pattern of the file is for a path."""
        return matches(pattern, self._parts(path))

    def suite(self, name: str) -> Suite:
        """The suite of this name, its paths below the folder of the file. Misuse where one is not there."""
        known = dict(self.suites)
        if name not in known:
            if not known:
                raise Misuse(
                    say(
                        "{where} names no suites: write [suites.{name}] with `paths = [...]` in {file}",
                        where=self.name or say("this folder, and above it,"),
                        name=quoted_key(name),
                        file=OWN,
                    )
                )
            raise Misuse(
                say(
                    "{file} names no suite `{name}`; {advice}",
                    file=self.name,
                    name=name,
                    advice=nearest_name(name, known, KNOWN),
                )
            )
        paths = tuple(os.path.relpath(self.named(path)) for path in known[name].paths)
        for path in paths:
            if not os.path.lexists(path):
                words = mark("{path} does not exist: the suite `{name}` of {file} names it")
                raise Misuse(say(words, path=Path(path), name=name, file=self.name))
        return replace(known[name], paths=paths)

    def named(self, path: str) -> Path:
        """A file or folder that the file names, from its folder on; Misuse where it lies out of the project."""
        found = Path(self.folder, path)
        if not is_inside(found, Path(self.folder)):
            words = say(
                "{file} names {path}, which lies out of the project: name it on the command line",
                file=self.name,
                path=path,
            )
            raise Misuse(words)
        return found

    def _parts(self, path: Path) -> tuple[str, ...]:
        whole = Path(os.path.abspath(path))
        return whole.relative_to(self.folder).parts if self.folder and whole.is_relative_to(self.folder) else ()


NOTHING_CONFIGURED = Configuration()


def is_inside(path: Path, folder: Path) -> bool:
    """Whether a path lies, links followed, in the git repository of a folder; without one, in the folder itself."""
    home = os.path.realpath(folder)
    around = (home, *map(str, Path(home).parents))
    root = next((one for one in around if os.path.exists(os.path.join(one, ".git"))), home)
    return Path(os.path.realpath(path)).is_relative_to(root)
