"""Law: a report is the same to the last byte, whatever seed names are hashed with and wherever records lie in memory.

So nothing that is found or told depends on the order of a set. Each seed is tried in a process of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

EXAMPLES = sorted((Path(__file__).parents[2] / "checks" / "examples").glob("*.cbm"))
# Hours, roles and several sets of conditions; in the long run all examples.
FEW = ("asymmetry", "divergent_restatement", "unwritten_prohibition")
NIGHTLY = settings().max_examples > 100
SEEDS = ("0", "1", "2", "3") if NIGHTLY else ("0", "1")


@pytest.mark.parametrize(
    "example", [path for path in EXAMPLES if NIGHTLY or path.stem in FEW], ids=lambda path: path.stem
)
def test_a_report_depends_on_no_hash(example: Path) -> None:
    first, *others = [_begun(example, seed) for seed in SEEDS]
    told, _ = first.communicate()
    assert told.startswith(b"{")
    for other in others:
        assert other.communicate()[0] == told


def _begun(example: Path, seed: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "cbm", "check", example.name, "--output-format", "json"]
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    return subprocess.Popen(command, cwd=example.parent, env=environment, stdout=subprocess.PIPE)
