"""Open terms: from what is declared of their readings to a variable, and to what a text says with them."""

from __future__ import annotations

from collections.abc import Callable

from cbm.core.expressions import TRUE, Does, Expr, Flag, IsIn, conjunction, disjunction
from cbm.core.linear import of_variable
from cbm.core.meanings import Meaning, Quantity
from cbm.core.norms import Citation, OpenTerm
from cbm.core.roles import rotate
from cbm.core.sorts import FLAG, Dimension, KindSort, Sort
from cbm.core.units import DIMENSION_POWERS
from cbm.core.variables import Reading, Variable
from cbm.core.viewpoints import seen
from cbm.finding import RuleId
from cbm.resolve.faults import fault, suggestion, undefined, wrong_type
from cbm.resolve.names.scope import Opened, Scope
from cbm.resolve.names.titles import called
from cbm.resolve.quantities.declared_ranges import range_of
from cbm.resolve.quantities.quantity_arithmetic import Rows, unlike
from cbm.syntax import ast
from cbm.translation.listing import listed
from cbm.translation.saying import say


def opened(
    scope: Scope,
    declaration: ast.OpenTermNode,
    quantity: Callable[[ast.Expression], Rows],
    meaning_of: Callable[[str, ast.Name], Meaning | None],
) -> tuple[Opened, Meaning]:
    """The term, and what is said with it from the viewpoint of role 0.

    `quantity` tells what an end of its range is, `meaning_of` what a term means that is one of its readings.
    """
    if isinstance(declaration.readings, ast.SortSyntax):
        return _of_range(scope, declaration, declaration.readings, quantity)
    return _of_names(scope, declaration, declaration.readings, meaning_of)


def as_read(term: Opened, role: int, reader: int, name: ast.Name, roles: int) -> Expr:
    """The condition that the term stands for, said of a role, in the reading of the party of another one."""
    if any(meaning is None for _, meaning in term.readings):
        message = say("`{text}` is a value that several attributes may have: say which is meant", text=name.text)
        raise wrong_type(name.span, message, say("write, for example, `own.… is {text}`", text=name.text))
    return _read_as_some(term, role, reader, roles)


def has_value(term: Opened, reader: int, variable: Variable, sort: KindSort, name: ast.Name) -> Expr:
    """That a variable has the value which the term stands for."""
    values = [reading for reading, _ in term.readings]
    if not values or not set(values) <= set(sort.members):
        unknown = next((value for value in values if value not in sort.members), "")
        how = say("`{unknown}`, one of its readings, is none", unknown=unknown) if unknown else say("it is a quantity")
        message = say("`{text}` stands for no value of `{kind}`: {how}", text=name.text, kind=sort.name, how=how)
        raise wrong_type(name.span, message)
    return disjunction(*(conjunction(_is_read_as(term, reader, value), IsIn(variable, (value,))) for value in values))


def reading_is(term: Opened, reader: int, named: ast.Path) -> Expr:
    """That a party reads the term as one of its names."""
    name = term.term.name
    if not term.readings:
        raise wrong_type(
            named.span,
            say("`{name}` is a quantity, and is read as no name", name=name),
            say("compare it: `{name} >= …`", name=name),
        )
    text, known = named.in_names, [reading for reading, _ in term.readings]
    if text not in known:
        message = say("`{text}` is no reading of `{name}`", text=text, name=name)
        near = suggestion(text, known) or (
            say("it is read as one of {readings}", readings=listed([f"`{one}`" for one in known], ",")),
        )
        raise fault(RuleId.UNDEFINED, named.span, message, remedies=near)
    return _is_read_as(term, reader, text)


def _read_as_some(term: Opened, role: int, reader: int, roles: int) -> Expr:
    return disjunction(
        *(
            conjunction(_is_read_as(term, reader, reading), rotate(meaning.condition, role, roles))
            for reading, meaning in term.readings
            if meaning is not None and meaning.condition is not None
        )
    )


def _is_read_as(term: Opened, reader: int, reading: str) -> Expr:
    return IsIn(seen(term.term.variable, reader), (reading,))


# ---- a range


def _of_range(
    scope: Scope, declaration: ast.OpenTermNode, sort: ast.SortSyntax, quantity: Callable[[ast.Expression], Rows]
) -> tuple[Opened, Meaning]:
    name, text = declaration.name.text, sort.name.text
    if text not in {d.value for d in Dimension} or text == Dimension.ANGLE:
        message = say(
            "`{text}` has no range: an open term is read as a quantity in a range, or as one of several names",
            text=text,
        )
        remedy = say("write `length from 500 m to 1 nmi`, for example, or `one of …` with names")
        raise wrong_type(sort.span, message, *(suggestion(text, set(Dimension) - {Dimension.ANGLE}) or (remedy,)))
    if sort.low is None or sort.high is None:
        message = say("the range in which `{name}` is read is missing", name=name)
        raise wrong_type(sort.span, message, say("write, for example, `{text} from … to …`", text=text))
    dimension = Dimension(text)
    told = called(scope, name) if declaration.nameless else name
    values, unit = range_of(quantity, dimension, sort.low, sort.high, told)
    if values.low == values.high:
        message = say("`{name}` can be read in one way only, so nothing is open", name=name)
        raise wrong_type(
            sort.span, message, say("write `term {name} means {text}`", name=name, text=sort.low.span.text)
        )
    term = _term(scope, declaration, values, unit=unit)
    value = Quantity(of_variable(term.variable), DIMENSION_POWERS[dimension], None)
    return Opened(term), Meaning(None, ((TRUE, value),))


