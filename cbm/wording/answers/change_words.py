"""Changes of meaning from one text to another, in a negotiator's words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cbm.comparison.change_witness import change_episode
from cbm.comparison.differences import ChangeKind, MeaningChange
from cbm.comparison.two_texts import OwnText, TwoTexts
from cbm.core.expressions import FALSE, IsIn, NormId
from cbm.core.norms import Norm
from cbm.core.variables import Attribute, Origin
from cbm.core.viewpoints import seen
from cbm.ground.grounding import Ground
from cbm.ground.members import members
from cbm.outcomes.difference import PartyBalance, TextChange
from cbm.search.fewer_cubes import fewer
from cbm.smt.journal import asking
from cbm.smt.solve import Sat
from cbm.translation.listing import listed
from cbm.wording.clause_names import content_label
from cbm.wording.condition_words import condition_words, literal_words
from cbm.wording.phrases import member_words, role_words
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
    _K.TIGHTENED: "{} make{s} a breach of what was free",
    _K.BINDING: "{} make{s} a duty of what was advice",
    _K.RELAXED: "what {} made a breach is free",
    _K.ADVISED: "what {} made a breach is only advised against now",
    _K.ADVICE_TIGHTENED: "{} advise{s} against what was free",
    _K.ADVICE_RELAXED: "what {} advised against is free",
    _K.PERMITTED: "{} permit{s} what nothing permitted",
    _K.NOT_PERMITTED: "what {} permitted is not permitted any more",
    _K.EXEMPTED: "{} exempt{s} from what nothing exempted from",
    _K.NOT_EXEMPTED: "what {} exempted from is not exempted any more",
    _K.REPARATION_TIGHTENED: "after a breach, {} ask{s} for more",
    _K.REPARATION_RELAXED: "after a breach, what {} asked for is not owed any more",
}
# What is seen of the conduct of the example with the text before, and with the one after.
_SEEN = {
    _K.TIGHTENED: ("no breach", "breaches {}"),
    _K.BINDING: ("against advice only", "breaches {}"),
    _K.RELAXED: ("breaches {}", "no breach"),
    _K.ADVISED: ("breaches {}", "against advice only"),
    _K.ADVICE_TIGHTENED: ("no advice against it", "against the advice of {}"),
    _K.ADVICE_RELAXED: ("against the advice of {}", "no advice against it"),
    _K.PERMITTED: ("not permitted expressly", "permitted by {}"),
    _K.NOT_PERMITTED: ("permitted by {}", "not permitted expressly"),
    _K.EXEMPTED: ("not exempted", "exempted by {}"),
    _K.NOT_EXEMPTED: ("exempted by {}", "not exempted"),
    _K.REPARATION_TIGHTENED: ("nothing further is owed", "what {} asks for after the breach is owed"),
    _K.REPARATION_RELAXED: ("what {} asks for after the breach is owed", "nothing further is owed"),
}
_LESS_FREEDOM = (_K.TIGHTENED, _K.BINDING, _K.NOT_PERMITTED, _K.NOT_EXEMPTED, _K.REPARATION_TIGHTENED)
_MORE_FREEDOM = (_K.RELAXED, _K.ADVISED, _K.PERMITTED, _K.EXEMPTED, _K.REPARATION_RELAXED)


def change_words(both: TwoTexts, changes: Sequence[MeaningChange]) -> TextChange:
    """Changes of one kind in the same clauses, as one: told by the first, with the conditions of all."""
    first = changes[0]
    text = both.new if first.kind.of_new else both.old
    labels = tuple(dict.fromkeys(both.clause(n).label for change in changes for n in change.clauses))
    names = f"clause {labels[0]}" if len(labels) == 1 else f"clauses {listed(labels)}"
    shown = change_episode(both, first)
    contents = [first.about.norm(n).fulfilled for n in first.clauses]
    cubes = fewer([cube for change in changes for cube in change.cubes])
    words = told_by(both.system, (n for change in changes for n in change.clauses))
    before, after = _SEEN[first.kind]
    parties = sorted({party for change in changes for party in _bearing(both, change, change.about.bearer)})
    others = sorted({party for change in changes for party in _others(both, change)})
    norm = both.system.norms[first.clauses[0]]
    return TextChange(
        first.kind.value,
        _GROUPS[first.kind],
        labels,
        _SAYS[first.kind].format(names, s="s" if len(labels) == 1 else ""),
        content_label(both.system, norm, ""),
        role_words(both.system, first.about.bearer),
        _why(both, first, text),
        condition_words(words, first.cubes[0]),
        tuple(tuple(literal_words(words, literal) for literal in cube) for cube in cubes),
        all(change.complete for change in changes),
        before.format(listed(labels)),
        after.format(listed(labels)),
        example(both.system, shown, (*first.cubes[0], *contents), Origin.DOING, Origin.RESULT),
        tuple(member_words(both.system, party) for party in parties),
        tuple(member_words(both.system, party) for party in others),
    )


def balances(changes: Iterable[TextChange]) -> tuple[PartyBalance, ...]:
    """Party by party, whose freedom shrank and whose protection grew."""
    listed_ = list(changes)
    parties = sorted({party for change in listed_ for party in (*change.bound, *change.owed_to)})
    less, more = ({kind.value for kind in some} for some in (_LESS_FREEDOM, _MORE_FREEDOM))

    def labels(party: str, kinds: set[str], bound: bool) -> tuple[str, ...]:
        concerned = (c for c in listed_ if c.kind in kinds and party in (c.bound if bound else c.owed_to))
        return tuple(dict.fromkeys(", ".join(change.clauses) for change in concerned))

    return tuple(
        PartyBalance(
            party,
            labels(party, less, True),
            labels(party, more, True),
            labels(party, less, False),
            labels(party, more, False),
        )
        for party in parties
    )


def _why(both: TwoTexts, change: MeaningChange, text: OwnText) -> str:
    """What became of the clause from the one text to the other."""
    if change.clashing:
        return "duties of one of the texts cannot all be kept there, and what is left to do changed"
    told = dict.fromkeys(_why_of(both, change.about, norm, text is both.new) for norm in change.clauses)
    return "; ".join(told)


def _why_of(both: TwoTexts, about: Ground, norm: NormId, is_new: bool) -> str:
    own = both.system.norms[norm]
    twin = both.counterpart(norm)
    if twin is None:
        return "the clause is new" if is_new else "the clause is gone"
    return "; ".join(_differences_of(both, about, own, both.system.norms[twin], is_new)) or (
        "the clause is the same: others that bear on it changed"
    )


def _differences_of(both: TwoTexts, about: Ground, own: Norm, twin: Norm, is_new: bool) -> Iterator[str]:
    old, new = (twin, own) if is_new else (own, twin)
    if both.clause(old.id).label != both.clause(new.id).label:
        yield f"it was {both.clause(old.id).label}" if is_new else f"it is {both.clause(new.id).label} now"
    if old.modality is not new.modality:
        yield f"an {old.modality.value} became a {new.modality.value}".replace("an p", "a p").replace("a e", "an e")
    if old.strength is not new.strength:
        yield f"`{old.strength.value}` became `{new.strength.value}`"
    before, after = about.find(old.id), about.find(new.id)
    if before is None or after is None:
        yield "it speaks to another unit"
        return
    if before.fulfilled != after.fulfilled:
        yield "its content was reworded"
    if [guard.condition for guard in old.guards] != [guard.condition for guard in new.guards]:
        yield "its condition was reworded"
    if [e.condition for e in old.exceptions] != [e.condition for e in new.exceptions]:
        yield "its exceptions changed"
    if before.otherwise != after.otherwise:
        yield "what is owed after a breach changed"
    displaced = [{both.clause(e.by).label for e in both.system.displacements if e.of == n.id} for n in (old, new)]
    for labels, words in (
        (displaced[1] - displaced[0], "displaced by {} now"),
        (displaced[0] - displaced[1], "not displaced by {} any more"),
    ):
        if labels:
            yield words.format(listed(sorted(labels)))
    texts = ((both.old, old), (both.new, new))
    yields = [both.suspended(text, about, True).get(n.id, FALSE) != FALSE for text, n in texts]
    if yields[0] != yields[1]:
        yield "it yields where clauses clash now" if yields[1] else "it does not yield any more where clauses clash"


def _others(both: TwoTexts, change: MeaningChange) -> Iterator[str]:
    for role in range(len(both.system.situation.roles)):
        if role != change.about.bearer:
            yield from _bearing(both, change, role)


def _bearing(both: TwoTexts, change: MeaningChange, role: int) -> Iterator[str]:
    """The parties whose unit may be in the role where it is so."""
    party = both.system.situation.party
    if party is None:
        return
    for name in _parties(both):
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
        if isinstance(answer, Sat):
            yield name


def _parties(both: TwoTexts) -> Iterator[str]:
    """The parties of either text, if it says who they are; not every one of those it is open to."""
    assert isinstance(both.system.situation.party, Attribute)
    named = frozenset().union(*(members(both.system.texts[text.name], both.system) for text in (both.old, both.new)))
    yield from (party for party in both.system.situation.parties if party in named)
