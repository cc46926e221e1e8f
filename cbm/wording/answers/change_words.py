"""Changes of meaning from one text to another, in a negotiator's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cbm.comparison.change_witness import OwedElsewhere, change_episode, hanging_on, owed_elsewhere, unkept_elsewhere
from cbm.comparison.differences import ChangeKind, MeaningChange
from cbm.comparison.two_texts import OwnText, TwoTexts
from cbm.core.expressions import FALSE, Expr, Formula, IsIn, NormId
from cbm.core.matters import subjects
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Modality, Norm, Strength
from cbm.core.substitution import mentioned
from cbm.core.variables import Origin
from cbm.core.viewpoints import seen
from cbm.ground.grounding import Ground
from cbm.ground.members import members
from cbm.outcomes.difference import PartyBalance, TextChange
from cbm.search.fewer_cubes import fewer
from cbm.smt.journal import asking
from cbm.smt.solve import Unknown, Unsat
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say
from cbm.wording.clause_names import content_label, label_words
from cbm.wording.conditions_with_options import apart_from_options, conditions_with_options, listed_conditions
from cbm.wording.phrases import is_about_choices, member_words, role_words
from cbm.wording.scenarios import example
from cbm.wording.told_zones import told_by

_K = ChangeKind
_GROUPS = {
    _K.TIGHTENED: "tightened",
    _K.BINDING: "tightened",
    _K.RELAXED: "relaxed",
    _K.ADVISED: "relaxed",
    _K.ADVICE_TIGHTENED: "advice",
    _K.ADVICE_RELAXED: "advice",
    _K.PERMITTED: "permissions",
    _K.NOT_PERMITTED: "permissions",
    _K.EXEMPTED: "exemptions",
    _K.NOT_EXEMPTED: "exemptions",
    _K.REPARATION_TIGHTENED: "reparation",
    _K.REPARATION_RELAXED: "reparation",
}
_SAYS = {
    _K.TIGHTENED: mark("{clauses} make a breach of what was free"),
    _K.BINDING: mark("{clauses} make a duty of what was advice"),
    _K.RELAXED: mark("what {clauses} made a breach is free"),
    _K.ADVISED: mark("what {clauses} made a breach is only advised against now"),
    _K.ADVICE_TIGHTENED: mark("{clauses} advise against what was free"),
    _K.ADVICE_RELAXED: mark("what {clauses} advised against is free"),
    _K.PERMITTED: mark("{clauses} permit what nothing permitted"),
    _K.NOT_PERMITTED: mark("what {clauses} permitted is not permitted any more"),
    _K.EXEMPTED: mark("{clauses} exempt from what nothing exempted from"),
    _K.NOT_EXEMPTED: mark("what {clauses} exempted from is not exempted any more"),
    _K.REPARATION_TIGHTENED: mark("after a breach, {clauses} ask for more"),
    _K.REPARATION_RELAXED: mark("after a breach, what {clauses} asked for is not owed any more"),
}
# The same of one clause, where its verb is another one.
_ONE_SAYS = _SAYS | {
    _K.TIGHTENED: mark("{clauses} makes a breach of what was free"),
    _K.BINDING: mark("{clauses} makes a duty of what was advice"),
    _K.ADVICE_TIGHTENED: mark("{clauses} advises against what was free"),
    _K.PERMITTED: mark("{clauses} permits what nothing permitted"),
    _K.EXEMPTED: mark("{clauses} exempts from what nothing exempted from"),
    _K.REPARATION_TIGHTENED: mark("after a breach, {clauses} asks for more"),
}
# Where the duties of the other text clash, so that the example keeps only as many of them as can be kept.
_CLASHING_SAYS = {
    _K.TIGHTENED: mark("{clauses} rule out what was left to do where not all could be complied with"),
    _K.RELAXED: mark("what {clauses} ruled out is left to do where not all can be complied with"),
}
_ONE_CLASHING_SAYS = _CLASHING_SAYS | {
    _K.TIGHTENED: mark("{clauses} rules out what was left to do where not all could be complied with"),
}
# Where it is not known whether the other text advises on it.
_ADVICE_OPEN_SAYS = {
    _K.TIGHTENED: mark("{clauses} make a breach of what was none"),
    _K.RELAXED: mark("what {clauses} made a breach is none any more"),
}
_ONE_ADVICE_OPEN_SAYS = _ADVICE_OPEN_SAYS | {
    _K.TIGHTENED: mark("{clauses} makes a breach of what was none"),
}
# Where the other text advises what is owed after the breach.
_BESIDE_ADVICE_SAYS = {
    _K.REPARATION_TIGHTENED: mark("after a breach, {clauses} make a duty of what was advice"),
    _K.REPARATION_RELAXED: mark("after a breach, what {clauses} asked for is only advised now"),
}
_ONE_BESIDE_ADVICE_SAYS = _BESIDE_ADVICE_SAYS | {
    _K.REPARATION_TIGHTENED: mark("after a breach, {clauses} makes a duty of what was advice"),
}
_UNKEPT = mark("breaches only {clauses}, where not all can be kept")
_NO_BREACH, _BREACHES = mark("no breach"), mark("breaches {clauses}")
_NOT_ADVISED, _ADVISED = mark("no advice against it"), mark("against the advice of {clauses}")
_NOT_PERMITTED, _PERMITTED = mark("not permitted expressly"), mark("permitted by {clauses}")
_NOT_EXEMPTED, _EXEMPTED = mark("not exempted"), mark("exempted by {clauses}")
_NOTHING_OWED, _OWED = mark("nothing further is owed"), mark("what {clauses} asks for after the breach is owed: {owed}")
_ADVICE_UNDONE = mark("what {clauses} asks for after the breach is left undone: {owed}")
_DONE = mark("what {clauses} asks for after the breach is done: {owed}")
_OWED_AS_ADVICE = mark("what is asked for after the breach is only advised")
_ONLY_ADVISED = mark("against advice only")
# What is seen of the conduct of the example with the text before, and with the one after.
_SEEN = {
    _K.TIGHTENED: (_NO_BREACH, _BREACHES),
    _K.BINDING: (_ONLY_ADVISED, _BREACHES),
    _K.RELAXED: (_BREACHES, _NO_BREACH),
    _K.ADVISED: (_BREACHES, _ONLY_ADVISED),
    _K.ADVICE_TIGHTENED: (_NOT_ADVISED, _ADVISED),
    _K.ADVICE_RELAXED: (_ADVISED, _NOT_ADVISED),
    _K.PERMITTED: (_NOT_PERMITTED, _PERMITTED),
    _K.NOT_PERMITTED: (_PERMITTED, _NOT_PERMITTED),
    _K.EXEMPTED: (_NOT_EXEMPTED, _EXEMPTED),
    _K.NOT_EXEMPTED: (_EXEMPTED, _NOT_EXEMPTED),
    _K.REPARATION_TIGHTENED: (_NOTHING_OWED, _OWED),
    _K.REPARATION_RELAXED: (_OWED, _NOTHING_OWED),
}
_BECAME = {
    (Modality.OBLIGATION, Modality.PROHIBITION): mark("an obligation became a prohibition"),
    (Modality.OBLIGATION, Modality.PERMISSION): mark("an obligation became a permission"),
    (Modality.OBLIGATION, Modality.EXEMPTION): mark("an obligation became an exemption"),
    (Modality.PROHIBITION, Modality.OBLIGATION): mark("a prohibition became an obligation"),
    (Modality.PROHIBITION, Modality.PERMISSION): mark("a prohibition became a permission"),
    (Modality.PROHIBITION, Modality.EXEMPTION): mark("a prohibition became an exemption"),
    (Modality.PERMISSION, Modality.OBLIGATION): mark("a permission became an obligation"),
    (Modality.PERMISSION, Modality.PROHIBITION): mark("a permission became a prohibition"),
    (Modality.PERMISSION, Modality.EXEMPTION): mark("a permission became an exemption"),
    (Modality.EXEMPTION, Modality.OBLIGATION): mark("an exemption became an obligation"),
    (Modality.EXEMPTION, Modality.PROHIBITION): mark("an exemption became a prohibition"),
    (Modality.EXEMPTION, Modality.PERMISSION): mark("an exemption became a permission"),
}
# So many that are no party of either text are told by name.
_FEW = 3
_REPARATIONS = (_K.REPARATION_TIGHTENED, _K.REPARATION_RELAXED)
_LESS_FREEDOM = (_K.TIGHTENED, _K.BINDING, _K.NOT_PERMITTED, _K.NOT_EXEMPTED, _K.REPARATION_TIGHTENED)
_MORE_FREEDOM = (_K.RELAXED, _K.ADVISED, _K.PERMITTED, _K.EXEMPTED, _K.REPARATION_RELAXED)


def change_words(both: TwoTexts, changes: Sequence[MeaningChange]) -> TextChange:
    """Changes of one kind in the same clauses, as one: told by the first, with the conditions of all."""
    first = changes[0]
    text = both.new if first.kind.of_new else both.old
    labels = tuple(dict.fromkeys(both.clause(n).label for change in changes for n in change.clauses))
    called = tuple(dict.fromkeys(_called(both, n) for change in changes for n in change.clauses))
    names = (
        say("clause {clause}", clause=called[0])
        if len(called) == 1
        else say("clauses {clauses}", clauses=listed(called))
    )
    shown = change_episode(both, first)
    unkept = tuple(dict.fromkeys(_called(both, n) for n in unkept_elsewhere(both, first, shown)))
    says = _headline(first, len(labels) == 1, bool(unkept))
    of_reparation = first.kind in _REPARATIONS
    elsewhere = owed_elsewhere(both, first, shown) if of_reparation else None
    contents = [part for n in first.clauses for part in _contents(first, n)]
    contents += [part for n in (elsewhere.breached if elsewhere else ()) for part in _contents(first, n)]
    conditions = (*first.cubes[0], *hanging_on(both, first, shown, (*first.cubes[0], *contents)))
    cubes = fewer([cube for change in changes for cube in change.cubes])
    negotiation = Negotiation(both.system)
    words = told_by(both.system, (n for change in changes for n in change.clauses))
    owed = [(n, first.step) for n in first.clauses] if of_reparation else []
    before, after = (_seen_words(both, seen, called, owed) for seen in _seen(first))
    if elsewhere and not first.beside_advice:
        there = _seen_elsewhere(both, elsewhere)
        before, after = (there, after) if first.kind.of_new else (before, there)
    if unkept:
        there = say(_UNKEPT, clauses=listed(unkept))
        before, after = (there, after) if first.kind.of_new else (before, there)
    named = _parties(both)
    parties = sorted({party for one in changes for party in _bearing(both, one, one.about.bearer, named)})
    norm = both.system.norms[first.clauses[0]]
    return TextChange(
        kind=first.kind.value,
        group=_GROUPS[first.kind],
        clauses=labels,
        message=say(says, clauses=names),
        place=content_label(both.system, norm, ""),
        bearer=role_words(both.system, first.about.bearer),
        why=_why(both, first, text, clashing=bool(unkept)),
        whenever=conditions_with_options(words, negotiation, first.cubes[0]),
        extent=tuple(listed_conditions(words, negotiation, *apart_from_options(negotiation, cube)) for cube in cubes),
        complete=all(change.complete for change in changes),
        before=before,
        after=after,
        witness=example(both.system, shown, (*conditions, *contents), Origin.DOING, Origin.RESULT, sent=True),
        bound=tuple(member_words(both.system, party) for party in parties),
        owed_to=_owed_to(both, changes, named),
    )


def _headline(change: MeaningChange, of_one: bool, clashing: bool) -> str:
    plain, said = _ONE_SAYS if of_one else _SAYS, dict[ChangeKind, str]()
    if clashing:
        said = _ONE_CLASHING_SAYS if of_one else _CLASHING_SAYS
    elif change.beside_advice:
        said = _ONE_BESIDE_ADVICE_SAYS if of_one else _BESIDE_ADVICE_SAYS
    elif change.advice_open:
        said = _ONE_ADVICE_OPEN_SAYS if of_one else _ADVICE_OPEN_SAYS
    return said.get(change.kind, plain[change.kind])


def _seen(change: MeaningChange) -> tuple[str, ...]:
    """What is seen of the conduct of the example with the text before, and with the one after."""
    beside = (_OWED, _OWED_AS_ADVICE) if change.beside_advice else ()
    return (beside[::-1] if change.kind.of_new else beside) or _SEEN[change.kind]


def _contents(change: MeaningChange, clause: NormId) -> Iterator[Formula]:
    """What the clause asks for, and after a breach, as far as the change goes."""
    norm = change.about.norm(clause)
    yield norm.fulfilled
    if change.kind in _REPARATIONS:
        yield from norm.otherwise[: change.step + 1]


def _seen_words(both: TwoTexts, seen: str, clauses: Sequence[str], owed: Iterable[tuple[NormId, int]]) -> str:
    """What is seen, with what these clauses ask for after a breach at these steps."""
    asked = [both.system.norms[n].otherwise[step] for n, step in owed]
    if seen == _OWED and all(one.strength is Strength.SHOULD for one in asked):
        seen = _ADVICE_UNDONE
    words = dict.fromkeys(f"`{one.words}`" for one in asked)
    return say(seen, clauses=listed(clauses), owed=listed([*words]))


def _seen_elsewhere(both: TwoTexts, elsewhere: OwedElsewhere) -> str:
    """What the text that asks for nothing further after the breach sees."""
    if not elsewhere.breached:
        return say(_NO_BREACH)
    if not elsewhere.done:
        return say(_NOTHING_OWED)
    clauses = list(dict.fromkeys(_called(both, n) for n, _ in elsewhere.done))
    return _seen_words(both, _DONE, clauses, elsewhere.done)


def _called(both: TwoTexts, norm: NormId) -> str:
    """The label of the clause that a demand stands in, as its reader says it."""
    return label_words(both.text_of(norm), both.clause(norm).label)


def balances(changes: Iterable[TextChange], labels_in_order: Iterable[str]) -> tuple[PartyBalance, ...]:
    """Party by party, whose freedom shrank and whose protection grew, by clauses in this order."""
    told_of, in_order = tuple(changes), dict.fromkeys(labels_in_order)
    parties = sorted({party for change in told_of for party in (*change.bound, *change.owed_to)})
    less, more = ({kind.value for kind in some} for some in (_LESS_FREEDOM, _MORE_FREEDOM))

    def labels(party: str, kinds: set[str], bound: bool) -> tuple[str, ...]:
        concerned = (c for c in told_of if c.kind in kinds and party in (c.bound if bound else c.owed_to))
        told = {label for change in concerned for label in change.clauses}
        return tuple(label for label in in_order if label in told)

    return tuple(
        PartyBalance(
            party,
            labels(party, less, bound=True),
            labels(party, more, bound=True),
            labels(party, less, bound=False),
            labels(party, more, bound=False),
        )
        for party in parties
    )


def _why(both: TwoTexts, change: MeaningChange, text: OwnText, clashing: bool) -> str:
    """What became of the clauses from the one text to the other; `clashing`: in the example duties clash."""
    told = dict.fromkeys(_why_of(both, change, norm, text is both.new, clashing) for norm in change.clauses)
    return say("; ").join(told)


def _why_of(both: TwoTexts, change: MeaningChange, norm: NormId, is_new: bool, clashing: bool) -> str:
    own = both.system.norms[norm]
    twin = both.counterpart(norm)
    if own.id.act and _lists_others_still(both, own, twin):
        words = mark("`{act}` is listed now") if is_new else mark("`{act}` is not listed any more")
        return say(words, act=own.id.act)
    if twin is None:
        return say("the clause is new") if is_new else say("the clause is gone")
    found = say("; ").join(_differences_of(both, change.about, own, both.system.norms[twin], is_new))
    if not found and not clashing and _is_of_parties(both, change):
        return say("the clause is the same: the parties of the text changed")
    if found or not clashing:
        return found or say("the clause is the same: others that bear on it changed")
    return say("duties of one of the texts cannot all be kept there, and what is left to do changed")


def _lists_others_still(both: TwoTexts, own: Norm, twin: NormId | None) -> bool:
    """Whether the other text has the clause with others of the acts that it lists, and not with this one."""
    norms = both.system.norms
    if twin is not None and not subjects(norms[twin]).isdisjoint(subjects(own)):
        return False
    others = (n for n in norms if n.document == own.id.document and n != own.id)
    listed_beside = (n for n in others if both.clause(n).clause == both.clause(own.id).clause)
    pairs = ((norms[n], both.counterpart(n)) for n in listed_beside)
    return any(other is not None and subjects(norms[other]) == subjects(one) for one, other in pairs)


def _is_of_parties(both: TwoTexts, change: MeaningChange) -> bool:
    """Whether it is told of units of some parties alone, and the two texts are not between the same ones."""
    before, after = (members(both.system.texts[text.name], both.system) for text in (both.old, both.new))
    party = both.system.situation.party
    if party is None or before == after:
        return False
    units = [seen(party, role) for role in range(len(both.system.situation.roles))]
    return any(variable in units for literal in change.cubes[0] for variable in mentioned(literal))


def _conditions_and_brackets(both: TwoTexts, norm: Norm) -> tuple[list[Expr], list[Expr]]:
    """What has to be so for it to bind, and what has to be taken of what is open in the text."""
    guards = [guard.condition for guard in norm.guards]
    taken = [one for one in guards if is_about_choices(both.system, one)]
    return [one for one in guards if one not in taken], taken


def _differences_of(both: TwoTexts, about: Ground, own: Norm, twin: Norm, is_new: bool) -> Iterator[str]:
    old, new = (twin, own) if is_new else (own, twin)
    if both.clause(old.id).label != both.clause(new.id).label:
        was, now = _called(both, old.id), _called(both, new.id)
        yield say("it was {clause}", clause=was) if is_new else say("it is {clause} now", clause=now)
    if old.modality is not new.modality:
        yield say(_BECAME[old.modality, new.modality])
    if old.strength is not new.strength and old.demands and new.demands:
        yield say("`{old}` became `{new}`", old=old.strength.value, new=new.strength.value)
    before, after = about.find(old.id), about.find(new.id)
    if before is None or after is None:
        yield say("it speaks to another unit")
        return
    if before.fulfilled != after.fulfilled:
        yield say("its content was reworded")
    conditions, brackets = zip(*(_conditions_and_brackets(both, n) for n in (old, new)), strict=True)
    if conditions[0] != conditions[1]:
        yield say("its condition was reworded")
    if brackets[0] != brackets[1]:
        words = mark("it stands in other brackets") if all(brackets) else mark("it stands in brackets now")
        yield say(words if brackets[1] else mark("it stands in no brackets any more"))
    if [e.condition for e in old.exceptions] != [e.condition for e in new.exceptions]:
        yield say("its exceptions changed")
    owed = [(n.otherwise, [step.strength for step in n.norm.otherwise]) for n in (before, after)]
    if owed[0] != owed[1]:
        yield say("what is owed after a breach changed")
    displaced = [{_called(both, e.by) for e in both.system.displacements if e.of == n.id} for n in (old, new)]
    for labels, words in (
        (displaced[1] - displaced[0], mark("displaced by {clauses} now")),
        (displaced[0] - displaced[1], mark("not displaced by {clauses} any more")),
    ):
        if labels:
            yield say(words, clauses=listed(sorted(labels)))
    texts = ((both.old, old), (both.new, new))
    yields = [both.suspended(text, about, advised=True).get(n.id, FALSE) != FALSE for text, n in texts]
    if yields[0] != yields[1]:
        now = mark("it yields where clauses clash now")
        yield say(now if yields[1] else mark("it does not yield any more where clauses clash"))


def _owed_to(both: TwoTexts, changes: Sequence[MeaningChange], named: Sequence[str]) -> tuple[str, ...]:
    """The parties to whom it is owed; of many that are no party of either text, that there are others."""
    system, texts = both.system, [both.system.texts[text.name] for text in (both.old, both.new)]
    among = system.situation.parties if any(text.towards_all for text in texts) else named
    found = {party for change in changes for party in _others(both, change, among)}
    further = found.difference(named)
    told = sorted(found if len(further) <= _FEW else found - further)
    return (*(member_words(system, party) for party in told), *([say("others")] if len(told) < len(found) else ()))


def _others(both: TwoTexts, change: MeaningChange, among: Sequence[str]) -> Iterator[str]:
    for role in range(len(both.system.situation.roles)):
        if role != change.about.bearer:
            yield from _bearing(both, change, role, among)


def _bearing(both: TwoTexts, change: MeaningChange, role: int, among: Sequence[str]) -> Iterator[str]:
    """The parties, of these, whose unit may be in the role where it is so; left open where that is not known."""
    party = both.system.situation.party
    if party is None:
        return
    for name in among:
        of_party = IsIn(seen(party, role), (name,))
        with asking(
            system=both.system,
            bearer=change.about.bearer,
            norms=change.clauses,
            question="does the change concern this party",
            found="it does",
            none="it does not",
        ):
            answer = both.inquiry.ask(change.about, change.shows, of_party)
        if isinstance(answer, Unknown):
            both.inquiry.leave_open(mark("which parties it concerns"), answer, *change.clauses)
        if not isinstance(answer, Unsat):
            yield name


def _parties(both: TwoTexts) -> list[str]:
    """The parties of either text, if it says who they are; not every one of those it is open to."""
    named = frozenset().union(*(members(both.system.texts[text.name], both.system) for text in (both.old, both.new)))
    return [party for party in both.system.situation.parties if party in named]
