"""The page of a map: one file, without script or network, for the keyboard, for screen readers, in three languages."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from functools import cache
from html.parser import HTMLParser

import pytest

from cbm.outcomes.coverage_map import State
from cbm.outcomes.map_parts import Axis, Named, Scale, Value
from cbm.render.maps import MAP_RENDERERS
from cbm.render.maps.heat import look, orders
from cbm.render.maps.languages import FORCES, ORIGINS, STATES, WORDS, class_name, spans
from cbm.render.maps.marks import MARKS, sign_of
from cbm.render.maps.stylesheet import COLOURS, INK, PAPER, style
from cbm.render.markup import Markup, joined, tag
from cbm.translation.saying import in_english
from cbm.translation.speech import speaking
from tests.render.maps.golden import rendered, strait

VOID = {"meta", "input", "br"}


class Page(HTMLParser):
    """A page taken apart: elements with their attributes in order, and what is not closed as it was opened."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.path: list[str] = []
        self.wrong: list[str] = []
        self.inside: dict[int, list[str]] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {key: value or "" for key, value in attrs}))
        if tag not in VOID:
            self.path.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.path or self.path.pop() != tag:
            self.wrong.append(tag)

    def named(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]


@cache
def page() -> Page:
    return Page(rendered("html"))


# ---- one file


def test_what_is_opened_is_closed_and_names_are_unique() -> None:
    assert (page().path, page().wrong) == ([], [])
    ids = Counter(attributes["id"] for _, attributes in page().elements if "id" in attributes)
    assert [name for name, count in ids.items() if count > 1] == []


def test_it_needs_no_script_and_no_network() -> None:
    assert not {name for name, _ in page().elements} & {"script", "link", "img", "iframe", "object"}
    assert not any(key.startswith("on") or key == "src" for _, attributes in page().elements for key in attributes)
    addresses = re.findall(r"https?://[^\"' )]+", rendered("html"))
    assert set(addresses) <= {"http://www.w3.org/2000/svg"}
    assert "@import" not in rendered("html")
    assert "url(" not in rendered("html")


def test_every_link_leads_to_something_on_the_page() -> None:
    ids = {attributes["id"] for _, attributes in page().elements if "id" in attributes}
    links = [attributes["href"] for attributes in page().named("a")]
    assert [link for link in links if not link.startswith("#") or link[1:] not in ids] == []


def test_what_a_text_says_is_no_markup() -> None:
    assert joined("<b> & ", tag("i", '"x" <', title='a "b" <c>'), Markup("<br>")) == (
        '&lt;b&gt; &amp; <i title="a &quot;b&quot; &lt;c&gt;">"x" &lt;</i><br>'
    )


# ---- for everybody


