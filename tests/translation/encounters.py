"""Words with titles in each language, and what a reader of one is told of a text."""

from __future__ import annotations

from pathlib import Path

from cbm.pipeline import run
from cbm.report import Report
from cbm.translation.speech import Language, speaking

# Of a vocabulary: what is found by both units is to follow.
ENCOUNTER = """\
party CN "China" zh "中国" ja "中国"
party JP "Japan" zh "日本" ja "日本"
situation encounter "encounter" zh "相遇" ja "遭遇"
roles own, other
each
  party : party
shared
"""
WATCH = f"""\
vocabulary watch
{ENCOUNTER}\
  night "it is night" zh "时值夜间" ja "夜間である" : flag
"""


def told_in(language: Language, file: Path) -> Report:
    with speaking(language):
        return run([file])
