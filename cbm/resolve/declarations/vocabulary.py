"""Vocabularies to a scope: declarations are folded in one after the other, each fault at its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import combinations

from cbm.core.episodes import Act, Axiom, Moment, Result
from cbm.core.expressions import Does, Expr, conjunction, disjunction, negation
from cbm.core.linear import Sum, equal
from cbm.core.persons import Continuation
from cbm.core.quotations import Citation
from cbm.core.roles import same
from cbm.core.sorts import FLAG, Dimension, KindSort, NumberSort, Sort
from cbm.core.variables import Attribute
from cbm.core.viewpoints import seen
from cbm.finding import Finding, Label, RuleId
from cbm.records import replace
from cbm.resolve.conditions import References, Resolver
from cbm.resolve.declarations.counters import declare_counter, relate_counters, resolve_counter
from cbm.resolve.declarations.declared_axes import resolve_axes
from cbm.resolve.declarations.declared_channels import channel_of
from cbm.resolve.fallbacks import check_fallback
from cbm.resolve.faults import Fault, duplicate, fault, twice, undefined, wrong_type
from cbm.resolve.names.scope import Scope
from cbm.resolve.names.titles import title_of
from cbm.resolve.needs import Need
from cbm.resolve.quantities.declared_ranges import range_of
from cbm.resolve.time.dates import add_days, day_of
from cbm.resolve.time.timeline import add_time_line
from cbm.source import Span
from cbm.syntax import ast
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say
from cbm.translation.speech import spoken

# What these are called by must differ, so that a reader never has to guess.
_ONE_SPACE = ("attribute", "moment", "counter", "act", "result", "term")
# A moment may be repeated up to so many times: each time is a further thing that may happen in every question.
MOST = 12
# Other words for what a situation has once.
_SAID_ONCE = {"fixed roles": "roles", "shared": "each"}


def build_scope(
    vocabularies: Iterable[ast.Document], days: Iterable[ast.CalendarDayNode] = ()
) -> tuple[Scope, tuple[Finding, ...]]:
    """One scope from vocabularies given in the order in which they build on each other.

    `days` are those that texts name, each a moment.
    """
    documents, findings = list(vocabularies), list[Finding]()
    scope = Scope(unread={_SAID_ONCE.get(word, word) for document in documents for word in document.unread})
    statements = [part for document in documents for statement in document.statements for part in _apart(statement)]
    for phase in (_declare, _attribute, _connect, _constrain):
        if phase is _constrain:
            findings.extend(add_days(scope, days))
            add_time_line(scope)
        for statement in statements:
            try:
                phase(scope, statement)
            except Fault as problem:
                if problem.finding is not None:
                    findings.append(problem.finding)
    twice = {f.primary.span.text for f in findings if f.rule is RuleId.DUPLICATE}
    findings = [f for f in findings if f.rule is not RuleId.UNDEFINED or f.primary.span.text not in twice]
    findings.extend(_finish(scope, statements))
    return scope, tuple(findings)


def resolve_terms(scope: Scope, references: References | None = None) -> Iterator[Finding]:
    """Resolves every term that nothing has asked for yet, so that a mistake in an unused one is told too."""
    resolver = Resolver(scope, references)
    for name in list(scope.pending):
        declaration = scope.pending.get(name)
        if declaration is not None:
            try:
                resolver.term(name, declaration.name)
            except Fault as problem:
                if problem.finding is not None:
                    yield problem.finding


def declare(scope: Scope, category: str, name: ast.Name, *remedies: str) -> None:
    """Notes the declaration of a name; names share one space, so that a reader never has to guess.

    `remedies` are for what has this name already and is of the same sort.
    """
    key = (category, name.text)
    if key in scope.places:
        raise duplicate(say(category), name.text, name.span, scope.places[key], *remedies)
    for other in _ONE_SPACE:
        clash = (other, name.text)
        if category in _ONE_SPACE and clash in scope.places:
            either = listed([say(category), say(other)], "or")
            if category == "term":
                scope.broken.add(name.text)  # where it is used, nobody can say as what
            raise duplicate(either, name.text, name.span, scope.places[clash])
    scope.places[key] = name.span


def entitle(scope: Scope, key: tuple[str, str], titles: tuple[ast.Title, ...], default: str) -> None:
    """Notes what readers call something, in the document's own language and in others."""
    scope.entitle(key, partial(title_of, titles, default))
    scope.translations[key] = {title.language: title.text for title in titles if title.language is not None}


