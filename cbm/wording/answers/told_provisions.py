"""What a provision of a text says, from its tree, for readers of other languages than English.

Readers of English are told its own words. What is not told in words here stands as it is written, in backquotes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from cbm.outcomes.word_list import WordEntry
from cbm.records import replace
from cbm.syntax import ast
from cbm.translation.listing import Last, listed
from cbm.translation.saying import mark, say
from cbm.translation.verb_forms import infinitive, not_done
from cbm.wording.answers.told_demands import mark_of, said_of_deed, said_of_result
from cbm.wording.answers.word_entries import ACT, ATTRIBUTE, OPEN_TERM, PARTY, RESULT, TERM, VALUE

Known = Mapping[tuple[str, str], WordEntry]

_COMPARED = {
    ast.Relation.LESS: mark("{what} is under {value}"),
    ast.Relation.AT_MOST: mark("{what} is at most {value}"),
    ast.Relation.EQUAL: mark("{what} is exactly {value}"),
    ast.Relation.UNEQUAL: mark("{what} is not {value}"),
    ast.Relation.AT_LEAST: mark("{what} is at least {value}"),
    ast.Relation.MORE: mark("{what} is over {value}"),
}
_OPPOSITE = {
    ast.Relation.LESS: ast.Relation.AT_LEAST,
    ast.Relation.AT_MOST: ast.Relation.MORE,
    ast.Relation.EQUAL: ast.Relation.UNEQUAL,
    ast.Relation.UNEQUAL: ast.Relation.EQUAL,
    ast.Relation.AT_LEAST: ast.Relation.LESS,
    ast.Relation.MORE: ast.Relation.AT_MOST,
}
_UNITS = ("own", "other")


def told_provision(clause: ast.Clause, known: Known) -> str | None:
    """What the provision says; None of one that is not told so."""
    match clause:
        case ast.NormClause():
            return _norm(clause, known)
        case ast.ScopeClause(condition=condition):
            return say("applies when {conditions}", conditions=_condition(condition, known))
        case ast.ExceptionClause(targets=targets, condition=condition):
            words = mark("exception to {clauses} when {conditions}")
            return say(words, clauses=_references(targets), conditions=_condition(condition, known))
        case ast.DeemingClause(deemed=deemed, condition=None):
            return say("it is deemed that {deemed}", deemed=_condition(deemed, known))
        case ast.DeemingClause(deemed=deemed, condition=condition) if condition is not None:
            words = mark("when {conditions}, it is deemed that {deemed}")
            return say(words, conditions=_condition(condition, known), deemed=_condition(deemed, known))
        case ast.DeemedCompliance():
            return _deemed_compliance(clause, known)
        case _:
            return None


def _deemed_compliance(clause: ast.DeemedCompliance, known: Known) -> str:
    words = mark("{bearer} is deemed to comply with {clauses} if it does this: {conduct}")
    bearer, clauses = _bearer(clause.bearer, known), _references(clause.targets)
    told = say(words, bearer=bearer, clauses=clauses, conduct=_conduct(clause.conduct, known))
    if not clause.conditions:
        return told
    conditions = [_condition(one, known) for one in clause.conditions]
    return say("when {conditions}, {clause}", conditions=listed(conditions, of="sentences"), clause=told)


def _norm(clause: ast.NormClause, known: Known) -> str:
    told = say("{bearer}: {demand}", bearer=_bearer(clause.bearer, known), demand=_demand(clause.demand, known))
    if clause.conditions:
        conditions = [_condition(one, known) for one in clause.conditions]
        told = say("when {conditions}, {clause}", conditions=listed(conditions, of="sentences"), clause=told)
    for one in clause.exceptions:
        told = say("{clause}, unless {conditions}", clause=told, conditions=_condition(one, known))
    for other in clause.displacements:
        told = say("{clause}, in place of {clauses}", clause=told, clauses=_references(other.references))
    for words, references in (
        (mark("{clause}, notwithstanding {clauses}"), clause.notwithstanding),
        (mark("{clause}, subject to {clauses}"), clause.subject_to),
        (mark("{clause}, restating {clauses}"), clause.restates),
    ):
        if references:
            told = say(words, clause=told, clauses=_references(references))
    for demand in clause.otherwise:
        told = say("{clause}; otherwise {demand}", clause=told, demand=_demand(demand, known))
    return told


def _references(references: Iterable[ast.Reference]) -> str:
    return say(", ").join(_written(one) for one in references)


def _bearer(bearer: ast.Bearer, known: Known) -> str:
    match bearer:
        case ast.EveryUnit():
            return say("every unit")
        case ast.NamedBearer(name):
            return _title(name.text, known, PARTY) or name.text
        case ast.NounBearer(nouns, meeting):
            told = _nouns(nouns, known)
            return say("{kind} meeting {other}", kind=told, other=_nouns(meeting, known)) if meeting else told


def _nouns(nouns: Iterable[ast.Name], known: Known) -> str:
    return listed([_title(noun.text, known, TERM, VALUE) or noun.text for noun in nouns], "or")


def _title(name: str, known: Known, *sorts: str) -> str:
    found = (known[sort, name].title for sort in sorts if (sort, name) in known)
    return next((title for title in found if title), "")


# ---- what is asked for


def _demand(demand: ast.DemandNode, known: Known) -> str:
    kind, last = mark_of(demand.modality, demand.strength), _last(demand)
    deeds = [infinitive(_title(i.act.text, known, ACT)) for i in demand.items if isinstance(i, ast.ActItem)]
    kept = [_condition(item.condition, known) for item in demand.items if isinstance(item, ast.KeepItem)]
    if None in deeds:
        return f"`{_written(demand)}`"
    said = [said_of_deed(kind, listed([deed for deed in deeds if deed], last))] if deeds else []
    said += [said_of_result(kind, listed(kept, last, of="sentences"))] if kept else []
    told = listed(said, last, of="sentences")
    return say("{demand} (`{written}`)", demand=told, written=_written(demand)) if _says_more(demand) else told


def _conduct(demand: ast.DemandNode, known: Known) -> str:
    """What is done, whether that is owed or not."""
    deeds = [infinitive(_title(i.act.text, known, ACT)) for i in demand.items if isinstance(i, ast.ActItem)]
    kept = [_condition(item.condition, known) for item in demand.items if isinstance(item, ast.KeepItem)]
    if None in deeds:
        return f"`{_written(demand)}`"
    told = listed([*(deed for deed in deeds if deed), *kept], _last(demand))
    return say("{demand} (`{written}`)", demand=told, written=_written(demand)) if _says_more(demand) else told


def _last(demand: ast.DemandNode) -> Last:
    return "or" if demand.connective is ast.Connective.ANY else "and"


def _says_more(demand: ast.DemandNode) -> bool:
    """Whether it says when, to whom or how it is to be done."""
    return any(
        (
            demand.stating, demand.recipients, demand.windows, demand.meanwhile, demand.through, demand.except_through,
            demand.level, demand.languages, demand.except_languages,
        )
    )  # fmt: skip


# ---- conditions


def _condition(part: ast.Expression, known: Known) -> str:
    told = _told(part, known)
    return f"`{_written(part)}`" if told is None else told


def _told(part: ast.Expression, known: Known) -> str | None:
    match part:
        case ast.Both(parts):
            return listed([_inner(one, known) for one in parts], of="sentences")
        case ast.Either(parts):
            return listed([_inner(one, known) for one in parts], "or", of="sentences")
        case ast.Negation(operand):
            denied = _denied(operand, known)
            return denied or say("not so that {condition}", condition=_condition(operand, known))
        case ast.Path(document=None):
            return _flag(part, known)
        case ast.IsA(role, noun, negated):
            words = mark("{unit} is not {kind}") if negated else mark("{unit} is {kind}")
            return say(words, unit=_unit(role), kind=_nouns((noun,), known)) if role.text in _UNITS else None
        case ast.BoundBy(role, references, negated) if role.text in _UNITS:
            words = mark("{unit} is not bound by {clauses}") if negated else mark("{unit} is bound by {clauses}")
            return say(words, unit=_unit(role), clauses=_references(references))
        case ast.Is(left, right, negated):
            words = mark("{what} is not {value}") if negated else mark("{what} is {value}")
            what, value = _quantity(left, known), _value(right, known)
            return None if what is None or value is None else say(words, what=what, value=value)
        case ast.In(left, members, negated):
            words = mark("{what} is not {value}") if negated else mark("{what} is {value}")
            values = [_title(one.text, known, VALUE, PARTY) or one.text for one in members]
            what = _quantity(left, known)
            return None if what is None else say(words, what=what, value=listed(values, "or"))
        case ast.Comparison(relation, left, right):
            what, value = _quantity(left, known), _quantity(right, known)
            return None if what is None or value is None else say(_COMPARED[relation], what=what, value=value)
        case ast.Range(subject, low, False, high, False):
            what, ends = _quantity(subject, known), (_quantity(low, known), _quantity(high, known))
            if what is None or None in ends:
                return None
            return say("{what} is {value}", what=what, value=say("{low} to {high}", low=ends[0], high=ends[1]))
        case _:
            return None


def _denied(operand: ast.Expression, known: Known) -> str | None:
    """That something is not so, said of what it is about; None where that cannot be said in one breath."""
    match operand:
        case ast.Negation(inner):
            return _told(inner, known)
        case ast.Both(parts):
            return _told(ast.Either(tuple(ast.Negation(one, span=one.span) for one in parts), span=operand.span), known)
        case ast.Either(parts):
            return _told(ast.Both(tuple(ast.Negation(one, span=one.span) for one in parts), span=operand.span), known)
        case ast.IsA() | ast.BoundBy() | ast.Is() | ast.In():
            return _told(replace(operand, negated=not operand.negated), known)
        case ast.Comparison(relation):
            return _told(replace(operand, relation=_OPPOSITE[relation]), known)
        case ast.Path(document=None):
            return _opposite(operand, known) or _flag_not_set(operand, known)
        case _:
            return None


def _inner(part: ast.Expression, known: Known) -> str:
    """A part of a condition, in brackets where it has parts itself."""
    told, said = _condition(part, known), part
    while isinstance(said, ast.Negation):
        said = said.operand
    return say("({conditions})", conditions=told) if isinstance(said, ast.Both | ast.Either) else told


def _flag(path: ast.Path, known: Known) -> str | None:
    """What is so, of a unit or of all."""
    name = path.parts[-1].text
    if len(path.parts) == 1:
        return _title(name, known, ATTRIBUTE, TERM) or None
    role = path.parts[0]
    if role.text not in _UNITS:
        return None
    if title := _title(name, known, ATTRIBUTE):
        return say("{unit} is {state}", unit=_unit(role), state=title)
    if title := _title(name, known, TERM):
        return say("{unit} is {kind}", unit=_unit(role), kind=title)
    if title := _title(name, known, ACT):
        return say("{unit} {does}", unit=_unit(role), does=title)
    return None


def _flag_not_set(path: ast.Path, known: Known) -> str | None:
    """What is not so of a unit."""
    if len(path.parts) == 1 or path.parts[0].text not in _UNITS:
        return None
    unit, name = _unit(path.parts[0]), path.parts[-1].text
    if title := _title(name, known, ATTRIBUTE):
        return say("{unit} is not {state}", unit=unit, state=title)
    if title := _title(name, known, TERM):
        return say("{unit} is not {kind}", unit=unit, kind=title)
    if (title := _title(name, known, ACT)) and (denied := not_done(title)):
        return say("{unit} {does}", unit=unit, does=denied)
    return None


def _opposite(operand: ast.Path, known: Known) -> str:
    """How it is said that a flag is not set, where its author says so."""
    found = known.get((ATTRIBUTE, operand.parts[-1].text))
    if found is None or not found.opposite:
        return ""
    if len(operand.parts) == 1:
        return found.opposite
    role = operand.parts[0]
    return say("{unit} is {state}", unit=_unit(role), state=found.opposite) if role.text in _UNITS else ""


def _quantity(part: ast.Expression, known: Known) -> str | None:
    match part:
        case ast.QuantityNode():
            return _written(part)
        case ast.Path((name,), None):
            return _title(name.text, known, ATTRIBUTE, RESULT, TERM, OPEN_TERM) or None
        case ast.Path((role, name), None) if role.text in _UNITS:
            title = _title(name.text, known, ATTRIBUTE, RESULT, TERM, OPEN_TERM)
            return say("{quantity} of {unit}", quantity=title, unit=_unit(role)) if title else None
        case _:
            return None


def _value(path: ast.Path, known: Known) -> str | None:
    if len(path.parts) == 1 and path.document is None:
        return _title(path.parts[0].text, known, VALUE, PARTY) or path.parts[0].text
    return _quantity(path, known)


def _unit(role: ast.Name) -> str:
    return say("own unit") if role.text == "own" else say("other unit")


def _written(node: ast.Node) -> str:
    return " ".join(node.span.text.split())
