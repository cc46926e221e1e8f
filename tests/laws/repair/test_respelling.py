"""Laws: a text with slips of form and spelling is mended to what was meant, and each fix mends its own slip alone."""

from __future__ import annotations

import re
from collections import Counter
from functools import partial
from pathlib import Path

from hypothesis import assume, example, given
from hypothesis import strategies as st

from cbm.files import Library, read_library
from cbm.pipeline import run
from cbm.process.budget import Budget, within
from cbm.repair.respelling import Texts, without_slips
from cbm.source import Source, edited
from cbm.syntax.parse import mends, parse
from tests.laws.sparing import sparingly

PATH = Path("strait.cbm").resolve()
WORLD = """\
vocabulary strait "A strait"
party CN "China"
party JP "Japan"
kind craft = frigate | tanker | helicopter
situation encounter "Encounter"
roles own, other
each
  party : party
  craft : craft
  speed "speed" : speed
shared
  night "it is night" : flag
  visibility "visibility" : length
axiom "two sides" own.party is not other.party
topic manoeuvre
result separation "distance" : length topic manoeuvre
act hold_course, turn, call topic manoeuvre
"""
CODE = """\
draft code "A code, “so called”"  # １，０００ metres。
  uses strait
  between CN, JP
clause 1 "Ａ ‘title’" every unit must keep separation >= 1,000 m
# a remark，with a hepilcopter
clause 2 a tanker when night and visibility < 2 nmi must hold_course
  unless own.speed > 10 kt
clause 3 a helicopter meeting a frigate must not call, turn
"""
# What is written for what, wherever it stands outside texts in quotes and comments.
OTHERWISE = [
    (r">=", ["≥", "＞＝", "≧"]),
    (r"(?<= )<(?= )", ["＜"]),
    (r"1,000", ["１，０００", "１,０００", "1，000"]),
    (r"(?<=\d )m\b", ["metres", "Meter", "米", "ｍ"]),
    (r"(?<=\d )nmi\b", ["NM", "nautical miles", "海里", "Nmi"]),
    (r"(?<=\d )kt\b", ["knots", "KT", "ノット"]),
    (r"(?<=[A-Za-z]), (?=turn|JP)", ["， ", "、 ", "，", "、"]),
    (r"(?<=course)$|(?<=kt)$|(?<=turn)$", ["。", ";", "．"]),
    (r"(?<=every unit must keep )separation", ["seperation", "separaton", "separatoin", "Separation"]),
    (r"hold_course", ["hold_corse", "hold_coursee", "Hold_Course"]),
    (r"helicopter", ["hellicopter", "helicoptre"]),
    (r"unless", ["unles", "ｕｎｌｅｓｓ"]),
]
PLACES = [
    (found.start(), found.end(), instead)
    for words, instead in OTHERWISE
    for found in re.finditer(words, CODE, re.MULTILINE)
    if "#" not in CODE[CODE.rfind("\n", 0, found.start()) + 1 : found.start()]
]


def may_mean_something_else(text: str) -> bool:
    """Whether a word that nobody knows stands behind a semicolon: it may be who is bound in a sentence of its own."""
    return ";\n  unles " in text


@st.composite
def with_slips(draw: st.DrawFn) -> str:
    """The text with some slips."""
    chosen = draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=5, unique_by=lambda place: place[:2]))
    text = CODE
    for start, end, instead in sorted(chosen, reverse=True, key=lambda place: place[:2]):
        text = text[:start] + draw(st.sampled_from(instead)) + text[end:]
    assume(not may_mean_something_else(text))
    return text


def read(texts: Texts, text: str) -> Library:
    return read_library([PATH], unsaved={PATH: text, **texts})


def messages(text: str) -> Counter[str]:
    return Counter(one.message for one in parse(Source("strait.cbm", text))[1])


def told(text: str) -> Counter[str]:
    return Counter(one.message for one in run([PATH], select=["syntax"], unsaved={PATH: text}).findings)


BEHIND_A_SEMICOLON = CODE.replace("hold_course\n  unless", "hold_course;\n  ｕｎｌｅｓｓ")


@sparingly(10)
@example(code=BEHIND_A_SEMICOLON, ends="\n")
@given(code=with_slips(), ends=st.sampled_from(["\n", "\r\n"]))
def test_what_was_meant_is_written_and_all_else_is_as_it_was(code: str, ends: str) -> None:
    text, meant = ((WORLD + words).replace("\n", ends) for words in (code, CODE))
    assert told(text)
    done = without_slips(partial(read, text=text), lambda _: True)
    assert dict(done.texts) == {PATH: meant}
    assert not told(meant)


@sparingly(8)
@given(code=with_slips())
def test_each_fix_alone_removes_its_message_and_brings_no_new_one(code: str) -> None:
    source = Source("strait.cbm", WORLD + code)
    before = messages(source.text)
    for one in mends(source):
        if one.lexical:
            after = messages(edited(source, [one.edit]))
            assert after == before - Counter([one.finding.message]), one.edit


def test_a_run_that_was_told_to_stop_reads_nothing_more() -> None:
    def read(texts: Texts) -> Library:
        raise AssertionError(f"read again: {texts}")

    stopped = Budget()
    stopped.stop("it was cancelled")
    with within(stopped):
        assert without_slips(read, lambda _: True).fixes == ()
