"""Empty figures of a text, `[__ from 1 nmi to 5 nmi]`, as the open terms that they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from cbm.core.sorts import Dimension
from cbm.core.units import DIMENSION_POWERS
from cbm.finding import RuleId
from cbm.records import parts
from cbm.resolve.faults import fault, wrong_type
from cbm.resolve.labels import full_label
from cbm.resolve.quantities.quantity_arithmetic import Rows
from cbm.syntax import ast
from cbm.translation.saying import mark, say

_THE_TEXT = mark("the text")  # what a figure belongs to that stands in no clause
_ALONE = mark("the empty figure of {label}")


def named_figures(document: ast.Document) -> Iterator[tuple[ast.Name, str, ast.EmptyFigure]]:
    """Each empty figure of a text with its name, and what readers call it.

    One without a name is called by its clause, in words no name has.
    """
    places: dict[int, tuple[str, ast.EmptyFigure]] = {}  # each once, however many wordings it stands in
    article = ""
    for statement in document.statements:
        if isinstance(statement, ast.ArticleHeading):
            article = statement.label
        label = getattr(statement, "label", None)
        for figure in _figures(statement):
            places.setdefault(figure.span.start, (full_label(article, label) if label else _THE_TEXT, figure))
    several = Counter(label for label, figure in places.values() if figure.name is None)
    before: Counter[str] = Counter()
    for _, (label, figure) in sorted(places.items()):
        if figure.name is not None:
            yield figure.name, figure.name.text, figure
            continue
        before[label] += 1
        where = {"label": say(_THE_TEXT) if label == _THE_TEXT else label}
        if several[label] == 1:
            yield ast.Name(f"the empty figure of {label}", span=figure.span), say(_ALONE, **where), figure
            continue
        name = ast.Name(f"empty figure {before[label]} of {label}", span=figure.span)
        yield name, say("empty figure {number} of {label}", number=before[label], **where), figure


def open_term_of(
    name: ast.Name, figure: ast.EmptyFigure, quantity: Callable[[ast.Expression], Rows]
) -> ast.OpenTermNode:
    """The declaration that a figure stands for; `quantity` tells what the ends of its range are.

    Fault where it is an angle, or nothing is open.
    """
    low, high = (quantity(end)[0][1] for end in (figure.low, figure.high))
    if low.powers == high.powers and low.sum == high.sum:
        message = say("both ends of this empty figure are the same, so nothing is open")
        raise wrong_type(figure.span, message, say("write `{text}` in its place", text=figure.low.span.text))
    if low.powers == DIMENSION_POWERS[Dimension.ANGLE]:
        message = say("an angle cannot be left as an empty figure")
        remedy = say(
            "write those that are thought of: `[{low} | {high}]`",
            low=figure.low.span.text,
            high=figure.high.span.text,
        )
        raise wrong_type(figure.span, message, remedy)
    dimension = next((d.value for d in Dimension if DIMENSION_POWERS[d] == low.powers), "")
    sort = ast.SortSyntax(ast.Name(dimension, span=figure.low.span), figure.low, figure.high, span=figure.span)
    return ast.OpenTermNode(name, (), sort, per_party=False, nameless=figure.name is None, span=figure.span)


def check_same(name: ast.Name, figure: ast.EmptyFigure, first: ast.EmptyFigure) -> None:
    """Fault where two figures of one name have different ranges."""
    said, before = ((f.low.span.text.split(), f.high.span.text.split()) for f in (figure, first))
    if said != before:
        message = say(
            "`{name}` has another range where it stands first: {first}", name=name.text, first=first.span.text
        )
        remedies = (say("write the same range, or give it another name"),)
        raise fault(RuleId.DUPLICATE, figure.span, message, remedies=remedies)


def _figures(thing: Any) -> Iterator[ast.EmptyFigure]:
    if isinstance(thing, ast.EmptyFigure):
        yield thing
    elif isinstance(thing, tuple):
        for part in thing:
            yield from _figures(part)
    elif isinstance(thing, ast.Node):
        for part in parts(thing):
            yield from _figures(part)
