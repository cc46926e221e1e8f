"""Which paths a pattern is for."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm.project.configuration.settings import Configuration


@pytest.mark.parametrize(
    ("pattern", "path", "meant"),
    [
        ("old", "drafts/old/a.cbm", True),
        ("old", "drafts/older/a.cbm", False),
        ("*.cbm.md", "drafts/a.cbm.md", True),
        ("drafts/old", "drafts/old/deep/a.cbm", True),
        ("drafts/old", "more/drafts/old/a.cbm", False),
        ("./drafts/*.cbm", "drafts/a.cbm", True),
        ("drafts/*.cbm", "drafts/old/a.cbm", False),
        ("drafts/**/a.cbm", "drafts/a.cbm", True),
        ("drafts/**/a.cbm", "drafts/x/y/a.cbm", True),
        ("/old", "drafts/old/a.cbm", False),
        ("old/", "drafts/old/a.cbm", True),
        ("a.cbm", "../a.cbm", False),  # outside the folder of the file
    ],
)
def test_patterns_are_for_names_anywhere_or_for_paths_from_the_file_on(
    tmp_path: Path, pattern: str, path: str, meant: bool
) -> None:
    configuration = Configuration(folder=str(tmp_path), exclude=(pattern,))
    assert configuration.leaves_out(tmp_path / path) is meant
