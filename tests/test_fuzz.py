"""From any text to a report and all its pages: texts that are cut, joined and strewn with what should not be there.

A text gives findings, or what asks for it is Misuse; no other exception comes, and pages steer nothing that shows them.
`HYPOTHESIS_PROFILE=nightly pytest tests/test_fuzz.py` tries many more, other ones each time.
"""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

import cbm
from cbm.finding import Misuse
from cbm.render import RENDERERS
from cbm.report import Report

SEED = """\
vocabulary strait "A strait"
party CN "China"
party JP
situation encounter
roles own, other
each
  party : party
  armed : flag
shared
  night : flag
  separation "separation" : length from 0 nmi to 20 nmi
topic signals
act call "calls" topic signals
act turn topic signals
term near means separation < 1 nmi
types by own.party
draft code "Code"
  uses strait
  between CN, JP
  proposed 2019-10-01
article 1 "One"
clause 1 "Call" every unit when night and not near must call
clause 2 each party must not call except while near # cbm: ignore[gap] because "known" until 2027-01-01
clause 3 every unit when night may turn
covers signals in every type of encounter
cases "Some" for code
case "night"
  given night and own.party is CN
  expect own must call
expect no conflict
"""
WORDS = sorted(set(re.findall(r"\w+|[^\w\s]", SEED)))
HOSTILE = (
    *("=cmd|' /C calc'!A0", "</script><script>x()</script>", "\n::set-output name=a::b\n", "##[group]", ";(exit)"),
    *(
        "\x1b]0;x\x07",
        "\u202e",
        "\x00",
        "\ud800",
        "9" * 60,
        "1e999",
        "(" * 60,
        '"',
        "[",
        "[[",
        "`",
        "\r",
        "\t",
        "∞",
        "海",
    ),
    *("0 m", "-1 nmi", "1/0", "2019-02-30", "25:00", "\u00a0", "\ufeff", "x" * 300, "#", "# cbm: ignore[", "```cbm\n"),
)
# What a page must not hold, but for what ends its lines.
ACTIVE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
COMMAND = re.compile(r"^[ \t]*::(?!(error|warning|notice) )[^:\s]|##\w*\[", re.MULTILINE)


@st.composite
def _texts(draw: st.DrawFn) -> str:
    """The seed with pieces taken away, doubled, moved, and others put in."""
    parts = re.findall(r"\w+|\s+|[^\w\s]", SEED)
    for _ in range(draw(st.integers(1, 6))):
        at, length = draw(st.integers(0, len(parts))), draw(st.integers(0, 30))
        piece = parts[at : at + length]
        put = draw(st.sampled_from((*WORDS, *HOSTILE)))
        match draw(st.sampled_from(("cut", "double", "put", "replace"))):
            case "cut":
                del parts[at : at + length]
            case "double":
                parts[at:at] = piece
            case "put":
                parts.insert(at, put)
            case _:
                parts[at : at + 1] = [put]
    return "".join(parts)


@settings(max_examples=max(10, (settings.default.max_examples if settings.default else 100) // 5))
@example("")
@example(SEED)
@given(text=_texts())
def test_any_text_is_told_of_in_pages_that_do_nothing(text: str) -> None:
    try:
        systems, findings = cbm.load_text(text)
    except Misuse:
        return
    reports = [Report(findings)]
    budget = cbm.Budget(steps=100_000)
    reports += (cbm.check(system, select=["conflict", "gap", "expectation"], budget=budget) for system in systems[:1])
    for report in reports:
        assert report.stopped == ""
        for name, render in RENDERERS.items():
            page = render(report)
            assert not ACTIVE.search(page), name
            assert name in ("html", "markdown") or not COMMAND.search(page), name
        assert "<script" not in RENDERERS["html"](report)
        written = RENDERERS["json"](report)
        assert RENDERERS["json"](Report.from_json(written)) == written


def test_the_seed_is_understood() -> None:
    systems, findings = cbm.load_text(SEED)
    assert (len(systems), findings) == (1, ())