def _entitle_as_kind(scope: Scope, name: str) -> None:
    """An attribute without a title that has the name of its kind is called as this is, but for readers of English."""
    kind = ("kind", name)
    if spoken() != "en" and scope.titles.get(kind, name) != name:
        scope.titles["attribute", name] = scope.titles[kind]


def _apart(statement: ast.Statement) -> Iterator[ast.Statement]:
    """Attributes and views one by one, so that a mistake in one leaves the others alone."""
    if isinstance(statement, ast.AttributeBlock):
        for attribute in statement.attributes:
            yield ast.AttributeBlock(statement.shared, (attribute,), span=attribute.span)
    elif isinstance(statement, ast.ViewsDiffer):
        for name in statement.names:
            yield ast.ViewsDiffer((name,), span=name.span)
    else:
        yield statement


# ---- first: names that refer to nothing


def _declare(scope: Scope, statement: ast.Statement) -> None:
    match statement:
        case ast.PartyDeclaration(name, titles):
            declare(scope, mark("party"), name)
            _add_members(scope, "party", (name.text,), ordered=False)
            entitle(scope, ("member", name.text), titles, name.text)
        case ast.KindDeclaration():
            _declare_kind(scope, statement)
        case ast.SituationDeclaration(name, titles, adds):
            _declare_situation(scope, name, titles, adds)
        case ast.RolesDeclaration(roles, fixed):
            _declare_roles(scope, statement, roles, fixed)
        case ast.MomentsDeclaration(moments):
            for moment in moments:
                _declare_moment(scope, moment)
        case ast.ChannelDeclaration(name):
            declare(scope, mark("channel"), name)
        case ast.LanguageDeclaration(name, titles):
            declare(scope, mark("language"), name)
            scope.languages[name.text] = title_of(titles, name.text)
            entitle(scope, ("language", name.text), titles, name.text)
        case ast.TopicDeclaration(name, titles):
            declare(scope, mark("topic"), name)
            scope.topics[name.text] = title_of(titles, name.text)
            entitle(scope, ("topic", name.text), titles, name.text)
        case ast.ActDeclaration():
            _declare_acts(scope, statement)
        case ast.TermDeclaration(name, titles):
            declare(scope, mark("term"), name)
            entitle(scope, ("term", name.text), titles, name.text.replace("_", " "))
            scope.pending[name.text] = statement
        case _:
            pass


def _declare_kind(scope: Scope, statement: ast.KindDeclaration) -> None:
    name = statement.name
    if statement.adds:
        if name.text not in scope.kinds:
            raise undefined(say("kind"), name.text, name.span, scope.kinds)
        if scope.kinds[name.text].ordered:
            raise wrong_type(
                statement.span,
                say("`{text}` is ordered, so nothing can be added at its end without saying where", text=name.text),
            )
    else:
        if name.text in {d.value for d in Dimension} | {"flag", "party"}:
            words = say("`{word}` is a word of the language; choose another name", word=name.text)
            raise fault(RuleId.DUPLICATE, name.span, words)
        adding = say("to add values to it, write `kind {name} also …`", name=name.text)
        other = say("give it another name here, if it is not the same")
        declare(scope, mark("kind"), name, adding, other)
        entitle(scope, ("kind", name.text), statement.titles, name.text)
    earlier = scope.kinds[name.text].members if statement.adds else ()
    members: dict[str, ast.MemberDeclaration] = {}
    repeated: list[ast.Name] = []
    for member in statement.members:
        if member.name.text in members or member.name.text in earlier:
            repeated.append(member.name)
        else:
            members[member.name.text] = member
            entitle(scope, ("member", member.name.text), member.titles, member.name.text)
    _add_members(scope, name.text, tuple(members), statement.ordered)
    scope.titles.setdefault(("kind", name.text), title_of(statement.titles, name.text))
    if repeated:
        raise twice(
            say("in `{kind}`, the value `{name}` is declared twice", kind=name.text, name=repeated[0].text),
            repeated[0].span,
        )


