"""Written expressions to core expressions: names, kinds and units are settled here, with a fault at the place."""

from __future__ import annotations

from collections import Counter
from typing import Protocol, assert_never

from cbm.core.alternatives import either
from cbm.core.expressions import (
    TRUE,
    Binds,
    Does,
    Expr,
    Flag,
    IsIn,
    NormId,
    conjunction,
    disjunction,
    negation,
)
from cbm.core.linear import of_variable
from cbm.core.meanings import Meaning, Quantity
from cbm.core.roles import rotate, same
from cbm.core.sorts import FlagSort, KindSort, NumberSort
from cbm.core.units import DIMENSION_POWERS
from cbm.core.variables import Variable
from cbm.core.viewpoints import seen
from cbm.finding import RuleId
from cbm.process.budget import require_going_on
from cbm.records import Record, force_setattr, replace
from cbm.resolve.faults import Fault, fault, suggestion, undefined, wrong_type
from cbm.resolve.left_open.open_terms import as_read, has_value, opened, reading_is
from cbm.resolve.names.noun_phrases import nouns_of, several_words
from cbm.resolve.names.paths import (
    how,
    kind_variable,
    name_in,
    need_roles,
    no_member,
    role_of,
    split,
    variable_of,
)
from cbm.resolve.names.scope import Opened, Scope
from cbm.resolve.names.term_definitions import ActPoint, TermExtent, in_order, written_out
from cbm.resolve.quantities.comparisons import between, compared, members_compared
from cbm.resolve.quantities.quantity_arithmetic import (
    Rows,
    combine,
    constant,
    refuse_many_cases,
    rotated,
    size_of,
    size_together,
    unlike,
)
from cbm.resolve.time.values_over_time import ActsRead, TermUse, atom_of_some, of_role, read_variable
from cbm.resolve.time.windows import NOTHING, apart, checked_length, occurs, point_of
from cbm.syntax import ast
from cbm.translation.listing import listed
from cbm.translation.saying import say

# So many terms that lead into a circle are resolved one inside another.
_MOST_IN_A_ROW = 50
# Subjects of English sentences that name nothing.
_EMPTY_SUBJECTS = ("it", "there")


