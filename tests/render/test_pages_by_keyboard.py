"""Pages of judgements and cards by keyboard, and to those who hear them; in a browser, if there is one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

import cbm
from cbm.render import CARDS_RENDERERS
from cbm.render.judgement import JUDGEMENT_RENDERERS
from tests import recorded
from tests.questions.test_dealing import written
from tests.serve.browser import CHROMIUM, Browser

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium")
# Everything that is to be reached, in the order of the page; of choices that exclude each other the one that is made.
PLACES = """\
window.places = [...document.querySelectorAll('summary, a[href], button, input:not([type=radio]), input:checked')];
places.map(place => place.tagName)"""
REACHED = "places.indexOf(document.activeElement)"
OPEN, CHOSEN = "document.activeElement.parentElement.open", "document.querySelector('input:checked').id"
HEADINGS = "[...document.querySelectorAll('h1, h2, h3, h4, h5')].map(heading => Number(heading.tagName[1]))"
IDS = "[...document.querySelectorAll('[id]')].map(one => one.id)"
# Without a name these are heard as what they are, and no more.
NAMED = {"link", "button", "radio", "DisclosureTriangle", "image", "img", "graphics-document", "heading", "region"}
CODES = {"Tab": 9, "Enter": 13, "ArrowDown": 40}


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    browser = Browser(tmp_path_factory.mktemp("profile"))
    yield browser
    browser.end()


def judgement(folder: Path) -> str:
    files = recorded.crossing(acts=False).write(folder, 20)
    return JUDGEMENT_RENDERERS["html"](cbm.judge(files["tracks"], ["colregs"], mapping=files["mapping"]))


def cards(folder: Path) -> str:
    return CARDS_RENDERERS["html"](cbm.cards(written(folder)))


@pytest.mark.parametrize("made", [judgement, cards])
def test_everything_is_reached_by_keys_and_has_a_name(
    made: Callable[[Path], str], browser: Browser, tmp_path: Path
) -> None:
    (page := tmp_path / "page.html").write_text(made(tmp_path), encoding="utf-8")
    browser.open(page.as_uri())
    browser.until(f"location.href === '{page.as_uri()}' && document.readyState === 'complete'")
    places = browser.run(PLACES)
    for number, _ in enumerate(places):
        press(browser, "Tab")
        assert browser.run(REACHED) == number
    press(browser, "Tab")
    assert browser.run(REACHED) == -1  # nothing holds who wants to leave the page
    for kind, key, state in (("SUMMARY", "Enter", OPEN), ("INPUT", "ArrowDown", CHOSEN)):
        if kind in places:
            browser.run(f"places[{places.index(kind)}].focus()")
            before = browser.run(state)
            press(browser, key)
            assert browser.run(state) != before
    heard = [node for node in browser.ask("Accessibility.getFullAXTree")["nodes"] if not node["ignored"]]
    roles = [node["role"]["value"] for node in heard if not node.get("name", {}).get("value")]
    assert NAMED.isdisjoint(roles)
    levels = browser.run(HEADINGS)
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    ids = browser.run(IDS)
    assert len(ids) == len(set(ids))
    assert browser.run("document.documentElement.lang") == "en"
    assert browser.complaints == []


def press(browser: Browser, key: str) -> None:
    written = {"text": "\r"} if key == "Enter" else {}
    for kind in ("keyDown", "keyUp"):
        parameters = {"type": kind, "key": key, "code": key, "windowsVirtualKeyCode": CODES[key], **written}
        browser.ask("Input.dispatchKeyEvent", **parameters)