def _add_members(scope: Scope, kind: str, members: tuple[str, ...], ordered: bool) -> None:
    earlier = scope.kinds[kind].members if kind in scope.kinds else ()
    scope.kinds[kind] = KindSort(kind, earlier + members, ordered)


def _declare_situation(scope: Scope, name: ast.Name, titles: tuple[ast.Title, ...], adds: bool) -> None:
    if adds:
        if scope.situation != name.text:
            raise undefined(say("situation"), name.text, name.span, [scope.situation] if scope.situation else [])
        return
    if scope.situation not in (None, name.text):
        raise two_situations(name.span, scope.situation, name.text)
    declare(
        scope, mark("situation"), name, say("to add attributes to it, write `situation {name} also`", name=name.text)
    )
    entitle(scope, ("situation", name.text), titles, name.text)
    scope.situation = name.text


def two_situations(span: Span, first: str, other: str) -> Fault:
    """What is said where a second situation comes in."""
    words = mark("the vocabularies used here describe two situations, `{first}` and `{other}`")
    return wrong_type(span, say(words, first=first, other=other), say("write one text for each situation"))


def _declare_roles(scope: Scope, statement: ast.Statement, roles: tuple[ast.RoleDeclaration, ...], fixed: bool) -> None:
    if scope.roles:
        name = scope.situation or say("the situation")
        raise twice(
            say("the list of roles of `{name}` is declared twice", name=name),
            statement.span,
            None,
            say("leave it out here: the roles are {roles}", roles=listed([f"`{role}`" for role in scope.roles])),
        )
    names = [role.name for role in roles]
    repeated = [n for i, n in enumerate(names) if n.text in {other.text for other in names[:i]}]
    if repeated:
        scope.unread.add("roles")
        raise duplicate(say("role"), repeated[0].text, repeated[0].span, None)
    if len(names) > 2 and not fixed:
        scope.unread.add("roles")
        raise wrong_type(statement.span, say("roles that units take in turn are two; with more, write `fixed roles`"))
    scope.roles = tuple(n.text for n in names)
    scope.interchangeable = not fixed
    for role in roles:
        entitle(scope, ("role", role.name.text), role.titles, role.name.text)


def _declare_moment(scope: Scope, moment: ast.MomentDeclaration) -> None:
    declare(scope, mark("moment"), moment.name)
    times = moment.times
    if times is not None and (times.unit is not None or times.value.denominator != 1 or not 2 <= times.value <= MOST):
        message = say(
            "`{text}` is not how often something can occur: write a whole number from 2 to {most}",
            text=times.span.text,
            most=MOST,
        )
        raise wrong_type(times.span, message)
    name = moment.name.text
    often = 1 if times is None else int(times.value)
    title = title_of(moment.titles, name.replace("_", " "))
    scope.entitle(("moment", name), partial(title_of, moment.titles, name.replace("_", " ")))
    scope.moments[name] = Moment(name, title, often, planned=moment.planned, span=moment.name.span)


def _declare_acts(scope: Scope, statement: ast.ActDeclaration) -> None:
    topic = _topic(scope, statement.topic)
    for name in statement.names:
        declare(scope, mark("act"), name)
        states = tuple(s.text for s in statement.stating)
        entitle(scope, ("act", name.text), statement.titles, name.text)
        title = title_of(statement.titles, name.text)
        scope.acts[name.text] = Act(name.text, title, topic, states, statement.once, span=name.span)


def _topic(scope: Scope, topic: ast.Name | None) -> str | None:
    if topic is None:
        return None
    scope.topics.setdefault(topic.text, topic.text)
    return topic.text


# ---- then: what is typed by them


