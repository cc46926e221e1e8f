"""Words without effect: clauses, exceptions and edges that change nothing in any encounter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from cbm.conflicts.all_conflicts import ConflictSet
from cbm.conflicts.precedence import joining, yielding_by
from cbm.core.expressions import Compare, Formula, NormId, conjunction, negation
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Guard, Norm, NormSystem, by_clause
from cbm.core.packages.choices import Referral
from cbm.core.packages.package_boxes import Box
from cbm.finding import Finding, Label, Rule, RuleId, Severity
from cbm.ground.grounding import Ground
from cbm.ground.members import is_heard
from cbm.ground.posed import Posed, Sought
from cbm.inquiry import Inquiry
from cbm.records import Record, replace
from cbm.search.open_questions import every, opposite
from cbm.translation.listing import listed
from cbm.translation.saying import Sayable, in_english, mark, say
from cbm.wording.clause_names import clause_name, clause_names, content_label, names_of, reference, substitute_labels
from cbm.wording.condition_words import literal_words
from cbm.wording.findings.clauses_gone import taken_out, with_ways
from cbm.wording.findings.exclusion_words import (
    Told,
    WhyNowhere,
    among_its_parties,
    because,
    where_breached,
    wherever,
    with_reasons,
)
from cbm.wording.findings.idle.case_findings import idle_cases
from cbm.wording.findings.idle.clause_views import ClauseView, Part, guard_labels, met, of_no_use
from cbm.wording.findings.idle.idle_exceptions import excepted, idle_exception, idle_inner, idle_otherwise
from cbm.wording.findings.idle.idle_limits import idle_limits
from cbm.wording.findings.idle.idle_substitutes import idle_substitutes
from cbm.wording.findings.idle.idle_words import (
    idle_edges,
    idle_precedences,
    idle_reserves,
    idle_scopes,
    lifting,
    readings_alike,
    unused_terms,
)
from cbm.wording.findings.stays_open.unheard_texts import (
    away_words,
    out_of_force,
    parties_away,
    unheard_words,
    ways_to_be_heard,
    ways_to_be_party,
)
from cbm.wording.reading_words import found_by_part

RULE = Rule(
    RuleId.VACUITY,
    Severity.WARNING,
    mark("words without effect"),
    mark("""\
A clause whose condition no encounter meets; one that is always excepted, or displaced by another always or wherever it
could be breached; one that every possible conduct fulfils anyway; an `otherwise` that whoever breaches the clause
keeps anyway; an exception that never comes into play; exceptions that swallow a whole rule, which is an error where
the draft and its vocabulary alone make it so; conduct that is deemed to comply with a duty and never comes into play,
complies with it anyway, or is never open to whoever complies with the other duties; an `in place of` between clauses
that never meet; a clause that is `subject to` clauses, or `notwithstanding` them, and never has to yield to them or to
prevail; a case whose `given` describes no encounter, or in which nothing is expected; a finding that is expected to be
absent where there could be none; an `applies when` that no clause follows; a `reserve` for no encounter; an open term
that the text never uses, or two readings of one that mean the same. Such words are usually a slip: a scope that
excludes what the clause is about, or a condition turned round.

A permission bars nothing. Where it stands `in place of` a clause that bars more than it allows, that clause does not
bind at all: the time, the line or the range of the permission has no effect, unless another clause bars the rest.
Nor does it ask for anything: `may report within 24 h after contact in place of` a duty to report within 1 h leaves no
report owed at all. `need not report within 1 h` in its place lifts a later report as well.

An `in place of` is undone where it would lift something, and other clauses ask for the same still: they are named. It
is idle where whoever keeps the upper clause keeps the lower one as well (a stricter rule in place of a looser one): a
note only, for these words do no harm. It is neither where the text would mean something else without it: a looser rule
in place of a stricter one, advice in place of a duty, a clause whose own edge would count again.

The finding says why, in as few words as it takes: the conditions that exclude each other, with terms told by what they
mean; the exceptions, the deeming clauses and the clauses that stand in its place or prevail; and the axioms of the
vocabulary, each at its place. None of these could be left out.