def test_headings_go_down_step_by_step_from_one_title() -> None:
    levels = [int(name[1]) for name, _ in page().elements if re.fullmatch("h[1-6]", name)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_tables_have_captions_and_headings_say_what_they_head() -> None:
    tables, captions = page().named("table"), page().named("caption")
    assert len(tables) == len(captions) > 0
    assert {heading.get("scope") for heading in page().named("th")} == {"row", "col"}


def test_every_choice_has_a_label_and_every_group_a_legend() -> None:
    labels = {attributes["for"] for attributes in page().named("label")}
    assert {attributes["id"] for attributes in page().named("input")} == labels
    assert len(page().named("fieldset")) == len(page().named("legend"))
    groups = Counter(attributes["name"] for attributes in page().named("input") if "checked" in attributes)
    assert set(groups.values()) == {1}


def test_drawings_are_named_for_those_who_do_not_see_them() -> None:
    drawings = page().named("svg")
    ids = {attributes["id"] for attributes in page().named("title") if "id" in attributes}
    assert drawings
    assert all(one["role"] == "img" and one["aria-labelledby"] in ids for one in drawings)


def test_the_page_has_landmarks_a_language_and_a_way_past_what_is_always_there() -> None:
    names = [name for name, _ in page().elements]
    assert {"header", "nav", "main"} <= set(names)
    assert page().named("html") == [{"lang": "en"}]
    assert page().named("a")[0]["href"] == "#maps"


def luminance(colour: str) -> float:
    """Relative luminance as the accessibility guidelines (WCAG 2.2) define it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("name", "ground", "ink"), COLOURS.values())
def test_what_is_written_in_a_cell_can_be_read_on_its_colour(name: str, ground: str, ink: str) -> None:
    assert contrast(ground, ink) >= 4.5, name


def test_links_and_borders_can_be_seen() -> None:
    sheet = style(("en", "zh", "ja"), 1)
    link, outline = re.findall(r"a\{color:(#\w{6})", sheet)[0], re.findall(r"outline:3px solid (#\w{6})", sheet)[0]
    assert contrast(link, PAPER) >= 4.5
    assert contrast(INK, PAPER) >= 7
    assert contrast(outline, PAPER) >= 3
    assert contrast("#767676", PAPER) >= 3


def test_no_state_is_told_by_its_colour_alone() -> None:
    marked = [sign_of(cell) for layer in strait().layers for cell in layer.cells]
    assert set(marked) <= set(MARKS)
    assert len(MARKS) == len(COLOURS)
    assert {kind for _, kind in MARKS.values()} == set(COLOURS)


# ---- what it shows


def test_each_two_axes_that_tell_cells_apart_can_be_chosen() -> None:
    axes, (weapons, _, distance, _) = strait().axes, strait().layers
    assert orders(axes, weapons) == [(0, 1, 2), (0, 2, 1), (1, 2, 0)]
    assert orders(axes, distance) == [(0, 1, 2), (0, 2, 1), (1, 2, 0)]
    assert len([one for one in page().named("input") if one["name"] == "v0"]) == 3


def test_a_table_is_shown_where_there_are_no_axes_to_choose_from() -> None:
    told = MAP_RENDERERS["html"](strait(by="own.craft,other.craft"))
    assert 'class="view view-0"' in told
    assert 'name="v0"' not in told
    hiding = [before.rpartition("}")[2].strip() for before in told.split("{display:none}")[:-1]]
    assert [rule for rule in hiding if ".view" in rule] == ["section:has(>fieldset)>.view"]


def test_every_cell_opens_to_its_clauses_and_an_example_whichever_axes_are_chosen() -> None:
    links = Counter(one["href"] for one in page().named("a") if re.fullmatch(r"#c0-\d+", one["href"]))
    cells = strait(examples=True).layers[0].cells
    possible = [number for number, cell in enumerate(cells) if cell.state is not State.IMPOSSIBLE]
    assert {f"#c0-{number}" for number in possible} == set(links)
    assert set(links.values()) == {3}
    text = rendered("html")
    for number in possible:
        panel = text[text.index(f'id="c0-{number}"') :]
        panel = panel[: panel.index("</section>")]
        assert cells[number].witness is not None
        assert cells[number].witness.shown.words in panel.replace("&amp;", "&")  # type: ignore[union-attr]
        assert len(re.findall(r'href="#k\d+"', panel)) == len(cells[number].clauses)


def test_a_clash_in_a_cell_leads_to_where_it_is_told() -> None:
    assert '<a href="#x2-0">clauses 3.1 and 3.2 cannot both be complied with</a>' in rendered("html")


def test_cells_look_as_they_stand() -> None:
    told = {(cell.state, look(cell)) for layer in strait().layers for cell in layer.cells}
    assert (State.SILENT, "silent") in told
    assert (State.GOVERNED, "mixed") in told
    assert (State.GOVERNED, "binding") in told


# ---- languages


def test_the_page_itself_speaks_all_three_languages() -> None:
    for words in (*STATES.values(), *FORCES.values(), *ORIGINS.values(), *WORDS.values()):
        told = re.findall(r'class="l (\w\w)" lang="\1">([^<]+)<', spans(words))
        assert [code for code, _ in told] == ["en", "zh", "ja"]
        assert told[0][1] == in_english(words) not in (told[1][1], told[2][1])
    assert set(STATES) == set(State)


def test_names_are_shown_in_the_languages_of_the_vocabulary_and_in_english_where_it_has_none() -> None:
    text = rendered("html")
    assert '<span class="l zh" lang="zh">武器</span><span class="l ja" lang="ja">武器</span>' in text
    assert '<span class="l zh" lang="zh">单位种类（本方单位）</span>' in text
    assert '<span class="l en zh ja" lang="en">fires</span>' in text


def test_several_values_are_named_by_the_fewer_of_those_there_are_and_those_there_are_not() -> None:
    kinds = {"a": "甲", "b": "乙", "c": "丙", "d": ""}
    values = tuple(Value(Named(name, name, {"zh": title} if title else {})) for name, title in kinds.items())
    axis = Axis(Named("k", "k"), Scale.KIND, "k", None, values)

    def zh(*positions: int) -> str | None:
        found = re.search(r'class="l zh" lang="zh">([^<]*)<', class_name(axis, positions, "x"))
        return found and found[1]

    assert (zh(0, 1), zh(0, 1, 2, 3), zh(1, 2, 3), zh(3)) == ("甲、乙", "任意", "甲以外的任意值", None)


def test_a_page_in_another_language_has_its_labels_and_its_sentences_in_that_one_alone() -> None:
    with speaking("ja"):
        page = MAP_RENDERERS["html"](strait())
    assert '<html lang="ja">' in page
    assert "<legend>" not in page.split("<main", maxsplit=1)[0]
    assert 'class="l ' not in page
    assert "規定あり" in page
    assert "governed" not in re.sub(r'class="[^"]*"|<style>.*?</style>', "", page, flags=re.DOTALL)
