"""Who is bound: what stands at the beginning of a clause to a role and to what is asked of its unit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from cbm.core.alternatives import either
from cbm.core.expressions import Expr, IsIn, conjunction
from cbm.core.norms import Guard
from cbm.core.roles import rotate
from cbm.core.variables import Attribute
from cbm.core.viewpoints import seen
from cbm.finding import RuleId
from cbm.records import replace
from cbm.resolve.conditions import Resolver
from cbm.resolve.faults import Fault, fault, meant_by, suggestion, undefined, wrong_type
from cbm.resolve.names.noun_phrases import noun_like, nouns_of, several_words
from cbm.resolve.names.scope import Scope
from cbm.syntax import ast
from cbm.syntax.synonyms import said_for_language
from cbm.translation.saying import say


def bearer_of(bearer: ast.Bearer, resolver: Resolver, party: Attribute | None) -> tuple[int, bool, tuple[Guard, ...]]:
    """Role number, whether each role takes it in turn, and what the noun demands; `party` says whose unit role 0 is."""
    scope = resolver.scope
    match bearer:
        case ast.EveryUnit():
            return 0, True, ()
        case ast.NounBearer(nouns, meeting):
            if meeting and any(whoever(noun, scope) for noun in (*nouns, *meeting)):
                first = next(noun for noun in (*nouns, *meeting) if whoever(noun, scope))
                message = say("no kind of unit and no term is called `{name}`", name=first.text)
                raise fault(RuleId.UNDEFINED, first.span, message, remedies=(_any_unit(bearer, scope),))
            if named := next((noun for noun in nouns if _is_role(noun, scope)), None):
                raise _a_role(named, bearer)
            own = either(*(_of_bearing_noun(resolver, n, bearer, party) for n in nouns))
            if not meeting:
                return 0, True, (Guard(own, None, bearer.span),)
            if len(scope.roles) != 2:
                raise wrong_type(bearer.span, say("`meeting` needs a situation of two roles"))
            other = either(*(_of_noun(resolver, n, 1, party, len(meeting)) for n in meeting))
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


def _of_bearing_noun(resolver: Resolver, noun: ast.Name, bearer: ast.NounBearer, party: Attribute | None) -> Expr:
    """What a noun says of who is bound; it may be a role, or words for all units or all parties."""
    try:
        return _of_noun(resolver, noun, 0, party, len(bearer.nouns))
    except Fault as problem:
        if problem.finding is None or problem.finding.rule is not RuleId.UNDEFINED:
            raise
        if bearer.nouns[1:] or not (remedy := _pronoun(bearer.span.text, nouns_of(resolver.scope))):
            raise
        raise fault(RuleId.UNDEFINED, bearer.span, problem.finding.message, remedies=(remedy,)) from None


def _a_role(noun: ast.Name, bearer: ast.NounBearer) -> Fault:
    """`an organiser must`, `an organiser or informed must`: a role is bound alone, by its name."""
    message = say("`{role}` is a role of the situation, and no kind of unit", role=noun.text)
    if bearer.meeting:
        return fault(RuleId.UNDEFINED, noun.span, message)
    alone = say("write `{role}` alone", role=noun.text)
    several = say("write a clause for each role, or `each party` where all are meant")
    return fault(RuleId.UNDEFINED, bearer.span, message, remedies=(several if bearer.nouns[1:] else alone,))


def nouns_apart(bearer: ast.NounBearer, resolver: Resolver, party: Attribute | None) -> Iterator[Callable[[], object]]:
    """Each noun to be read by itself, but for those of which it is told at once that they stand beside others."""
    scope = resolver.scope
    if not (*bearer.nouns[1:], *bearer.meeting):
        yield partial(bearer_of, bearer, resolver, party)
        return
    for noun in bearer.nouns:
        if not whoever(noun, scope) and not _is_role(noun, scope):
            yield partial(_of_bearing_noun, resolver, noun, bearer, party)
    for noun in bearer.meeting:
        if not whoever(noun, scope):
            yield partial(_of_noun, resolver, noun, 1, party, len(bearer.meeting))


def _is_role(noun: ast.Name, scope: Scope) -> bool:
    return noun.text in scope.roles and noun.text not in nouns_of(scope)


def whoever(noun: ast.Name, scope: Scope) -> bool:
    """Whether it is a word for any unit, which no kind has for its name."""
    return noun.text in ("unit", "units") and noun.text not in nouns_of(scope)


def _any_unit(bearer: ast.NounBearer, scope: Scope) -> str:
    """What to write where a unit of any kind is bound or met."""
    if not any(whoever(noun, scope) for noun in bearer.nouns):
        return say("leave `meeting …` out: a clause is about whoever is met")
    met = [noun.text for noun in bearer.meeting if not whoever(noun, scope)]
    if not met:
        return say("write `{text}`", text="every unit")
    from cbm.syntax.mistakes.slip_words import with_article  # only who errs waits for it

    return say("write `{text}`", text=f"every unit when other is {with_article(met[0])}")


def _of_noun(resolver: Resolver, noun: ast.Name, role: int, party: Attribute | None, among: int) -> Expr:
    if noun.text in resolver.scope.parties and party is not None:
        return IsIn(seen(party, role), (noun.text,))
    return resolver.noun(noun, role, among=among)


def _of_party(scope: Scope, name: ast.Name, party: Attribute | None) -> Expr:
    if party is None and "each" in scope.unread:
        raise Fault(None)
    if party is None:
        raise wrong_type(name.span, say("the units of this situation have no party, so a party cannot be bound"))
    return IsIn(party, (name.text,))


def each_belongs_to(scope: Scope, parties: tuple[ast.Name, ...], party: Attribute | None) -> tuple[Expr, ...]:
    """For each role that its unit belongs to these parties, if any are named."""
    for name in parties:
        if name.text not in scope.parties:
            raise undefined(say("party"), name.text, name.span, scope.parties, scope.readers_words("member"))
    roles = range(len(scope.roles)) if parties else ()
    return tuple(
        either(*(rotate(_of_party(scope, name, party), role, len(scope.roles)) for name in parties)) for role in roles
    )


def _nobody(scope: Scope, name: ast.Name) -> Fault:
    """No role or party is called so; a noun may have been meant, in the plural or without its article."""
    known = [*scope.roles, *scope.parties]
    nouns = nouns_of(scope)
    titles = scope.readers_words("member", "term")
    problem = undefined(say("role or party"), name.text, name.span, known, titles)
    near = meant_by(name.text, nouns, titles) or suggestion(name.text, nouns)
    named = meant_by(name.text, known, titles) or suggestion(name.text, known)
    if problem.finding is not None and (remedy := _pronoun(name.span.text, nouns)):
        return Fault(replace(problem.finding, remedies=(remedy,)))
    if problem.finding is not None and (more := several_words(scope, name, 0)) is not None:
        return more
    if problem.finding is None or named or not near:
        return problem
    return Fault(replace(problem.finding, remedies=(near[0].replace("`", "`every ", 1),)))


def _pronoun(words: str, nouns: set[str]) -> str:
    """What to write for words that stand for who is bound: `States`, `both`, `nobody`, `either ship`; or nothing."""
    first, *others = words.split()
    if said := said_for_language(words):
        return say("write `{text}`", text=said)
    if first.lower() in ("nobody", "none") and not others:
        return say("write `every unit must not …`, or `each party must not …`")
    if first.lower() in ("it", "they") and not others:
        return say("write `every unit`; behind a semicolon leave `{word}` out", word=first)
    if first.lower() in ("both", "all", "everyone", "everybody") and not others:
        return say("write `every unit`, or `each party`")
    if first.lower() in ("both", "all", "either", "two") and others:
        from cbm.syntax.mistakes.slip_words import meeting_alike  # only who errs waits for it

        noun = noun_like(" ".join(others), nouns)
        return say("write `{text}`", text=f"every {noun}" if first.lower() == "all" else meeting_alike(noun))
    return ""