What a header says of whole texts, or a duty of a whole text, provides for whatever these may say and is not told.
Precedence has an effect where clauses at its two ends clash, for one unit or for several, and the higher one does not
yield itself; and where it settles that a clause falls short of a duty of another text (see derogation).
"""),
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a submarine when own.submerged_unit and in_sight must answer
clause 2 a fighter must not aerobatics
clause 3 exception to 2 when own.submerged_unit
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a submarine when in_sight must answer
clause 2 a fighter must not aerobatics
clause 3 exception to 2 when own.distress
""",
)


def pieces(inquiry: Inquiry) -> list[NormId | None]:
    """The clauses of the text, and None for everything else in it."""
    return [*(norm for norm in inquiry.system.norms if norm.document == inquiry.system.subject), None]


def check(inquiry: Inquiry, among: Sequence[NormId | None]) -> Iterator[Finding]:
    negotiation = Negotiation(inquiry.system)
    for piece in among:
        if piece is not None:
            norm = inquiry.system.norms[piece]
            asked = tuple(_asked_about(negotiation, norm))
            yield from found_by_part(inquiry, negotiation, asked, partial(_of_norm, norm=norm), piece)
        else:
            yield from _ended(inquiry)
            yield from idle_edges(inquiry)
            yield from idle_precedences(inquiry)
            yield from idle_limits(inquiry)
            yield from idle_substitutes(inquiry)
            yield from idle_cases(inquiry)
            yield from idle_reserves(inquiry)
            yield from idle_scopes(inquiry)
            yield from unused_terms(inquiry)
            yield from readings_alike(inquiry)


def _asked_about(negotiation: Negotiation, norm: Norm) -> Iterable[Box]:
    """The packages in which it stands as it is worded; not where its condition asks about a clause that is not there:
    that is told of the reference.
    """
    stands = negotiation.boxes_of((norm,))
    asking = [
        conjunction(one.written, negation(one.stands))
        for one in negotiation.system.open_references
        if one.referral is Referral.CONDITION and one.clause == norm.id.label
    ]
    lacking = [box for reference in asking for box in negotiation.boxes(reference)]
    return negotiation.space.minus(stands, lacking) if lacking else stands


def _ended(inquiry: Inquiry) -> Iterator[Finding]:
    """That the text is not in force on the date asked about, so that nothing can be wrong with its clauses."""
    system = inquiry.system
    why = out_of_force(system)
    text = system.texts[system.subject]
    if why and text.span is not None:
        ways = (say("ask about a day on which it binds (on the command line: `--as-of`)"),)
        ended = Finding(RULE.id, RULE.severity, "", Label(text.span), remedies=ways, matter=(text.name,))
        yield _binding_nobody(inquiry, ended, text.name, why)


def _binding_nobody(inquiry: Inquiry, finding: Finding, text: str, why: str) -> Finding:
    """The finding with its message: that a text, or a clause, binds nobody on the date asked about."""
    message = say("{text} binds nobody on {day}: {why}", text=text, day=inquiry.system.as_of, why=why)
    return replace(finding, message=message, undated=say("{text} binds nobody: {why}", text=text, why=why))


def _views(inquiry: Inquiry, norm: Norm) -> Iterator[ClauseView]:
    for about, upheld in zip(inquiry.grounds, inquiry.advised, strict=True):
        view = _view(norm.id, about, upheld)
        if view is not None:
            yield replace(view, here=inquiry.here(about), guards=tuple(map(inquiry.as_taken, view.guards)))


def _view(norm: NormId, about: Ground, upheld: Ground) -> ClauseView | None:
    """The clause towards the bearer of these formulas; None where it never speaks to it."""
    n, grounder = about.find(norm), about.grounder
    if n is None:
        return None
    guards, exceptions = (
        tuple(grounder.guard(guard, n.norm, about.bearer) for guard in some)
        for some in (n.norm.guards, n.norm.exceptions)
    )
    return ClauseView(
        about=about, here=about, norm=n, standing=upheld.norm(norm), guards=guards, exceptions=exceptions, upheld=upheld
    )