# ---- names


def _of_names(
    scope: Scope,
    declaration: ast.OpenTermNode,
    names: tuple[ast.Name, ...],
    meaning_of: Callable[[str, ast.Name], Meaning | None],
) -> tuple[Opened, Meaning]:
    repeated = next((n for i, n in enumerate(names) if n.text in {other.text for other in names[:i]}), None)
    if repeated is not None:
        message = say(
            "`{text}` stands twice among the readings of `{term}`", text=repeated.text, term=declaration.name.text
        )
        raise fault(RuleId.DUPLICATE, repeated.span, message)
    if len(names) == 1:
        message = say("`{text}` has one reading only, so nothing is open", text=declaration.name.text)
        raise wrong_type(names[0].span, message, say("name at least two readings, or write a `term`"))
    meanings = [_reading(scope, name, meaning_of) for name in names]
    sort = KindSort(f"{declaration.name.text} of {scope.document}", tuple(name.text for name in names))
    titles = tuple((name.text, called(scope, name.text)) for name in names)
    told = tuple((name.text, m) for name, m in zip(names, meanings, strict=True) if m is not None)
    term = Opened(
        _term(scope, declaration, sort, titles, meanings=told),
        tuple((name.text, meaning) for name, meaning in zip(names, meanings, strict=True)),
    )
    rows = _rows(term, list(zip(names, meanings, strict=True)))
    if rows:
        return term, Meaning(None, rows)
    return term, Meaning(_read_as_some(term, 0, 0, len(scope.roles)), ())


def _reading(scope: Scope, name: ast.Name, meaning_of: Callable[[str, ast.Name], Meaning | None]) -> Meaning | None:
    """What is said with the name of role 0, or of what the units share."""
    text = name.text
    meaning = meaning_of(text, name)
    if text in scope.open_terms:
        raise wrong_type(name.span, say("`{text}` is an open term itself, and no reading of another one", text=text))
    if meaning is not None:
        return meaning
    if text in scope.acts:
        return Meaning(Does(text, 0), ())
    attribute = scope.attributes.get(text)
    if attribute is not None and attribute.sort == FLAG:
        return Meaning(Flag(attribute), ())
    holders = [v for v in scope.attributes.values() if isinstance(v.sort, KindSort) and text in v.sort.members]
    if len(holders) == 1:
        return Meaning(IsIn(holders[0], (text,)), ())
    if not holders:
        values = (m for v in scope.attributes.values() if isinstance(v.sort, KindSort) for m in v.sort.members)
        known = [*scope.terms, *scope.pending, *scope.acts, *values]
        raise undefined(say("term, value, flag or act"), text, name.span, known)
    return None


def _rows(term: Opened, readings: list[tuple[ast.Name, Meaning | None]]) -> Rows:
    """The quantity of each reading, where they are quantities; refused where only some are."""
    rows: list[tuple[Expr, Quantity]] = []
    for name, meaning in readings:
        quantities = () if meaning is None else meaning.rows
        if bool(quantities) != bool(rows) and name != readings[0][0]:
            first = readings[0][0].text
            raise wrong_type(
                name.span,
                say("of `{first}` and `{other}` one is a quantity and the other is not", first=first, other=name.text),
            )
        for guard, quantity in quantities:
            if rows and quantity.powers != rows[0][1].powers:
                raise unlike(name.span, rows[0][1], quantity)
            rows.append((conjunction(_is_read_as(term, 0, name.text), guard), quantity))
    return tuple(rows)


# ---- what both have


def _term(
    scope: Scope,
    declaration: ast.OpenTermNode,
    sort: Sort,
    titles: tuple[tuple[str, str], ...] = (),
    unit: str | None = None,
    meanings: tuple[tuple[str, Meaning], ...] = (),
) -> OpenTerm:
    name = declaration.name.text
    if declaration.per_party and scope.party is None:
        raise wrong_type(
            declaration.span, say("the units have no party, so no party can read `{name}` for itself", name=name)
        )
    role = 0 if declaration.per_party else None
    return OpenTerm(
        name=name,
        document=scope.document,
        title=called(scope, name),
        variable=Reading(name, scope.document, role, sort),
        titles=titles,
        unit=unit,
        citations=tuple(Citation(c.text, c.mark) for c in declaration.citations),
        span=declaration.span,
        meanings=meanings,
        figure=name in scope.figures.values(),
        nameless=declaration.nameless,
    )
