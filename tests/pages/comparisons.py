"""The page on how the first draft of a code stands to its models, with the answer as it is printed now."""

from __future__ import annotations

import re

from cbm.outcomes.model_comparison import ModelReport
from cbm.questions.comparing import CompareRequest, answer
from cbm.render import COMPARE_RENDERERS
from tests.pages.rooms import ROOT

PAGE = "specs/comparisons/README.md"
_ANSWER = re.compile(r"(?<=```text\n)\$ cbm compare (\S+) ((?:[^-]\S* )+)((?:--as \S+ ?)+)\n.*?(?=```)", re.DOTALL)


def comparisons_page() -> str:
    """The page with the answer to each command that it shows."""
    return _ANSWER.sub(_answered, (ROOT / PAGE).read_text(encoding="utf-8"))


def _answered(shown: re.Match[str]) -> str:
    draft, models, places = shown[1], shown[2].split(), dict(re.findall(r"--as (\w+)=(\w+)", shown[3]))
    found = answer(CompareRequest(str(ROOT / draft), tuple(models), places))
    assert isinstance(found, ModelReport)
    return f"{shown[0].splitlines()[0]}\n{COMPARE_RENDERERS['text'](found)}"
