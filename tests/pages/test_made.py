"""Pictures and tables of the pages are what would be made of the code as it is."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from tests.pages import picture, terminal
from tests.pages.made import MADE
from tests.pages.rooms import ROOT, Plan, Room, plan


@pytest.mark.parametrize("name", MADE)
def test_it_is_what_would_be_made_now(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == MADE[name](), "`python -m tests.golden` makes it anew"


def test_every_import_follows_from_the_steps_shown() -> None:
    reached: dict[str, frozenset[str]] = {}
    for name in sorted(plan().imports, key=lambda name: plan().floors[name]):
        steps = plan().steps[name]
        reached[name] = steps.union(*(reached[step] for step in steps))
        assert plan().imports[name] <= reached[name]


def test_a_room_stands_above_all_that_it_imports() -> None:
    floors = picture.lifted(plan())
    assert all(floors[name] > floors[other] for name, others in plan().imports.items() for other in others)


def test_a_step_that_others_stand_for_is_not_drawn() -> None:
    rooms = tuple(Room(name, is_folder=True, says="") for name in "abc")
    small = Plan(rooms, {"a": frozenset("bc"), "b": frozenset("c"), "c": frozenset()})
    assert small.steps == {"a": frozenset("b"), "b": frozenset("c"), "c": frozenset()}
    assert picture.draw(small).count('class="step"') == 2


def test_nothing_overlaps() -> None:
    tree = ET.fromstring(picture.draw(plan()))
    boxes = [
        tuple(float(box.attrib[key]) for key in ("x", "y", "width"))
        for box in tree.iter("{http://www.w3.org/2000/svg}rect")
        if "class" in box.attrib
    ]
    assert len(boxes) == len(plan().rooms)
    for x, y, width in boxes:
        assert not [1 for other, same, _ in boxes if same == y and x < other < x + width]


def test_the_words_of_a_terminal_keep_their_columns_and_colours() -> None:
    drawn = terminal.draw("cbm", "\x1b[1;31merror\x1b[0m: a <b\n  c\n")
    words = ["".join(text.itertext()) for text in ET.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")]
    assert words == ["$ cbm", "error", ": a <b", "c"]
    assert 'class="b" style="fill:#ff8a80">error' in drawn
    left = terminal.MARGIN + 2 * terminal.LETTER
    assert f'<text x="{left}"' in drawn.splitlines()[-2]
