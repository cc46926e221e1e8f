"""JSON that is printed: the same object for whoever reads it, and nothing in it that steers what shows it."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from cbm.render import json_page as home
from cbm.render.json_page import json_page

HOSTILE = "\x1b[31m \x9b31m \u202egnp \u2066 ##[group] ##vso[task] \u2028 \\## \x7f"


def test_what_steers_a_terminal_or_a_log_is_spelt_out() -> None:
    page = json_page({"name": HOSTILE})
    assert json.loads(page) == {"name": HOSTILE}
    assert not set(page) & set("\x1b\x9b\u202e\u2066\u2028\x7f")
    assert "##" not in page


@given(words=st.text(alphabet=st.sampled_from('#[\\"a\x80\u202e\n海')))
def test_the_object_is_the_same(words: str) -> None:
    assert json.loads(json_page([words])) == [words]
    assert "##" not in json_page([words])


def test_every_object_goes_through_it() -> None:
    """Nothing else of the pages encodes an object for programs, so that none of them is active."""
    folder = Path(home.__file__).parent
    encoding = [path.name for path in folder.rglob("*.py") if "msgspec.json import encode" in path.read_text("utf-8")]
    assert encoding == ["json_page.py"]
