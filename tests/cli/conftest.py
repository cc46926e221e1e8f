"""The command line called within the test, with stubs behind it."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import cbm as library
from cbm.cli import main
from cbm.report import Report
from tests.cli.stub import install
from tests.render.sample import REPORT


@dataclass
class CommandLine:
    """Runs commands; what the pipeline gives back or raises is set by the test."""

    capture: pytest.CaptureFixture[bytes]
    outcome: Report | BaseException = REPORT
    calls: list[tuple[Sequence[Path], dict[str, Any]]] = field(default_factory=list)
    code: int = -1
    out: str = ""
    err: str = ""

    def run(self, paths: Sequence[Path], **options: Any) -> Report:
        """Stands in for the pipeline."""
        self.calls.append((paths, options))
        if isinstance(self.outcome, BaseException):
            raise self.outcome
        return self.outcome

    def __call__(self, *arguments: str) -> int:
        self.code = main(arguments)
        out, err = self.capture.readouterr()
        self.out, self.err = out.decode(), err.decode()
        return self.code


@pytest.fixture
def cbm(monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes], tmp_path: Path) -> CommandLine:
    """A command line in an empty folder, without the caller's settings for colours and traces."""
    for name in library.__all__:
        getattr(library, name)  # it keeps what it once handed out: no stub is to be among it
    command_line = CommandLine(capsysbinary)
    stubs: dict[str, ModuleType] = {}
    install(command_line.run, stubs)
    for name, module in stubs.items():
        monkeypatch.setitem(sys.modules, name, module)
    for variable in ("NO_COLOR", "TERM", "CBM_TRACEBACK"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.chdir(tmp_path)
    return command_line