class _Clause(Record):
    """A clause that is asked about, as it stands towards everybody it may bind."""

    inquiry: Inquiry
    norm: Norm
    views: list[ClauseView]

    @property
    def name(self) -> str:
        return clause_names(self.inquiry.system, (self.norm.id,))

    def never(self, question: Sayable, *parts: Part) -> bool:
        """Whether these never hold together, whoever is bound; what it asks is recorded."""
        ends = {"found": "it has an effect", "none": "the finding, if it is so for every bearer"}
        views = ((view.about, [part(view) for part in parts]) for view in self.views)
        answers = [self.inquiry.can(about, (self.norm.id,), question, *asked, **ends) for about, asked in views]
        found = every(map(opposite, answers))
        of = Posed(
            partial(_together, self.norm.id, parts),
            (self.norm.id,),
            advised=True,
            clears=True,
            leads_to_effect=all(part in _TO_EFFECT for part in parts),
        )
        self.inquiry.record(RULE.id, lambda: f"{self.name}: {in_english(question)}", found, of=of)
        return found is True


def _together(norm: NormId, parts: Iterable[Part], about: Ground, upheld: Ground) -> Iterator[Sought]:
    """That these hold together."""
    view = _view(norm, about, upheld)
    if view is not None:
        yield Sought(tuple(part(view) for part in parts))


def _applies(view: ClauseView) -> Formula:
    return view.norm.applicable


def _is_live(view: ClauseView) -> Formula:
    return view.norm.live


def _binds(view: ClauseView) -> Formula:
    return view.norm.binds


def _prevails(view: ClauseView) -> Formula:
    return view.standing.binds


def _unfulfilled(view: ClauseView) -> Formula:
    return negation(view.norm.fulfilled)


def _unkept(view: ClauseView) -> Formula:
    """What it asks for itself is not done."""
    norm, about = view.norm.norm, view.about
    return negation(about.grounder.guard(Guard(norm.own_content), norm, about.bearer))


# What a clause that has an effect meets where it has one: it binds and prevails there, and some conduct breaches it.
_TO_EFFECT: tuple[Part, ...] = (met, _applies, _is_live, _binds, _prevails, _unfulfilled)


def _excepting(number: int, view: ClauseView) -> Formula:
    return view.exceptions[number]


def _of_norm(inquiry: Inquiry, norm: Norm) -> Iterator[Finding]:
    """The first thing that is wrong with it, and the exceptions that do nothing."""
    clause = _Clause(inquiry, norm, list(_views(inquiry, norm)))
    name, views = clause.name, clause.views
    if clause.never(mark("is its condition ever met"), met):
        yield _unmet(norm, name, views)
    elif clause.never(mark("does it ever apply"), _applies):
        yield excepted(inquiry, norm, name, views)
    else:
        yield from _exceptions(clause)
        yield from _effect(clause)


def _exceptions(clause: _Clause) -> Iterator[Finding]:
    """Those that never come into play, and what does nothing inside the others."""
    inquiry, norm, views = clause.inquiry, clause.norm, clause.views
    for i, exception in enumerate(norm.exceptions):
        if not inquiry.stands(exception.condition):
            continue
        if clause.never(mark("does its exception ever come into play"), partial(_excepting, i), met):
            reasons = [b for v in views for b in because(v.here, (*v.guards, v.exceptions[i]))]
            yield from idle_exception(inquiry, norm, exception, reference(inquiry.system, norm.id), reasons)
        else:
            yield from idle_inner(inquiry, norm, exception, views, clause.never)


