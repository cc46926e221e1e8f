"""Programs that embed the library pass Pyright's strict mode, as mypy's, which `tests/embedding.py` is under anyway."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import cbm
from tests.pages.shown import blocks

ROOT = Path(__file__).parents[1]

# Each line by itself is what a type checker tells.
MISTAKES = (
    'cbm.run("a.cbm", jobs="2")',
    'cbm.run("a.cbm", fail_level="fatal")',
    'cbm.test("a.cbm", fail_level="warnings")',
    'cbm.render(cbm.words(""), "pdf")',
)
WRONG = "\n".join(["import cbm", "", *MISTAKES, ""])


def test_programs_that_use_the_library_pass_pyright(tmp_path: Path) -> None:
    program = (ROOT / "tests" / "embedding.py").read_text(encoding="utf-8")
    (tmp_path / "embedding.py").write_text(program, encoding="utf-8")
    (tmp_path / "page.py").write_text("\n".join(blocks("cbm/library.md", "python")), encoding="utf-8")
    (tmp_path / "wrong.py").write_text(WRONG, encoding="utf-8")
    configured = {"typeCheckingMode": "strict", "extraPaths": [str(ROOT)], "pythonVersion": "3.11"}
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(configured), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "basedpyright",
        "--outputjson",
        "--pythonpath",
        sys.executable,
        "-p",
        str(tmp_path),
    ]
    told = json.loads(subprocess.run(command, capture_output=True, text=True, check=False).stdout)
    seen = [(Path(one["file"]).name, one["message"]) for one in told["generalDiagnostics"]]
    assert told["summary"]["filesAnalyzed"] == 3
    assert [file for file, _ in seen] == ["wrong.py"] * len(MISTAKES), seen


def test_the_program_uses_every_name() -> None:
    program = (ROOT / "tests" / "embedding.py").read_text(encoding="utf-8")
    assert set(cbm.__all__) - set(re.findall(r"cbm\.(\w+)", program)) == set()
