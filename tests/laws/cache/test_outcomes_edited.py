"""Laws: whatever was kept of other versions of a text, it is told byte for byte as when nothing is kept.

Each thing that what is kept rests on is edited.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cbm import run
from cbm.render import RENDERERS
from cbm.translation.speech import Language, speaking

NIGHTLY = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"

TEXT = """\
vocabulary bay "A bay"
party CN "China"
party JP "Japan" ja "日本"
kind craft = frigate | tanker
situation encounter
roles own, other
each
  party : party
  craft : craft
shared
  fog "it is foggy" otherwise "the air is clear" : flag
  range "distance at first sight" : length from 0 m to 20 nmi
axiom "fog is near" not (fog and range > 10 nmi)
topic talk
topic separation
act call "calls the other unit" topic talk
act wave "waves to the other unit" topic talk
result separation "closest distance" : length from 0 m to 20 nmi topic separation
channel phone "a line" between CN, JP
  for talk
  operational from 2018-06-01
channel radio "a radio" between CN, JP
  for talk
  operational from 2022-01-01
vocabulary bay_ja "The words of the bay"
titles ja for bay
  fog "霧が出ている" otherwise "晴れている"
instrument older "An older text"
  uses bay
  between CN, JP
  rank treaty
  in force 2010-01-01
clause 7 a frigate must keep separation >= 500 m
draft code "A code"
  uses bay, bay_ja
  between CN, JP
  rank political
  proposed 2019-10-01
  status track2 from 2019-10-01
  beside older
covers talk in every type of encounter when fog
open term berth "a wide berth" : length from 200 m to 2 nmi
clause 1 a frigate must keep separation <= 300 m
  text en "A frigate keeps within 300 metres." ja "300メートル以内を保つ。"
clause 2 a frigate when range < 5 nmi must call through phone
clause 3 a frigate when [fog | not fog] must not call
clause 4 a tanker may keep separation < 200 m
  in place of 5
clause 5 a tanker must keep separation >= berth
clause 6 a tanker must not wave
  subject to 8
clause 8 a tanker when other.call must wave
cases "Meetings" for code
case "they meet in fog" as of 2020-06-01
  given own.craft is frigate and fog and range > 2 nmi
  expect agreement-conflict 1, 7 of older
  expect possible own.wave