def _effect(clause: _Clause) -> Iterator[Finding]:
    """The first reason why a clause that applies somewhere binds nobody, yields always, or is kept by all conduct."""
    inquiry, norm, name, views = clause.inquiry, clause.norm, clause.name, clause.views
    if not is_heard(norm, inquiry.system):
        inquiry.record(RULE.id, lambda: f"{name}: is it addressed to somebody who is there", found=True, of_words=True)
        unheard = with_ways(of_no_use(inquiry.system, norm, ""), ways_to_be_heard(inquiry.system, norm))
        yield _binding_nobody(inquiry, unheard, name, unheard_words(inquiry.system, norm))
    elif clause.never(mark("is it ever in force between these parties"), _is_live):
        if out_of_force(inquiry.system):
            return  # that is told once, of the whole text
        if away := parties_away(inquiry.system, norm):
            left = with_ways(of_no_use(inquiry.system, norm, ""), ways_to_be_party(inquiry.system, away))
            yield _binding_nobody(inquiry, left, name, away_words(inquiry.system, norm, away))
            return
        nobody = mark("{clause} binds nobody: no two units in such an encounter belong to the parties of the text")
        reasons = [b for v in views for b in because(v.here, (v.norm.live,))]
        yield with_reasons(of_no_use(inquiry.system, norm, say(nobody, clause=name)), reasons, among_its_parties)
    elif clause.never(mark("does it ever bind"), _binds):
        never = mark("{clause} never binds: other clauses stand in its place in every encounter")
        yield _displaced(clause, never, wherever)
    elif clause.never(mark("does it ever prevail"), _prevails):
        yields = mark("{clause} never prevails: it yields to {others} in every encounter")
        yield _never_prevailing(clause, yields, wherever)
    elif norm.demands and clause.never(mark("can it be breached"), _prevails, _unfulfilled):
        yield _never_breached(clause)
    elif norm.otherwise:
        whole = by_clause(inquiry.system.norms)[norm.id.clause]
        yield from idle_otherwise(norm, clause_names(inquiry.system, whole), views, clause.never)


def _never_breached(clause: _Clause) -> Finding:
    """Why no conduct breaches a clause that prevails somewhere: it gives way where some would, or is kept by all."""
    norm, name, views = clause.norm, clause.name, clause.views
    yields = any(v.standing.binds != v.norm.binds for v in views)
    if yields and not clause.never(mark("can it be breached where it yields"), _binds, _unfulfilled):
        prevails = mark("{clause} never prevails where it could be breached: it yields to {others} there")
        return _never_prevailing(clause, prevails, where_breached, _unfulfilled)
    gives_way = any(v.norm.binds != v.norm.live for v in views)
    if gives_way and not clause.never(
        mark("can it be breached where others stand in its place"), _is_live, _unfulfilled
    ):
        binds = mark("{clause} never binds where it could be breached: other clauses stand in its place there")
        return _displaced(clause, binds, where_breached, _unfulfilled)
    alone = mark("could it be breached if nothing else were deemed to comply")
    if norm.substitutes and not clause.never(alone, _prevails, _unkept):
        return _by_deeming(norm, name, views)
    return _fulfilled_anyway(norm, name, views)


def _unmet(norm: Norm, name: str, views: list[ClauseView]) -> Finding:
    """That its conditions exclude each other: those that do, by where they were written."""
    reasons = [b for v in views for b in because(v.here, v.guards)]
    places = [g for i, g in enumerate(norm.guards) if any(b.names(v.guards[i]) for b in reasons for v in views)]
    known = reasons and all(b.unknown is None for b in reasons)
    labels = guard_labels(tuple(places) if known else norm.guards)
    message = say("the condition of {clause} is met in no encounter", clause=name)
    return with_reasons(of_no_use(views[0].about.system, norm, message, labels), reasons)


_IN_ITS_PLACE = mark("{clause} stands in its place")


def _displaced(clause: _Clause, message: str, told: Callable[[str], Told], *given: Part) -> Finding:
    """That others stand in its place where it is live and this is so: as few of them as it takes, and where they do."""
    inquiry, norm = clause.inquiry, clause.norm
    edges = [edge for edge in inquiry.system.displacements if edge.of == norm.id]
    reasons, over = [], []
    for view in clause.views:
        lifted = {edge: negation(lifting(view.about, edge)) for edge in edges}
        for one in because(view.here, (view.norm.live, *lifted.values()), [part(view) for part in given]):
            over += [edge for edge in edges if one.names(lifted[edge]) and edge not in over]
            reasons.append(one.without(lifted.values()))
    needed = [edge for edge in edges if edge in over] or edges
    labels = tuple(Label(e.span, say(_IN_ITS_PLACE, clause=reference(inquiry.system, e.by))) for e in needed if e.span)
    others = listed(list(dict.fromkeys(clause_name(inquiry.system, edge.by) for edge in needed)), "or")
    finding = of_no_use(inquiry.system, norm, say(message, clause=clause.name), labels)
    return with_reasons(finding, reasons, told(say(_IN_ITS_PLACE, clause=others)))


