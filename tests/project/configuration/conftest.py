"""Each test stands in a project of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.project.configuration.project import CODE


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a draft in which a conflict and a redundancy are found."""
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "code.cbm").write_text(CODE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path