def _attribute(scope: Scope, statement: ast.Statement) -> None:
    match statement:
        case ast.AttributeBlock(shared, attributes):
            for attribute in attributes:
                declare(scope, mark("attribute"), attribute.name)
                text = attribute.name.text
                sort, unit = _sort(scope, attribute.sort, text)
                role = None if shared else 0
                known = Attribute(text, role, sort)
                if attribute.over_time:
                    scope.over_time[text] = known
                else:
                    scope.add(text, known)
                if unit is not None:
                    scope.units[known] = unit
                entitle(scope, ("attribute", text), attribute.titles, "")
                if not attribute.titles and isinstance(sort, KindSort) and sort.name == text:
                    _entitle_as_kind(scope, text)
                scope.entitle(("not", text), partial(title_of, attribute.otherwise, ""))
        case ast.CounterDeclaration(name):
            declare(scope, mark("counter"), name)
            entitle(scope, ("attribute", name.text), statement.titles, "")
            declare_counter(scope, statement, partial(title_of, statement.titles, ""))
        case ast.ResultDeclaration(name, titles, each, sort_syntax, topic):
            declare(scope, mark("result"), name)
            sort, unit = _sort(scope, sort_syntax, name.text)
            title = title_of(titles, name.text)
            scope.entitle(("result", name.text), partial(title_of, titles, name.text))
            scope.results[name.text] = Result(name.text, title, _topic(scope, topic), each, sort, span=name.span)
            if unit is not None:
                scope.units[scope.result(name.text, 0)] = unit
        case _:
            pass


def _sort(scope: Scope, syntax: ast.SortSyntax, variable: str) -> tuple[Sort, str | None]:
    """What values there are, and the unit in which their range is written, if it is."""
    try:
        return _sort_of(scope, syntax, variable)
    except Fault:
        scope.broken.add(variable)
        raise


# What newcomers call them.
_CALLED = {
    "flag": ("bool", "boolean", "truth"),
    Dimension.COUNT.value: ("int", "integer", "number"),
    Dimension.LENGTH.value: ("distance", "height", "altitude"),
    Dimension.DURATION.value: ("time",),
}


def _sort_of(scope: Scope, syntax: ast.SortSyntax, variable: str) -> tuple[Sort, str | None]:
    text = syntax.name.text
    if text in {d.value for d in Dimension}:
        return _number_sort(scope, Dimension(text), syntax, variable)
    if text not in scope.kinds and text != "flag":
        others = [] if syntax.low is not None else [*scope.kinds, "flag"]
        known = [*others, *(d.value for d in Dimension)]
        raise undefined(say("kind or dimension"), text, syntax.name.span, known, _CALLED)
    if syntax.low is not None:
        raise wrong_type(syntax.span, say("`{text}` is not a quantity and has no range", text=text))
    return FLAG if text == "flag" else scope.kinds[text], None


def _number_sort(
    scope: Scope, dimension: Dimension, syntax: ast.SortSyntax, variable: str
) -> tuple[NumberSort, str | None]:
    if dimension is Dimension.ANGLE:
        if syntax.low is not None:
            raise wrong_type(syntax.span, say("an angle goes from 0 to 360 degrees by itself: leave the range out"))
        return NumberSort(dimension, Sum().constant, Sum().constant + 360), None
    if syntax.low is None or syntax.high is None:
        if dimension is Dimension.COUNT:
            raise wrong_type(
                syntax.span,
                say("the count `{variable}` needs a range", variable=variable),
                say("write, for example, `count from 0 to 100`"),
            )
        return NumberSort(dimension), None
    return range_of(Resolver(scope).quantity, dimension, syntax.low, syntax.high, variable)


# ---- then: what lies between them


