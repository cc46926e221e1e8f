"""Written axes to what tells types of encounter apart: attributes, terms, and quantities cut at thresholds."""

from __future__ import annotations

from collections.abc import Iterable

from cbm.core.episodes import Axis, Measured, PlainAxis, TermAxis
from cbm.core.expressions import TRUE, And, Compare, Does, Expr, Not, Or
from cbm.core.linear import of_variable
from cbm.core.roles import rotate
from cbm.core.sorts import NumberSort
from cbm.core.variables import Origin, ResultValue
from cbm.core.viewpoints import seen
from cbm.resolve.conditions import References, Resolver
from cbm.resolve.faults import duplicate, wrong_type
from cbm.resolve.names.paths import split, variable_of
from cbm.resolve.names.scope import Scope
from cbm.syntax import ast
from cbm.translation.saying import say


def resolve_axes(
    scope: Scope,
    axes: Iterable[ast.Path | ast.AtThresholds],
    references: References | None = None,
    *,
    cut: bool = False,
) -> tuple[Axis, ...]:
    """What the axes mean, in order. `cut`: quantities are cut at thresholds without saying so."""
    found: dict[str, Axis] = {}
    for written in axes:
        path, thresholds = (written.path, True) if isinstance(written, ast.AtThresholds) else (written, False)
        axis = _axis(Resolver(scope, references), path)
        if isinstance(axis, Measured) and not (thresholds or cut):
            shown = path.span.text
            raise wrong_type(
                path.span,
                say("`{shown}` is a quantity: say where it is cut", shown=shown),
                say("write `{shown} at thresholds`", shown=shown),
            )
        if thresholds and not isinstance(axis, Measured):
            raise wrong_type(written.span, say("`{text}` is no quantity and has no thresholds", text=path.span.text))
        if path.in_names in found:
            raise duplicate(say("the axis"), path.in_names, path.span, None)
        found[path.in_names] = axis
    return tuple(found.values())


def _axis(resolver: Resolver, path: ast.Path) -> Axis:
    scope, name = resolver.scope, path.in_names
    role, last = split(scope, path)
    meaning = resolver.term(last.text, last)
    if meaning is not None and meaning.condition is not None:
        condition = rotate(meaning.condition, role or 0, len(scope.roles))
        if _decided(condition):
            raise wrong_type(
                path.span,
                say("`{name}` speaks of what a unit decides itself, and tells no encounters apart", name=name),
            )
        return TermAxis(name, condition, last.text, role)
    if meaning is not None:
        return _term(resolver, path)
    if last.text in scope.results or last.text in scope.acts:
        raise wrong_type(path.span, say("`{name}` is decided by the units, and tells no encounters apart", name=name))
    variable = variable_of(scope, path, viewer=resolver.viewer)
    if isinstance(variable.sort, NumberSort):
        return Measured(name, of_variable(variable).terms, last.text, unit=scope.units.get(seen(variable, 0)))
    assert isinstance(variable, PlainAxis), "nothing else is named by a path"
    return variable


def _term(resolver: Resolver, path: ast.Path) -> Measured:
    """A quantity that a term gives a name to, where it is one sum in all encounters."""
    rows = resolver.quantity(path)
    (condition, quantity), *others = rows
    if others or condition != TRUE or not quantity.sum.terms:
        message = say("`{text}` is no single sum of attributes, and cannot be cut", text=path.span.text)
        raise wrong_type(path.span, message, say("name the attributes it depends on as axes"))
    if any(isinstance(variable, ResultValue) for _, variable in quantity.sum.terms):
        raise wrong_type(
            path.span, say("`{text}` is decided by the units, and tells no encounters apart", text=path.span.text)
        )
    return Measured(path.in_names, quantity.sum.terms, path.parts[-1].text, quantity.sum.constant, quantity.unit)


def _decided(condition: Expr) -> bool:
    """Whether it speaks of an act of the unit whose duties are asked about, or of what the units bring about."""
    match condition:
        case Does(_, role):
            return role == 0
        case Compare(terms):
            return any(variable.origin is Origin.RESULT for _, variable in terms)
        case Not(operand):
            return _decided(operand)
        case And(parts) | Or(parts):
            return any(map(_decided, parts))
        case _:
            return False