"""
EDITS = {
    "a number": ("range < 5 nmi", "range < 6 nmi"),
    "a number of another text": (">= 500 m", ">= 200 m"),
    "a duty that becomes advice": ("must keep separation <= 300 m", "should keep separation <= 300 m"),
    "a permission that becomes a duty": ("may keep separation < 200 m", "must keep separation < 200 m"),
    "what a clause asks for": ("must not wave", "must not call"),
    "whom a clause is about": ("6 a tanker", "6 a frigate"),
    "a quoted word": ("keeps within 300 metres.", "stays within 300 metres."),
    "a quoted figure": ("within 300 metres.", "within 900 metres."),
    "a title of the draft": ('"A code"', '"Another code"'),
    "a title of another text": ('"An older text"', '"A text of before"'),
    "a clause added": ("clause 8 ", "clause 9 a frigate when fog must wave\nclause 8 "),
    "a clause removed": ("clause 6 a tanker must not wave\n  subject to 8\n", ""),
    "a clause moved": (
        "clause 6 a tanker must not wave\n  subject to 8\nclause 8 a tanker when other.call must wave\n",
        "clause 8 a tanker when other.call must wave\nclause 6 a tanker must not wave\n  subject to 8\n",
    ),
    "a clause with another label": ("subject to 8\nclause 8 ", "subject to 10\nclause 10 "),
    "a number of an axiom": ("range > 10 nmi", "range > 1 nmi"),
    "an axiom less": ('axiom "fog is near" not (fog and range > 10 nmi)\n', ""),
    "a title of an axiom": ('"fog is near"', '"fog is thick"'),
    "a title of a word": ("it is foggy", "there is fog"),
    "a title of an act": ("calls the other", "hails the other"),
    "a title of a topic": ("talk\ntopic separation", 'talk "talking"\ntopic separation'),
    "a title in a file of titles": ("霧が出ている", "霧である"),
    "where a promise holds": ("encounter when fog", "encounter when not fog"),
    "what is promised": ("covers talk", "covers separation"),
    "a promise less": ("covers talk in every type of encounter when fog\n", ""),
    "which clause yields": ("subject to 8", "notwithstanding 8"),
    "which clause stands in whose place": ("in place of 5", "in place of 6"),
    "nothing in place of it": ("  in place of 5\n", ""),
    "a date of another text": ("in force 2010-01-01", "in force 2030-01-01"),
    "a day later": ("in force 2010-01-01", "in force 2010-01-02"),
    "a date of the draft": ("proposed 2019-10-01", "proposed 2018-03-01"),
    "a status": ("status track2", "status political"),
    "a date of a status": ("track2 from 2019-10-01", "track2 from 2021-10-01"),
    "a rank": ("rank treaty", "rank political"),
    "a date of a channel": ("operational from 2018-06-01", "operational from 2022-06-01"),
    "another channel": ("through phone", "through radio"),
    "what a channel is called": ('"a line"', '"a wire"'),
    "a channel more": ("through phone", "through phone, radio"),
    "an option": ("[fog | not fog]", "[fog | range < 2 nmi]"),
    "an option less": ("[fog | not fog]", "fog"),
    "readings of an open term": ("from 200 m to 2 nmi", "from 600 m to 2 nmi"),
    "parties in another order": ("between CN, JP\n  rank political", "between JP, CN\n  rank political"),
    "what stands beside": ("  beside older\n", ""),
    "what a case gives": ("own.craft is frigate and fog and", "own.craft is tanker and fog and"),
    "what a case expects": ("expect possible own.wave", "expect possible own.call"),
    "another clash expected": ("agreement-conflict 1, 7", "agreement-conflict 2, 7"),
    "a title of a case": ('"they meet in fog"', '"they meet"'),
    "a date of a case": ("as of 2020-06-01", "as of 2009-06-01"),
    "kinds in another order": ("frigate | tanker", "tanker | frigate"),
    "values of a result": ('distance" : length from 0 m', 'distance" : length from 100 m'),
    "a figure of what is allowed": ("may keep separation < 200 m", "may keep separation < 600 m"),
    "a ban on what is owed elsewhere": ("must not wave", "must wave"),
    "a remark": ("clause 2 ", "# a remark\nclause 2 "),
    "a comment that hides": ("clause 2 ", "# cbm: ignore[conflict] because it is known\nclause 2 "),
}


def page(
    text: str,
    cache: Path | None,
    day: date | None = None,
    status: str | None = None,
    rules: tuple[str, ...] = (),
    language: Language = "en",
) -> str:
    """The report of the text, wherever it stands."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "code.cbm")
        path.write_text(text, encoding="utf-8")
        with speaking(language):
            report = run([path], cache=cache, as_of=day, as_status=status, select=rules)
            return RENDERERS["json"](report).replace(path.parent.name, "")


@st.composite
def versions(draw: st.DrawFn) -> str:
    """The text with some edits, each made if its words still stand there."""
    text = TEXT
    for old, new in draw(st.lists(st.sampled_from(list(EDITS.values())), max_size=3, unique=True)):
        text = text.replace(old, new)
    return text


TERMS = st.fixed_dictionaries(
    {},
    optional={
        "day": st.sampled_from([date(2009, 1, 1), date(2018, 3, 1), date(2022, 1, 1)]),
        "status": st.sampled_from(["treaty", "political"]),
        "rules": st.sampled_from([("conflict",), ("gap", "expectation")]),
        "language": st.sampled_from(["ja", "zh"]),
    },
)


@settings(max_examples=60 if NIGHTLY else 1)
@given(st.lists(st.tuples(versions(), TERMS), min_size=2, max_size=3 if NIGHTLY else 2))
def test_whatever_was_kept_the_same_is_told(told: list[tuple[str, dict[str, object]]]) -> None:
    with TemporaryDirectory() as folder:
        for text, terms in told:
            assert page(text, Path(folder), **terms) == page(text, None, **terms)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache that knows the text as it stands."""
    folder = tmp_path_factory.mktemp("kept")
    page(TEXT, folder)
    return folder


@pytest.mark.parametrize("edit", EDITS if NIGHTLY else list(EDITS)[1::16])
def test_an_edit_is_told_as_when_nothing_is_kept(edit: str, kept: Path) -> None:
    text = TEXT.replace(*EDITS[edit])
    assert page(text, kept) == page(text, None)


def test_a_title_in_a_file_of_titles_is_told(kept: Path) -> None:
    text = TEXT.replace(*EDITS["a title in a file of titles"])
    before, after = (page(one, kept, language="ja", rules=("conflict",)) for one in (TEXT, text))
    assert after == page(text, None, language="ja", rules=("conflict",)) != before
