"""Where the extra `tracks` is not installed the library is whole, and who asks for records is told what is missing."""

from __future__ import annotations

import subprocess
import sys

_HEAD = "import sys; sys.modules.update(dict.fromkeys(['gpxpy', 'numpy', 'pyais', 'pyproj', 'scipy']))\n"
_STAR = f"{_HEAD}from cbm import *; import cbm, inspect; print(len(inspect.getmembers(cbm)) >= len(cbm.__all__))"
_ASKED = f"{_HEAD}import cbm\ntry:\n  cbm.judge('TRACKS.csv', ['colregs'])\nexcept cbm.Misuse as why: print(why)"


def test_all_names_are_there_without_what_reads_records() -> None:
    assert _run(_STAR) == "True\n"


def test_who_asks_is_told_which_extra_is_missing() -> None:
    words = "tracks need the Python package `numpy`: install cbm-checker with its extra `tracks`\n"
    assert _run(_ASKED) == words


def _run(script: str) -> str:
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