def _fulfilled_anyway(norm: Norm, name: str, views: list[ClauseView]) -> Finding:
    """That nothing breaches it: what it asks for, by its range or by an axiom, is so whatever is done."""
    reasons = [b for v in views for b in because(v.here, (v.standing.binds,), (_unfulfilled(v),))]
    asked = views[0].norm.fulfilled
    system = views[0].about.system
    what = literal_words(system, asked) if isinstance(asked, Compare) else say("it is kept")
    message = say("{clause} asks for nothing: every possible conduct fulfils it", clause=name)
    way = taken_out(system, (norm.id,), mark("correct its condition or what it asks for, or take {clause} out"))
    finding = with_ways(of_no_use(system, norm, message), (way,))
    return with_reasons(finding, reasons, lambda *of: say("{so}, whatever is done", so=wherever(what)(*of)))


def _by_deeming(norm: Norm, name: str, views: list[ClauseView]) -> Finding:
    """That nothing breaches it, by clauses that deem all the rest to comply with it."""
    system = views[0].about.system
    deeming = dict.fromkeys(NormId(norm.id.document, deemed.label) for deemed in norm.substitutes)
    message = say(
        "{clause} asks for nothing: by {others} all other conduct is deemed to comply with it",
        clause=name,
        others=clause_names(system, deeming),
    )
    finding = of_no_use(system, norm, message, tuple(dict.fromkeys(substitute_labels(system, norm))))
    way = taken_out(system, (norm.id,), mark("narrow what is deemed to comply with it, or take {clause} out"))
    return with_ways(finding, (way,))


def _never_prevailing(clause: _Clause, message: str, told: Callable[[str], Told], *given: Part) -> Finding:
    """That it yields where it binds and this is so: to clauses that prevail in as few clashes as it takes."""
    inquiry, norm, system = clause.inquiry, clause.norm, clause.inquiry.system
    over: set[NormId] = set()
    reasons: list[WhyNowhere] = []
    for view in clause.views:
        beside: dict[Formula, NormId] = {}  # where it does not yield to a clause that stands against it
        clashes = [clash for clash in inquiry.clashes_with((norm.id,)) if clash.bearer == view.about.bearer]
        prevailing = [(clash, _over(system, norm, clash)) for clash in clashes]
        for above in system.norms:
            for clash, over_it in prevailing:
                if above in over_it:
                    there = conjunction(clash.formula, view.about.norm(above).binds)
                    beside.setdefault(negation(there), above)
        for one in because(view.here, (view.norm.binds, *beside), [part(view) for part in given]):
            over.update(above for formula, above in beside.items() if one.names(formula))
            reasons.append(one.without(beside))
    named = over or {above for clash in inquiry.clashes_with((norm.id,)) for above in _over(system, norm, clash)}
    names = [other for other in system.norms if other in named]
    labels = tuple(content_label(system, system.norms[other], mark("{clause} prevails over it")) for other in names)
    others = listed(list(dict.fromkeys(names_of(system, names))))
    finding = of_no_use(system, norm, say(message, clause=clause.name, others=others), labels)
    said = with_reasons(finding, reasons, told(say("it yields"))) if over else finding
    return with_ways(said, (taken_out(system, (norm.id,), mark("say where it is to prevail, or take {clause} out")),))


def _over(system: NormSystem, norm: Norm, clash: ConflictSet) -> frozenset[NormId]:
    """The clauses to which it yields in the clash."""
    members = frozenset(clash.takes_part)
    edges = joining(system, members) if norm.id in members else ()
    yielding = (edge for edge in edges if norm.id in yielding_by(system, edge, members))
    return frozenset(above for edge in yielding for above in members & edge.prevailing)