def _connect(scope: Scope, statement: ast.Statement) -> None:
    if isinstance(statement, ast.ChannelDeclaration):
        title = title_of(statement.titles, statement.name.text.replace("_", " "))
        scope.channels[statement.name.text] = channel_of(
            scope, statement, title, [title_of(delay.titles, "") for delay in statement.delays]
        )
    if isinstance(statement, ast.ContinuationNode):
        scope.continuations.append(_continuation(scope, statement))
    if isinstance(statement, ast.ViewsDiffer):
        for attribute in statement.names:
            _view(scope, attribute)
    if isinstance(statement, ast.MomentsDeclaration):
        for moment in (moment for moment in statement.moments if moment.on):
            name = moment.name.text
            assert moment.on is not None, "it is on a day"
            on = day_of(scope, moment.on)
            if name in scope.moments:  # what is declared as something else before is none
                scope.moments[name] = replace(scope.moments[name], on=on)


def _view(scope: Scope, name: ast.Name) -> None:
    """From now on each role has this attribute, as its party sees it."""
    text = name.text
    if text in scope.broken:
        raise Fault(None)
    if text in scope.views:
        raise twice(say("the view of `{name}` is declared twice", name=text), name.span)
    if text in scope.over_time or text in scope.counters:
        raise wrong_type(
            name.span, say("`{text}` is read at points in time or counted, and nobody has a view of it", text=text)
        )
    if text not in scope.attributes:
        raise undefined(say("attribute"), text, name.span, scope.attributes)
    shared = scope.attributes[text]
    if shared.role is not None:
        raise wrong_type(name.span, say("every unit has its own `{text}` already", text=text), say("leave it out here"))
    assert isinstance(shared, Attribute), "moments come later"
    if scope.party is None:
        message = say("nobody can have a view of `{text}`: units belong to no party here", text=text)
        raise wrong_type(name.span, message, say("give units a party: `each party : party`"))
    view = scope.views[text] = scope.attributes[text] = replace(shared, role=0)
    scope.found = {view if known == shared else known: None for known in scope.found}
    if shared in scope.units:
        scope.units[view] = scope.units.pop(shared)


def _continuation(scope: Scope, statement: ast.ContinuationNode) -> Continuation:
    """One person in law: nobody is continued by two, or by himself in the end."""
    for party in (statement.party, statement.of):
        if party.text not in scope.parties:
            raise undefined(say("party"), party.text, party.span, scope.parties)
    one, other = statement.party.text, statement.of.text
    before = next((known for known in scope.continuations if known.of == other), None)
    if before is not None:
        raise _continued_twice(statement, before)
    line = [one]
    while following := next((known.party for known in scope.continuations if known.of == line[-1]), None):
        line.append(following)
    if other in line:
        message = say(
            "`{party}` continues `{other}`, and in the end `{other}` would continue `{party}`", party=one, other=other
        )
        raise fault(RuleId.CYCLE, statement.span, message)
    for known in scope.continuations:
        too_early = known.party == other and statement.since <= known.since
        if too_early or (known.of == one and known.since <= statement.since):
            raise _out_of_order(statement, known)
    cited = tuple(Citation(source.text, source.mark) for source in statement.citations)
    return Continuation(one, other, statement.since, cited, statement.span)


def _continued_twice(statement: ast.ContinuationNode, before: Continuation) -> Fault:
    one, other = statement.party.text, statement.of.text
    related = () if before.span is None else (Label(before.span, say("{party} continues it", party=before.party)),)
    message = say(
        "`{other}` is continued by `{before}` and by `{party}`: one party at most is what it was",
        other=other,
        before=before.party,
        party=one,
    )
    advice = say(
        "where `{party}` has taken its place in a text, write it there: `between …, {party} succeeds {other}`",
        party=one,
        other=other,
    )
    return fault(RuleId.DUPLICATE, statement.span, message, remedies=(advice,), related=related)


def _out_of_order(statement: ast.ContinuationNode, known: Continuation) -> Fault:
    message = say(
        "`{party}` continues `{other}` on {since}, and `{known_party}` continues `{known_other}` on "
        "{known_since}: these days are out of order",
        party=statement.party.text,
        other=statement.of.text,
        since=statement.since,
        known_party=known.party,
        known_other=known.of,
        known_since=known.since,
    )
    return wrong_type(statement.span, message)


# ---- last: what constrains them


