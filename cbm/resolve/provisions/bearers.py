"""Who is bound: what stands at the beginning of a clause to a role and to what is asked of its unit."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.core.alternatives import either
from cbm.core.expressions import Expr, IsIn, conjunction
from cbm.core.norms import Guard
from cbm.core.roles import rotate
from cbm.core.variables import Attribute
from cbm.core.viewpoints import seen
from cbm.finding import RuleId
from cbm.records import replace
from cbm.resolve.conditions import Resolver
from cbm.resolve.faults import Fault, fault, in_the_language, meant_by, suggestion, undefined, wrong_type
from cbm.resolve.names.paths import members_of
from cbm.resolve.names.scope import Scope
from cbm.syntax import ast
from cbm.translation.listing import listed
from cbm.translation.saying import say


def bearer_of(bearer: ast.Bearer, resolver: Resolver, party: Attribute | None) -> tuple[int, bool, tuple[Guard, ...]]:
    """Role number, whether each role takes it in turn, and what the noun demands; `party` says whose unit role 0 is."""
    scope = resolver.scope
    match bearer:
        case ast.EveryUnit():
            return 0, True, ()
        case ast.NounBearer(nouns, meeting):
            own = either(*(_of_noun(resolver, n, 0, party) for n in nouns))
            if not meeting:
                return 0, True, (Guard(own, None, bearer.span),)
            if len(scope.roles) != 2:
                raise wrong_type(bearer.span, say("`meeting` needs a situation of two roles"))
            other = either(*(_of_noun(resolver, n, 1, party) for n in meeting))
            return 0, True, (Guard(conjunction(own, other), None, bearer.span),)
        case ast.NamedBearer(name):
            role = scope.role(name.text)
            if role is not None:
                if scope.interchangeable and role != 0:
                    message = say(
                        "clauses are written for `{role}`, and each unit takes that role in turn", role=scope.roles[0]
                    )
                    raise wrong_type(
                        name.span,
                        message,
                        say("write the clause from the side of `{role}`", role=scope.roles[0]),
                        say(
                            "or say `fixed roles {roles}` in the vocabulary, if each keeps its role",
                            roles=", ".join(scope.roles),
                        ),
                    )
                return role, scope.interchangeable, ()
            if name.text in scope.parties:
                return 0, True, (Guard(_of_party(scope, name, party), None, bearer.span),)
            raise _nobody(scope, name)


def _of_noun(resolver: Resolver, noun: ast.Name, role: int, party: Attribute | None) -> Expr:
    if noun.text in resolver.scope.parties and party is not None:
        return IsIn(seen(party, role), (noun.text,))
    of, *kind = noun.span.text.split()
    if kind and of in resolver.scope.parties and party is not None:
        message = say("whose unit it is, is a condition: `{party}` is no part of what it is called", party=of)
        belongs = listed([f"`{one}.{party.name} is {of}`" for one in resolver.scope.roles], "or")
        remedy = say("write `{kind}`, and {conditions} behind `when`", kind=" ".join(kind), conditions=belongs)
        raise fault(RuleId.UNDEFINED, noun.span, message, remedies=(remedy,))
    return resolver.noun(noun, role)


def _of_party(scope: Scope, name: ast.Name, party: Attribute | None) -> Expr:
    if party is None and "each" in scope.unread:
        raise Fault(None)
    if party is None:
        raise wrong_type(name.span, say("the units of this situation have no party, so a party cannot be bound"))
    return IsIn(party, (name.text,))


def all_belong_to(scope: Scope, parties: tuple[ast.Name, ...], party: Attribute | None) -> Iterator[Expr]:
    """That the units of all roles belong to these parties, if any are named."""
    for name in parties:
        if name.text not in scope.parties:
            raise undefined(say("party"), name.text, name.span, scope.parties, scope.readers_words("member"))
    for role in range(len(scope.roles)) if parties else ():
        yield either(*(rotate(_of_party(scope, name, party), role, len(scope.roles)) for name in parties))


def _nobody(scope: Scope, name: ast.Name) -> Fault:
    """No role or party is called so; a noun may have been meant, in the plural or without its article."""
    known = [*scope.roles, *scope.parties]
    nouns = [*scope.terms, *scope.pending, *(m for v in scope.attributes.values() for m in members_of(v))]
    titles = scope.readers_words("member", "term")
    problem = undefined(say("role or party"), name.text, name.span, known, titles)
    near = meant_by(name.text, nouns, titles) or suggestion(name.text, nouns)
    named = meant_by(name.text, known, titles) or suggestion(name.text, known)
    if problem.finding is not None and (said := in_the_language(name.text)):
        return Fault(replace(problem.finding, remedies=(say("write `{text}`", text=said),)))
    if problem.finding is None or named or not near:
        return problem
    return Fault(replace(problem.finding, remedies=(near[0].replace("`", "`every ", 1),)))
