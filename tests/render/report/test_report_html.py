"""The page of findings: one file that fetches and runs nothing, inert whatever texts say, and open to every reader.

What a browser measures is measured here without one: inks on their grounds, headings, landmarks and what links lead to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from cbm.finding import Finding, RuleId, Severity
from cbm.records import replace
from cbm.render.markup import words
from cbm.render.report import report_html
from cbm.render.report.report_stylesheet import DARK, LIGHT, STYLE
from cbm.report import Report, Unread
from cbm.source import Source
from tests.render.maps.golden import strait
from tests.render.sample import CONFLICT, REDUNDANCY, REPORT, label

HOSTILE = "</title></style><script>alert(1)</script><img src=x onerror=alert(2)>\"'`<!--\u202e\x1b[2J"
VOID = ("meta", "br", "hr", "input")


class Elements(HTMLParser):
    """The elements of a page in their order, each with its attributes and those it stands in; and all that is text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None], tuple[str, ...]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs), tuple(self._open)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def named(self, *tags: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes, _ in self.found if tag in tags]


PAGE = report_html.render(REPORT)
ELEMENTS = Elements(PAGE)


def test_nothing_is_fetched_and_nothing_runs() -> None:
    (policy,) = [m["content"] for m in ELEMENTS.named("meta") if m.get("http-equiv") == "Content-Security-Policy"]
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline';")
    assert not ELEMENTS.named("script", "link", "img", "iframe", "object", "embed", "form", "base")
    assert "url(" not in STYLE
    assert "@import" not in STYLE
    for _, attributes, _ in ELEMENTS.found:
        assert not [name for name in attributes if name in ("src", "action", "style") or name.startswith("on")]
        assert (attributes.get("href") or "#").startswith("#")


def hostile() -> Report:
    """A report in which every word of an author tries to be markup."""
    source = Source(f"a{HOSTILE}.cbm", f'clause 1 "{HOSTILE}"\n  must report {HOSTILE}\n')
    found = replace(
        CONFLICT,
        message=HOSTILE,
        primary=label(source, "must report", HOSTILE),
        related=(label(source, "clause 1", HOSTILE),),
        whenever=HOSTILE,
        remedies=(HOSTILE,),
        notes=(HOSTILE,),
        background=(HOSTILE,),
    )
    return replace(REPORT, findings=(found,), background=(HOSTILE,), unread=(Unread(HOSTILE, HOSTILE),))


def test_hostile_words_are_text() -> None:
    elements = Elements(report_html.render(hostile()))
    assert {tag for tag, _, _ in elements.found} <= {tag for tag, _, _ in ELEMENTS.found}
    assert "<script>alert(1)</script>" in elements.text
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", elements.text)
    assert [name for _, attributes, _ in elements.found for name in attributes if name.startswith("on")] == []


def test_the_page_has_its_landmarks_and_a_way_past_the_head() -> None:
    assert ELEMENTS.named("html") == [{"lang": "en"}]
    for landmark in ("header", "main", "nav", "h1"):
        assert len(ELEMENTS.named(landmark)) == 1
    assert next(around for tag, _, around in ELEMENTS.found if tag == "title") == ("html", "head")
    assert [a["role"] for a in ELEMENTS.named("svg")] == ["img"]
    skip = next(attributes for tag, attributes, _ in ELEMENTS.found if tag == "a")
    assert skip["class"] == "skip"
    assert skip["href"] == f"#{ELEMENTS.named('main')[0]['id']}"
    for tag, _, around in ELEMENTS.found:
        assert tag not in ("section", "article", "nav") or "main" in around


def test_headings_go_down_by_one() -> None:
    levels = [int(tag[1]) for tag, _, _ in ELEMENTS.found if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("report", [REPORT, replace(REPORT, findings=(CONFLICT, replace(CONFLICT, message="again")))])
def test_what_is_named_is_there_once(report: Report) -> None:
    elements = Elements(report_html.render(report))
    names = [attributes["id"] for _, attributes, _ in elements.found if "id" in attributes]
    assert len(names) == len(set(names))
    targets = [(link["href"] or "").removeprefix("#") for link in elements.named("a")]
    targets += [a["aria-labelledby"] or "" for _, a, _ in elements.found if "aria-labelledby" in a]
    assert set(targets) <= set(names)
    assert len(elements.named("article")) == len(report.findings)


def test_maps_are_a_chapter_whose_cells_open_to_the_words_of_clauses() -> None:
    known = {name: replace(clause, wording="Say <b>so</b>.") for name, clause in strait().clauses.items()}
    page = report_html.render(REPORT, replace(strait(examples=True), clauses=known))
    elements = Elements(page)
    names = [attributes["id"] for _, attributes, _ in elements.found if "id" in attributes]
    assert len(names) == len(set(names))
    assert {(link["href"] or "")[1:] for link in elements.named("a")} <= set(names)
    assert "coverage" in names
    levels = [int(tag[1]) for tag, _, _ in elements.found if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert "</a>: Say &lt;b&gt;so&lt;/b&gt;." in page[page.index('class="cell"') :]
    assert "coverage" not in [attributes.get("id") for _, attributes, _ in ELEMENTS.found]


def luminance(colour: str) -> float:
    def linear(part: float) -> float:
        return float(part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)

    red, green, blue = (linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def pairs() -> Iterator[tuple[str, str, float]]:
    for ground in ("paper", "raised"):
        yield from ((ink, ground, 4.5) for ink in ("ink", "quiet", "link", "error", "warning", "note", "undecided"))
        yield from ((frame, ground, 3.0) for frame in ("focus", "frame"))
    yield "ink", "marked", 4.5


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_inks_can_be_read_on_their_grounds(colours: dict[str, str]) -> None:
    for ink, ground, least in pairs():
        assert contrast(colours[ink], colours[ground]) >= least, (ink, ground)


def test_the_worst_comes_first_and_is_listed_before_any_detail() -> None:
    worst = Finding(RuleId.GAP, Severity.ERROR, "The worst", label(Source("z.cbm", "x"), "x"))
    page = report_html.render(Report((REDUNDANCY, worst)))
    listed, told = page.split("</nav>")
    for part in (listed, told):
        assert part.index("The worst") < part.index(REDUNDANCY.message[1:])


def test_what_is_quoted_of_the_language_is_set_as_code() -> None:
    assert words("write `in place of 3.2` there") == "write <code>in place of 3.2</code> there"
    assert words("one ` only") == "one ` only"
