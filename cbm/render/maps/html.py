"""Map to one HTML file without network or script: choices are made by radio buttons, and cells open as targets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cbm.outcomes.coverage_map import CoverageMap, State
from cbm.outcomes.map_parts import Clause
from cbm.render.columns import visible
from cbm.render.maps.heat import VIEWS, bearer_of, clause_links, example, section
from cbm.render.maps.languages import MODALITIES, STATES, named, offered, spans, state_label, word
from cbm.render.maps.map_words import asymmetry_words, count, excepted_words, reading, title
from cbm.render.maps.marks import MARKS, meaning
from cbm.render.maps.stylesheet import COLOURS, style
from cbm.render.markup import Markup, joined, tag
from cbm.render.translated_page import html_document
from cbm.translation.saying import say
from cbm.translation.speech import spoken

_STATES = tuple(state for state in STATES if state not in (State.IMPOSSIBLE, State.OUTSIDE))


def render(drawn: CoverageMap) -> str:
    """The page, with a line break at its end."""
    return html_document(
        title(drawn),
        style(tuple(offered()), VIEWS),
        tag("a", word("skip"), href="#maps", class_="skip"),
        tag("header", tag("h1", title(drawn)), _said(word("map"), reading(drawn)), *_languages()),
        _contents(drawn),
        tag("main", *main_parts(drawn), id="maps"),
    )


def main_parts(drawn: CoverageMap) -> list[Markup]:
    """The maps with what explains them: a page by themselves, or a chapter of another one."""
    sections = [section(drawn, layer, number) for number, layer in enumerate(drawn.layers)]
    return [_overview(drawn), _legend(drawn), *sections, *_beside(drawn)]


def _said(what: Markup, words: str) -> Markup:
    return tag("p", what, say(": {sentence}.", sentence=words))


def _languages() -> Iterator[Markup]:
    """The choice of a language, where there is one."""
    options: list[Markup] = []
    for code, name in offered().items():
        checked = "checked" if code == spoken() else None
        button = tag("input", type="radio", name="lang", id=f"lang-{code}", checked=checked)
        options.append(tag("span", button, tag("label", name, for_=f"lang-{code}", lang=code), class_="choice"))
    if options:
        yield tag("fieldset", tag("legend", word("language")), *options)


def _contents(drawn: CoverageMap) -> Markup:
    links = [(f"m{n}", joined(named(layer.named), bearer_of(drawn, layer))) for n, layer in enumerate(drawn.layers)]
    links += [(f"b-{key}", word(key)) for key in _keys(drawn)]
    items = (tag("li", tag("a", words, href=f"#{place}")) for place, words in links)
    return tag("nav", tag("h2", word("contents")), tag("ul", *items), aria_label=say("contents"))


def _overview(drawn: CoverageMap) -> Markup:
    shown = [state for state in _STATES if any(count(layer, state) for layer in drawn.layers)]
    heads = [
        tag("th", word("promised"), scope="col"),
        *(tag("th", spans(state_label(s, drawn.hinges)), scope="col") for s in shown),
    ]
    rows = [tag("tr", tag("td", class_="corner"), *heads)]
    for number, layer in enumerate(drawn.layers):
        link = tag("a", named(layer.named), bearer_of(drawn, layer), href=f"#m{number}")
        numbers = (layer.promised, *(count(layer, state) for state in shown))
        told = (tag("td", f"{n:,}", class_="number") for n in numbers)
        rows.append(tag("tr", tag("th", link, scope="row"), *told))
    table = tag("table", tag("caption", word("types")), tag("tbody", *rows))
    return tag("section", tag("h2", word("overview"), id="overview"), tag("div", table, class_="wide"))


def _legend(drawn: CoverageMap) -> Markup:
    items: list[Markup] = []
    for sign, (_, state) in MARKS.items():
        ground = COLOURS[state][0]
        items.append(
            tag(
                "li",
                tag("span", sign.strip() or "\N{NO-BREAK SPACE}", class_=f"key {ground}", aria_hidden="true"),
                spans(meaning(sign, drawn.hinges)),
            )
        )
    return tag("section", tag("h2", word("legend")), tag("ul", *items, class_="legend"))


def _keys(drawn: CoverageMap) -> list[str]:
    """What stands below the layers, as far as there is something."""
    held = {
        "clauses": drawn.clauses,
        "exceptions": drawn.excepted,
        "parties": drawn.asymmetries,
        "unspoken": drawn.silent_topics,
        "notes": drawn.notes,
    }
    return [key for key, inside in held.items() if inside]


def _beside(drawn: CoverageMap) -> Iterator[Markup]:
    told = {
        "clauses": [_clause(place, clause) for place, clause in enumerate(drawn.clauses.values())],
        "exceptions": [tag("li", excepted_words(e)) for e in drawn.excepted],
        "parties": list(_parties(drawn)),
        "unspoken": [tag("li", named(topic)) for topic in drawn.silent_topics],
        "notes": [tag("li", note) for note in drawn.notes],
    }
    for key in _keys(drawn):
        yield tag("section", tag("h2", word(key), id=f"b-{key}"), tag("ul", *told[key]))


def _parties(drawn: CoverageMap) -> Iterator[Markup]:
    for place, asymmetry in enumerate(drawn.asymmetries):
        shown = [] if asymmetry.witness is None else [example(asymmetry.witness, f"p{place}")]
        link = clause_links((asymmetry.clause,), drawn.clauses)
        yield tag("li", link, say(": {words}", words=asymmetry_words(asymmetry)), *shown)


def _clause(place: int, clause: Clause) -> Markup:
    title_ = f" {clause.title}" if clause.title else ""
    at = f" ({visible(clause.place.span.source.name)}:{clause.place.span.begin[0]})" if clause.place else ""
    kind = say(": {modality}, {strength}", modality=say(MODALITIES[clause.modality]), strength=clause.strength)
    parts: Sequence[str] = [tag("strong", clause.name), title_, kind]
    wording = [tag("br"), clause.wording] if clause.wording else []
    return tag("li", *parts, at, *wording, id=f"k{place}")