def _constrain(scope: Scope, statement: ast.Statement) -> None:
    resolver = Resolver(scope)
    match statement:
        case ast.ChannelDeclaration():
            check_fallback(scope, statement)
        case ast.AxiomDeclaration(titles, condition):
            # What parties have their own views of is so for each of them.
            seen_by = (_tied(resolver.seen_by(role), condition) for role in _units(scope))
            title = title_of(titles, "")
            meaning = conjunction(*dict.fromkeys(seen_by))
            scope.axioms.append(Axiom(title, meaning, scope.interchangeable, span=statement.span))
        case ast.ViewsDiffer(names):
            scope.axioms.extend(_seen_alike(scope, name) for name in names if name.text in scope.views)
        case ast.CounterDeclaration():
            resolve_counter(scope, statement)
        case ast.TypesDeclaration(axes):
            scope.axes = resolve_axes(scope, axes)
        case ast.NeverTogether(acts):
            _never(scope, acts, statement.span)
        case ast.Requirement(act, condition):
            _require_act(scope, act)
            of_roles = ((doer, _tied(resolver.seen_by(doer), condition, act)) for doer in _units(scope))
            need = Need.of(act.text, of_roles, statement.span, rotates=scope.interchangeable)
            scope.needs.append(need)
            scope.axioms.append(need.axiom)
        case _:
            pass


def _units(scope: Scope) -> range:
    """The roles that see or do what an axiom says: those of units that take the roles in turn are all role 0."""
    return range(1 if scope.interchangeable else max(1, len(scope.roles)))


def _seen_alike(scope: Scope, name: ast.Name) -> Axiom:
    """That units of one party have one view."""
    party, view = scope.party, scope.views[name.text]
    assert party is not None, "whose view it is was looked at"
    apart = (
        disjunction(negation(same(seen(party, a), seen(party, b))), equal(seen(view, a), seen(view, b)))
        for a, b in combinations(range(len(scope.roles)), 2)
    )
    return Axiom("", conjunction(*apart), rotates=False, span=name.span)


def _never(scope: Scope, acts: tuple[ast.Name, ...], span: Span) -> None:
    for act in acts:
        _require_act(scope, act)
    if len({act.text for act in acts}) < len(acts):
        raise twice(say("act in this list `{name}` is declared twice", name=acts[-1].text), acts[-1].span)
    together = conjunction(*(Does(act.text, 0) for act in acts))
    scope.axioms.append(Axiom("", negation(together), rotates=True, span=span))


def _tied(resolver: Resolver, condition: ast.Expression, act: ast.Name | None = None) -> Expr:
    """The meaning of an axiom, or of what an act takes; with fixed roles `own` is nobody, and what to write is told."""
    scope = resolver.scope
    try:
        return resolver.condition(condition)
    except Fault as caught:
        found = caught.finding
        if found is None or found.primary.span.text != "own" or scope.interchangeable or len(scope.roles) < 2:
            raise
        first, other = scope.roles[:2]
        if act is None:
            apart = say(
                "or, if it is each side's own, write an axiom for each: `{first}.…`, `{other}.…`",
                first=first,
                other=other,
            )
        else:
            apart = say(
                "or, if who does it is meant, write an axiom for each role: `axiom {first}.{act} implies {first}.…`",
                first=first,
                act=act.text,
            )
        raise Fault(replace(found, remedies=(*found.remedies[:1], apart))) from None


def _require_act(scope: Scope, act: ast.Name) -> None:
    if act.text not in scope.acts:
        raise undefined(say("act"), act.text, act.span, scope.acts)


def _finish(scope: Scope, statements: list[ast.Statement]) -> Iterator[Finding]:
    yield from resolve_terms(scope)
    relate_counters(scope)
    if scope.situation is None or scope.roles or "roles" in scope.unread:
        return
    for statement in statements:
        if isinstance(statement, ast.SituationDeclaration):
            problem = wrong_type(
                statement.span,
                say("the situation `{situation}` has no roles", situation=scope.situation),
                say("write `roles own, other`"),
            )
            assert problem.finding is not None
            yield problem.finding