class Resolver(Record, eq=False):
    """Resolves expressions in a scope.

    `references` finds the norms of a written reference (None: not allowed here); `bearer` is the role whose own
    result is meant where a content names it without a role (None: it must be named), `reader` the one that is bound,
    whose party reads what each party reads for itself (None: where units take roles in turn, role 0, else unknown).
    What parties have their own views of is seen as the `viewer` does: the reader, where nothing is said.
    """

    scope: Scope
    references: References | None = None
    bearer: int | None = None
    reader: int | None = None
    doing: str | None = None
    together: frozenset[ActPoint] = frozenset()  # one doing of each of these is spoken of, by all that is read
    viewer: int | None = None

    def __post_init__(self) -> None:
        if self.scope.interchangeable:
            force_setattr(self, "reader", 0)
        if self.viewer is None:
            force_setattr(self, "viewer", self.reader)

    @property
    def _acts_read(self) -> ActsRead:
        return ActsRead(self.scope, self.term_use)

    def term_use(self, node: ast.Expression) -> TermUse | None:
        """The definition of the plain term that is named."""
        match node:
            case ast.Path(document=document) if document is not None:
                there, plain = self._elsewhere(node, document)
                return there.term_use(plain)
            case ast.Path():
                role, name = split(self.scope, node)
            case ast.IsA(role=whose, noun=name):
                role = role_of(self.scope, whose)
            case _:
                return None
        meaning = self.term(name.text, name)
        definition = self.scope.definitions.get(name.text)
        if meaning is None or definition is None:
            return None
        return TermUse(definition, role or 0, meaning.condition is None)

    def _inside(self, use: TermUse) -> Resolver | None:
        """Who reads the definition of a term where it is named; None where it means the same everywhere.

        It is an abbreviation: what is read of one doing, or of the doing at hand, is so in the definition as well.
        """
        spoken = frozenset(use.definition.anywhere)
        steps = len(self.scope.roles)
        together = frozenset(of_role(point, -use.role, steps) for point in self.together) & spoken
        doing = self.doing if use.role == 0 else None
        if not (together or (doing is not None and any(self._at_hand(point) for point in spoken))):
            return None
        return replace(self, doing=doing, together=together)

    def while_doing(self, act: str | None) -> Resolver:
        """The same, of a doing of the act by the bearer: what is read then is read of that doing."""
        return replace(self, doing=act, together=frozenset())

    def seen_by(self, role: int) -> Resolver:
        """The same, with what parties have their own views of as this role's party sees it."""
        return replace(self, viewer=role)

    def duration(self, node: ast.Expression) -> Rows:
        """A length of time."""
        return checked_length(self.quantity(node), node)

    # ---- conditions

    def condition(self, node: ast.Expression) -> Expr:
        """The Boolean meaning of what was written."""
        require_going_on()  # what one doing is spoken of by is read again wherever a term is named
        atom = self._condition(node)
        for point in dict.fromkeys(self._acts_read.by_one(node)):
            if not self._at_hand(point) and point not in self.together:
                atom = atom_of_some(point, atom)
        return atom

    def _joined(self, parts: tuple[ast.Expression, ...]) -> Expr:
        """All of them; where several parts read something of the doings of an act, they read it of the same one."""
        read = Counter(point for part in parts for point in dict.fromkeys(self._acts_read.anywhere(part)))
        shared = [p for p, times in read.items() if times > 1 and not self._at_hand(p) and p not in self.together]
        if not shared:
            return conjunction(*map(self.condition, parts))
        of_one = replace(self, together=self.together.union(shared))
        joined = conjunction(*map(of_one.condition, parts))
        for point in shared:
            joined = atom_of_some(point, joined)
        return joined

    def _condition(self, node: ast.Expression) -> Expr:
        match node:
            case ast.Both(parts):
                return self._joined(parts)
            case ast.Either(parts):
                return either(*map(self.condition, parts))
            case ast.Negation(operand):
                return negation(self.condition(operand))
            case ast.Implication(left, right):
                return disjunction(negation(self.condition(left)), self.condition(right))
            case ast.Path():
                return self._truth_of(node)
            case ast.Is():
                return self._is(node)
            case ast.IsA():
                return self._is_a(node)
            case ast.In():
                return self._in(node)
            case ast.Comparison():
                return self._comparison(node)
            case ast.Range():
                return self._range(node)
            case ast.BoundBy():
                return self._bound_by(node)
            case ast.OccursNode(moment):
                return occurs(point_of(self.scope, moment))
            case ast.Apart():
                length = NOTHING if node.length is None else self.duration(node.length)
                points = point_of(self.scope, node.left), point_of(self.scope, node.right)
                return apart(node, *points, length, self._at_hand)
            case ast.ValueAtNode():
                variable = self._read(node)
                if not isinstance(variable.sort, FlagSort):
                    raise wrong_type(
                        node.span, say("`{text}` has a value and is not by itself true or false", text=node.span.text)
                    )
                return Flag(variable)
            case ast.QuantityNode() | ast.Arithmetic() | ast.Negative() | ast.EmptyFigure():
                raise wrong_type(
                    node.span, say("`{text}` is a quantity where a condition is wanted", text=node.span.text)
                )
            case _:
                assert_never(node)

    def noun(self, name: ast.Name, role: int = 0, *, among: int = 0) -> Expr:
        """What a noun says of a role: a term about one unit, or a member of one kind that every unit has.

        `among`: how many nouns say with it who is bound or met; none, where it is a condition.
        """
        scope, text = self.scope, name.text
        meaning = self.term(text, name)
        if meaning is not None:
            if meaning.condition is None:
                raise wrong_type(name.span, say("`{text}` is a quantity, and no unit can be called that", text=text))
            return self._term_of_role(role, self._condition_of(meaning.condition, name, role), name)
        holders = scope.holders(text)
        if len(holders) == 1:
            held = holders[0]
            return IsIn(seen(held, role), (text,))
        if len(holders) > 1:
            choice = listed([f"`{v.name}`" for v in holders], "or")
            raise wrong_type(
                name.span, say("`{text}` may be meant as {choice}: write a condition instead", text=text, choice=choice)
            )
        if (more := several_words(scope, name, role, among)) is not None:
            raise more
        titles = scope.readers_words("member", "term")
        raise undefined(say("kind of unit and no term"), text, name.span, nouns_of(scope), titles)

    def _truth_of(self, path: ast.Path) -> Expr:
        if path.document is not None:
            there, plain = self._elsewhere(path, path.document)
            return there.condition(plain)
        role, name = split(self.scope, path)
        scope, text = self.scope, name.text
        meaning = self.term(text, name)
        if meaning is not None:
            if meaning.condition is None:
                raise wrong_type(path.span, say("`{text}` is a quantity where a condition is wanted", text=text))
            return self._term_of_role(role or 0, self._condition_of(meaning.condition, name, role or 0), name)
        if text in scope.acts:
            if role is None:
                need_roles(scope)
                raise wrong_type(
                    path.span,
                    say(
                        "say whose act: `{first}.{act}` or `{other}.{act}`",
                        first=scope.roles[0],
                        act=text,
                        other=scope.roles[-1],
                    ),
                )
            return Does(text, role)
        variable = self._variable(path)
        if not isinstance(variable.sort, FlagSort):
            raise wrong_type(
                path.span,
                say("`{text}` has a value and is not by itself true or false", text=path.span.text),
                how(self.scope, variable),
            )
        return Flag(variable)

    def _at_hand(self, point: ActPoint) -> bool:
        return self.doing is not None and point == ActPoint(self.doing, self.bearer or 0)

    def _read(self, node: ast.ValueAtNode) -> Variable:
        return read_variable(self.scope, node, self._at_hand)

    def _kind(self, node: ast.Expression) -> tuple[Variable, KindSort]:
        """A variable with named values, and its kind."""
        match node:
            case ast.Path():
                return kind_variable(node, self._variable(node), self.scope)
            case ast.ValueAtNode():
                return kind_variable(node, self._read(node), self.scope)
            case _:
                raise wrong_type(
                    node.span, say("`{text}` is not something that can be compared by name", text=node.span.text)
                )

    def _is(self, node: ast.Is) -> Expr:
        read = self.read_as(node.left, node.right)
        if read is not None:
            return _signed(read, node.negated)
        self._require_subject(node)
        left, sort = self._kind(node.left)
        if node.right.document is not None:
            there, plain = self._elsewhere(node.right, node.right.document)
            return _signed(there.value_is(left, sort, plain.parts[-1]), node.negated)
        right_role, right = split(self.scope, node.right)
        if right_role is None and right.text not in self.scope.attributes:
            return _signed(self.value_is(left, sort, right), node.negated)
        other, other_sort = self._kind(node.right)
        if other_sort != sort:
            raise wrong_type(
                node.right.span,
                say(
                    "`{text}` and `{other}` are values of different kinds",
                    text=node.right.span.text,
                    other=name_in(left),
                ),
            )
        return _signed(same(left, other), node.negated)

    def _require_subject(self, node: ast.Is) -> None:
        """`it is night`, `there is fog`: no thing is called so, and what is said of it is the condition."""
        subject = node.left.span.text
        if subject in _EMPTY_SUBJECTS and subject not in (*self.scope.attributes, *self.scope.results):
            said = f"not {node.right.span.text}" if node.negated else node.right.span.text
            message = say("`{word}` stands for nothing in a condition", word=subject)
            raise fault(RuleId.UNDEFINED, node.span, message, remedies=(say("write `{words}`", words=said),))

    def read_as(self, subject: ast.Expression, named: ast.Path) -> Expr | None:
        """That an open term is read as one of its names: `own.hostile is aim`. None where it is no open term."""
        if not isinstance(subject, ast.Path):
            return None
        name = subject.parts[-1]
        if subject.document is not None:
            other = self.scope.others.get(subject.document.text)
            if other is None or name.text not in other.open_terms:
                return None
            there, plain = self._elsewhere(subject, subject.document)
            return there.read_as(plain, named)
        if self.term(name.text, name) is None or name.text not in self.scope.open_terms:
            return None
        role, _ = split(self.scope, subject)
        term = self.scope.open_terms[name.text]
        return reading_is(term, self._reader_named(role, subject, term), named)

    def _is_a(self, node: ast.IsA) -> Expr:
        role = role_of(self.scope, node.role)
        return _signed(self.noun(node.noun, role), node.negated)

    def _in(self, node: ast.In) -> Expr:
        left, sort = self._kind(node.left)
        return _signed(either(*(self.value_is(left, sort, member) for member in node.members)), node.negated)

    def _comparison(self, node: ast.Comparison) -> Expr:
        ordered = self._ordered(node)
        if ordered is not None:
            return ordered
        return compared(node, self.quantity(node.left), self.quantity(node.right))

    def _ordered(self, node: ast.Comparison) -> Expr | None:
        """`level >= ministry`: comparison along an ordered kind."""
        if not isinstance(node.left, ast.Path | ast.ValueAtNode) or not isinstance(node.right, ast.Path):
            return None
        path = node.left.attribute if isinstance(node.left, ast.ValueAtNode) else node.left
        name = path.parts[-1].text
        variable = self.scope.attributes.get(name) or self.scope.over_time.get(name)
        if variable is None or not isinstance(variable.sort, KindSort):
            return None
        left, sort = self._kind(node.left)
        return IsIn(left, members_compared(node, node.right, sort, self.scope.readers_words("member")))

    def _range(self, node: ast.Range) -> Expr:
        return between(node, self.quantity(node.subject), self.quantity(node.low), self.quantity(node.high))

    def _bound_by(self, node: ast.BoundBy) -> Expr:
        if self.references is None:
            raise wrong_type(
                node.span,
                say("`is bound by` can be said in a text and in cases only: a vocabulary knows no clauses"),
                say("write the term in the text that needs it"),
            )
        role = role_of(self.scope, node.role)
        norms = [norm for reference in node.references for norm in self.references.norms(reference)]
        return _signed(disjunction(*(Binds(norm, role) for norm in norms)), node.negated)

    def value_is(self, left: Variable, sort: KindSort, name: ast.Name) -> Expr:
        """That the variable has the value of this name, or the one that an open term of this name stands for."""
        if name.text in sort.members:
            return IsIn(left, (name.text,))
        if self.term(name.text, name) is None or name.text not in self.scope.open_terms:
            raise no_member(name, sort, self.scope.readers_words("member"))
        term = self.scope.open_terms[name.text]
        return has_value(term, self._reader_of(term, name), left, sort, name)

    def _term_of_role(self, role: int, condition: Expr, name: ast.Name) -> Expr:
        """A term said of a role; the reading of an open one stays that of the unit that is bound."""
        term = self.scope.open_terms.get(name.text)
        if term is None:
            return rotate(condition, role, len(self.scope.roles))
        return as_read(term, role, self._reader_of(term, name), name, len(self.scope.roles))

    def _condition_of(self, condition: Expr, name: ast.Name, role: int) -> Expr:
        """What a term says here, written from role 0: it may speak of one doing that others speak of as well."""
        known = self.scope.definitions.get(name.text)
        inside = None if known is None else self._inside(TermUse(known, role, is_quantity=False))
        return condition if inside is None or known is None else inside.condition(known.written)

    def _reader_of(self, term: Opened, name: ast.Name) -> int:
        if self.reader is None and term.term.per_party:
            message = say(
                "each party reads `{text}` for itself, and here it is open whose reading is meant", text=name.text
            )
            raise wrong_type(name.span, message, say("say it in a clause that binds one of the roles"))
        return self.reader or 0

    def _elsewhere(self, path: ast.Path, document: ast.Name) -> tuple[Resolver, ast.Path]:
        """Who reads a term of another text, and the term as it is called there."""
        scope = self.scope.others.get(document.text)
        if scope is None:
            message = say(
                "`{document}` names no text `{text}`, so its terms are not read with it",
                document=self.scope.document,
                text=document.text,
            )
            remedy = say(
                "write `beside {text}` in the header of `{document}`", text=document.text, document=self.scope.document
            )
            near = suggestion(document.text, self.scope.others)
            raise fault(RuleId.UNDEFINED, document.span, message, remedies=near or (remedy,))
        references = None if self.references is None else self.references.of(document.text)
        there = Resolver(
            scope=scope,
            references=references,
            bearer=self.bearer,
            reader=self.reader,
            doing=self.doing,
            together=self.together,
            viewer=self.viewer,
        )
        name = path.parts[-1]
        if there.term(name.text, name) is None:
            raise undefined(say("term of `{text}`", text=document.text), name.text, name.span, scope.terms)
        return there, ast.Path(path.parts, span=path.span)

    def _variable(self, path: ast.Path) -> Variable:
        self._require_value(path)
        return variable_of(self.scope, path, self.bearer, self.viewer)

    def _require_value(self, path: ast.Path) -> None:
        """An act is done or not, a condition holds or not: neither has a value that something is compared with."""
        name, shown = path.parts[-1], path.span.text
        if name.text in self.scope.acts:
            message = say("`{text}` is done or is not done, and has no value", text=shown)
        elif (meaning := self.term(name.text, name)) is None:
            return
        elif meaning.condition is None:
            raise wrong_type(path.span, say("`{text}` has no named values", text=shown))
        else:
            message = say("`{text}` holds or does not hold, and has no value", text=shown)
        raise wrong_type(path.span, message, say("write `{text}` alone, or `not {text}`", text=shown))

    # ---- quantities

    def quantity(self, node: ast.Expression) -> Rows:
        """The linear meaning of what was written, in rows whose conditions exclude each other."""
        match node:
            case ast.QuantityNode(value, unit):
                return ((TRUE, constant(value, unit, node.span)),)
            case ast.Path():
                return self._value_of(node)
            case ast.ValueAtNode():
                variable = self._read(node)
                if not isinstance(variable.sort, NumberSort):
                    raise wrong_type(node.span, say("`{text}` is not a quantity", text=node.span.text))
                powers = DIMENSION_POWERS[variable.sort.dimension]
                return ((TRUE, Quantity(of_variable(variable), powers, None)),)
            case ast.Negative(operand):
                return tuple((g, Quantity(q.sum.times(-1), q.powers, q.unit)) for g, q in self.quantity(operand))
            case ast.Arithmetic():
                return self._arithmetic(node)
            case ast.EmptyFigure():
                return self._figure(node)
            case _:
                raise wrong_type(
                    node.span, say("`{text}` is a condition where a quantity is wanted", text=node.span.text)
                )

    def _figure(self, figure: ast.EmptyFigure) -> Rows:
        """What an empty figure stands for: an open term without a declaration."""
        called = self.scope.figures.get(figure.span.start)
        if called is None:
            message = say("an empty figure stands in a draft or an agreement, where somebody is to fill it in")
            raise wrong_type(figure.span, message, say("write a figure, such as `{text}`", text=figure.low.span.text))
        meaning = self.term(called, ast.Name(called, span=figure.span))
        assert meaning is not None, "what a figure is called is a term of its text"
        return meaning.rows

    def _value_of(self, path: ast.Path) -> Rows:
        if path.document is not None:
            there, plain = self._elsewhere(path, path.document)
            return there.quantity(plain)
        role, name = split(self.scope, path)
        meaning = self.term(name.text, name)
        if meaning is not None:
            if meaning.condition is not None:
                raise wrong_type(path.span, say("`{text}` is a condition where a quantity is wanted", text=name.text))
            steps = len(self.scope.roles)
            if name.text in self.scope.open_terms:
                role = self._reader_named(role, path, self.scope.open_terms[name.text])
            known, rows = self.scope.definitions.get(name.text), meaning.rows
            if known is not None and (inside := self._inside(TermUse(known, role or 0, is_quantity=True))):
                rows = inside.quantity(known.written)
            return tuple((rotate(g, role or 0, steps), rotated(q, role or 0, steps)) for g, q in rows)
        variable = self._variable(path)
        if not isinstance(variable.sort, NumberSort):
            raise wrong_type(
                path.span, say("`{text}` is not a quantity", text=path.span.text), how(self.scope, variable)
            )
        powers = DIMENSION_POWERS[variable.sort.dimension]
        return ((TRUE, Quantity(of_variable(variable), powers, None)),)

    def _reader_named(self, role: int | None, path: ast.Path, term: Opened) -> int:
        """Whose reading a quantity has: of the role it names, or else of the unit that is bound."""
        name = path.parts[-1]
        if role is None:
            return self._reader_of(term, name)
        if not term.term.per_party:
            message = say("`{text}` is read in one way by all parties, and belongs to no role", text=name.text)
            raise wrong_type(path.span, message, say("write `{text}`", text=name.text))
        return role

    def _arithmetic(self, node: ast.Arithmetic) -> Rows:
        left, right = self.quantity(node.left), self.quantity(node.right)
        refuse_many_cases(node.span, size_together(left, right))
        return tuple((conjunction(g, h), combine(node, a, b)) for g, a in left for h, b in right)

    def term(self, text: str, name: ast.Name) -> Meaning | None:
        """The meaning of a term, resolved when it is first needed; None if there is no such term."""
        scope = self.scope
        if text in scope.broken:
            raise Fault(None)
        if text in scope.resolving:
            chain = " → ".join([*scope.resolving[scope.resolving.index(text) :], text])
            raise fault(
                RuleId.CYCLE, name.span, say("the term `{text}` is defined by itself: {chain}", text=text, chain=chain)
            )
        if text in scope.pending:
            for inner in () if scope.resolving else in_order(text, scope.pending.get):
                self._define(inner, name)
            if text in scope.pending:  # it leads into a circle
                self._define(text, name)
        meaning = scope.terms.get(text)
        if meaning is not None:
            scope.called.setdefault(text, name.span)
        return meaning

    def _define(self, text: str, name: ast.Name) -> None:
        """Resolves a term that was declared; `name` is where something is named that is made of it."""
        scope = self.scope
        declaration = scope.pending.pop(text)
        scope.resolving.append(text)
        try:
            extent = written_out(declaration, self._extent)
            if extent.is_too_large or len(scope.resolving) > _MOST_IN_A_ROW:
                raise _too_large(text, name)
            # Whatever is spoken of where it is named first.
            alone = replace(self, doing=None, together=frozenset())
            scope.terms[text], scope.extents[text] = alone.meaning(declaration), extent
            if isinstance(declaration, ast.TermDeclaration) and not isinstance(declaration.meaning, tuple):
                scope.definitions[text] = self._acts_read.in_definition(declaration.meaning)
            else:
                scope.definitions.pop(text, None)
        except Fault:
            scope.broken.add(text)
            raise
        finally:
            scope.resolving.pop()

    def _extent(self, name: ast.Name, document: ast.Name | None) -> TermExtent | None:
        scope = self.scope if document is None else self.scope.others.get(document.text)
        return None if scope is None else scope.extents.get(name.text)

    def meaning(self, declaration: ast.TermDeclaration | ast.OpenTermNode) -> Meaning:
        """What a term declaration says: a condition, a quantity, or a table of quantities."""
        if isinstance(declaration, ast.OpenTermNode):
            opened_term, meaning = opened(self.scope, declaration, self.quantity, self.term)
            self.scope.open_terms[declaration.name.text] = opened_term
            return meaning
        written = declaration.meaning
        if isinstance(written, tuple):
            return Meaning(None, self._table(declaration, written))
        if self.is_quantity(written):
            return Meaning(None, self.quantity(written))
        return Meaning(self.condition(written), ())

    def is_quantity(self, node: ast.Expression) -> bool:
        if isinstance(node, ast.Path) and node.document is not None:
            there, plain = self._elsewhere(node, node.document)
            return there.is_quantity(plain)
        if isinstance(node, ast.Path):
            name = node.parts[-1]
            meaning = self.term(name.text, name)
            if meaning is not None:
                return meaning.condition is None
            if name.text in self.scope.acts:
                return False
            return isinstance(self._variable(node).sort, NumberSort)
        return isinstance(node, ast.QuantityNode | ast.Arithmetic | ast.Negative | ast.EmptyFigure)

    def _table(self, declaration: ast.TermDeclaration, rows: tuple[ast.Row, ...]) -> Rows:
        if rows[-1].condition is not None:
            raise wrong_type(
                declaration.span,
                say("the table of `{text}` leaves cases without a value", text=declaration.name.text),
                say("end it with `VALUE otherwise`"),
            )
        result: list[tuple[Expr, Quantity]] = []
        before: Expr = TRUE
        size = 0
        for row in rows:
            condition = TRUE if row.condition is None else self.condition(row.condition)
            for guard, quantity in self.quantity(row.value):
                if result and quantity.powers != result[0][1].powers:
                    raise unlike(row.span, result[0][1], quantity)
                result.append((conjunction(before, condition, guard), quantity))
                size += size_of(result[-1][0])
                refuse_many_cases(declaration.span, size)
            before = conjunction(before, negation(condition))
        return tuple(result)


class References(Protocol):
    """Finds the norms that a written reference means; the texts know them, the tests fake them."""

    def norms(self, reference: ast.Reference) -> tuple[NormId, ...]: ...

    def of(self, document: str) -> References: ...


def _too_large(text: str, name: ast.Name) -> Fault:
    message = say("the term `{text}` is too large when the terms it is made of are written out", text=text)
    return fault(RuleId.SYNTAX, name.span, message, remedies=[say("say it with fewer terms inside terms")])


def _signed(expression: Expr, negated: bool) -> Expr:
    return negation(expression) if negated else expression
