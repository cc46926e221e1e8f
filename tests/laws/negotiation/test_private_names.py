"""Law: what a delegation calls things in its own file changes no byte of what is printed."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from cbm.outcomes.state_of_play import StateOfPlay
from cbm.questions.negotiating import OpenText, take_stock
from cbm.render.options import STATE_RENDERERS
from tests.laws.bracketed import WORLD
from tests.laws.sparing import sparingly

TEXT = f"""{WORLD}clause 1 every unit must keep gap >= [d A: 100 m | B: 600 m]
clause 2 every unit must keep gap <= [A: 500 m | B: 700 m]
"""
words = st.text(st.sampled_from("abkz 中-'"), min_size=1, max_size=12).map(str.strip).filter(bool)


def pages(titles: list[str], limit: int, file: str) -> dict[str, str]:
    """What is printed of a private file with these titles and remarks."""
    own = f"""wish 2 is B  # {titles[0]}
cases "{titles[1]}" for text
case "{titles[2]}"  # {titles[3]}
  given not own.alert
  expect never gap > {limit} m
"""
    with TemporaryDirectory() as folder:
        draft, private = Path(folder, "text.cbm"), Path(folder, f"{file}.cbm")
        draft.write_text(TEXT)
        private.write_text(own)
        found = take_stock(OpenText(draft, delegation="A", private=private))
    assert isinstance(found, StateOfPlay)
    printed = (
        draft.parent.name,
        draft.parent.name.replace("_", r"\_"),
    )  # it is random, and Markdown escapes some letters of it
    return {
        kind: render(found, "A").replace(printed[0], "").replace(printed[1], "")
        for kind, render in STATE_RENDERERS.items()
    }


@sparingly(25)
@given(st.lists(words, min_size=4, max_size=4), st.sampled_from((550, 650)), st.sampled_from(("own", "zz")))
def test_pages_do_not_depend_on_names(titles: list[str], limit: int, file: str) -> None:
    assert pages(titles, limit, file) == pages(["one", "two", "three", "four"], limit, "file")
