"""What the wheel has beyond the files of the checkout: parser tables, trees of the texts that come with cbm, messages.

Each stands beside what it was made of. cbm reads it only while it fits that, and makes it anew otherwise: slower, and
with the same result.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

STANDARD = ("vocabulary", "instruments")


class Compiled(BuildHookInterface):  # type: ignore[type-arg]  # of any builder
    """Makes these files, and has them included."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Of an editable installation they would grow old: it has none."""
        self._folder = TemporaryDirectory()
        if version == "editable":
            return
        for path, place in _made(Path(self.root), Path(self._folder.name)):
            build_data["force_include"][str(path)] = place

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Removes them once they are in the wheel."""
        del version, build_data, artifact_path
        self._folder.cleanup()


def _made(root: Path, folder: Path) -> list[tuple[Path, str]]:
    """Each file, and its place in the wheel."""
    sys.path.insert(0, str(root))
    from cbm.source import Source
    from cbm.syntax import trees
    from cbm.syntax.parse import parse
    from cbm.syntax.tables import grammar
    from cbm.translation import catalogue
    from cbm.translation.speech import LANGUAGES

    made = [(folder / "cbm.tables", "cbm/grammar/cbm.tables")]
    grammar.ship(made[0][0])
    for path in (path for folder in STANDARD for path in sorted((root / "specs" / folder).glob("*.cbm"))):
        source = Source(path.name, path.read_bytes().decode("utf-8"))
        file, findings = parse(source)
        if not findings:
            made.append((folder / path.with_suffix(".tree").name, f"cbm/specs/{path.parent.name}/{path.stem}.tree"))
            trees.ship(made[-1][0], source, file.documents)
    for language in (language for language in LANGUAGES if language != "en"):
        made.append((folder / f"{language}.messages", f"cbm/translation/{language}.messages"))
        catalogue.ship(made[-1][0], language)
    return made
