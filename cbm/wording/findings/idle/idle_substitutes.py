"""Conduct that is deemed to comply with duties, where that changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from cbm.compliance.unavailable_options import duties_of
from cbm.conflicts.trigger_cycles import ending
from cbm.core.expressions import FALSE, Expr, Formula, NormId, conjunction, disjunction, negation
from cbm.core.negotiation import Negotiation
from cbm.core.norms import Norm, NormSystem, Substitute
from cbm.core.roles import rotate
from cbm.finding import Finding, Label, RuleId, Severity
from cbm.ground.grounder import GroundNorm
from cbm.ground.grounding import Ground
from cbm.ground.posed import Posed, Sought
from cbm.inquiry import Inquiry
from cbm.records import Record, replace
from cbm.search.open_questions import every, opposite
from cbm.source import Span
from cbm.translation.listing import listed
from cbm.translation.saying import Sayable, in_english, mark, say
from cbm.wording.clause_names import clause_name, content_label, names_of, substitute_labels
from cbm.wording.findings.exclusion_words import Told, all_of_this, because, wherever, with_reasons
from cbm.wording.reading_words import found_by_part

# What is asked of a duty and of what is deemed to comply with it, as it stands towards one bearer.
_Part = Callable[[Ground, GroundNorm, Substitute], Formula]


def idle_substitutes(inquiry: Inquiry) -> Iterator[Finding]:
    """Clauses that deem some conduct to comply with duties of the text, without effect for those that they name."""
    negotiation = Negotiation(inquiry.system)
    for naming, duties in _by_naming(inquiry.system).items():
        boxes = [box for norm, _ in duties for box in negotiation.boxes_of((norm,))]
        told = partial(_idle, naming=naming, duties=duties)
        yield from found_by_part(inquiry, negotiation, boxes, told, *(norm.id for norm, _ in duties))


def _by_naming(system: NormSystem) -> dict[Span, list[tuple[Norm, Substitute]]]:
    """The duties of the text under check with what is deemed to comply with them, by where they are named."""
    found: dict[Span, list[tuple[Norm, Substitute]]] = {}
    for norm in system.norms.values():
        for deemed in norm.substitutes if norm.id.document == system.subject else ():
            if deemed.naming is not None:
                found.setdefault(deemed.naming, []).append((norm, deemed))
    return found


def _idle(inquiry: Inquiry, naming: Span, duties: list[tuple[Norm, Substitute]]) -> Iterator[Finding]:
    """Why a clause that names these duties changes nothing, if it does not."""
    standing = [(norm, deemed) for norm, deemed in duties if inquiry.stands(deemed.condition)]
    if not standing:
        return
    asked = _NamedDuties(inquiry, standing)
    name, to = asked.name, naming.text
    if not asked.never(mark("does it ever matter what is deemed to comply"), _binds, _holds, _is_done, _is_needed):
        yield from _barred(asked, naming)
        return
    if asked.never(mark("would the duty ever be breached, were nothing else deemed to comply"), _binds, _is_unkept):
        return  # that is told of the duty
    if asked.never(mark("is anything deemed to comply where the duty binds"), _binds, _holds):
        message = say(
            "{clause} never comes into play: its condition never holds where {duty} binds", clause=name, duty=to
        )
        remedy = say("correct the condition, or take it out")
        yield asked.finding(naming, message, remedy, (_binds, _holds), (), all_of_this)
    elif asked.never(mark("is what is deemed to comply ever possible"), _binds, _holds, _is_done):
        message = say(
            "{clause} never comes into play: what it deems to comply with {duty} is never possible there",
            clause=name,
            duty=to,
        )
        remedy = say("name conduct that is possible there, or take it out")
        yield asked.finding(naming, message, remedy, (_binds, _holds), (_is_done,), wherever(say("it is impossible")))
    else:
        message = say(
            "{clause} changes nothing: whoever does what it deems to comply with {duty} complies anyway",
            clause=name,
            duty=to,
        )
        remedy = say("name other conduct, or take it out")
        told = wherever(say("it is kept anyway"))
        idle = asked.finding(naming, message, remedy, (_binds, _holds), (_is_done, _is_needed), told)
        beside = (label for norm, deemed in standing for label in substitute_labels(inquiry.system, norm, deemed))
        yield replace(idle, related=(*idle.related, *dict.fromkeys(beside)))


def _barred(asked: _NamedDuties, naming: Span) -> Iterator[Finding]:
    """That other duties never let it be done, though they could be complied with there without it."""
    parts = (_binds, _holds, _is_done)
    if not asked.never_by_who_complies(mark("is what is deemed to comply ever open to who complies"), *parts):
        return
    if asked.never_by_who_complies(mark("can anybody comply where something is deemed to comply"), _binds, _holds):
        return  # that is told as a conflict
    by, system = asked.in_its_way(*parts), asked.inquiry.system
    names = listed(names_of(system, [n.norm.id for n in by]))
    message = say(
        "{clause} is of no use: nobody who complies with {others} can do what it deems to comply with {duty}",
        clause=asked.name,
        others=names,
        duty=naming.text,
    )
    finding = asked.finding(naming, message, say("name other conduct, or take it out"), (), (), all_of_this)
    takes = (content_label(system, n.norm, mark("{clause} leaves no room for it")) for n in by)
    clauses = tuple(dict.fromkeys((*finding.clauses, *(str(n.norm.id) for n in by))))
    yield replace(finding, related=(*finding.related, *takes), clauses=clauses)


class _NamedDuties(Record):
    """What one reference of such a clause names, as it is asked about."""

    inquiry: Inquiry
    duties: list[tuple[Norm, Substitute]]

    @property
    def norms(self) -> tuple[NormId, ...]:
        return tuple(norm.id for norm, _ in self.duties)

    @property
    def name(self) -> str:
        norm, deemed = self.duties[0]
        return clause_name(self.inquiry.system, NormId(norm.id.document, deemed.label))

    def never(self, question: Sayable, *parts: _Part) -> bool:
        """Whether these never hold together, of any of the duties, whoever is bound; what it asks is recorded."""
        ends = {"found": "it has an effect", "none": "the finding, if it is so for every bearer"}
        sought = ((about, _together(self.duties, parts, about)) for about in self.inquiry.grounds)
        answers = [self.inquiry.can(about, self.norms, question, formula, **ends) for about, formula in sought]
        found = every(map(opposite, answers))
        of = Posed(partial(_put, self.duties, parts), self.norms, clears=True)
        self.inquiry.record(RuleId.VACUITY, lambda: f"{self.name}: {in_english(question)}", found, of=of)
        return found is True

    def never_by_who_complies(self, question: Sayable, *parts: _Part) -> bool:
        """The same of who keeps all duties, whoever is bound."""
        ends = {"found": "it has an effect", "none": "the finding, if it is so for every bearer"}
        answers = [
            self.inquiry.can_keep(
                about,
                duties_of(about, advised=False),
                self.norms,
                question,
                _together(self.duties, parts, about),
                **ends,
            )
            for about in self.inquiry.strict
        ]
        found = every(map(opposite, answers))
        of = Posed(partial(_put_complying, self.duties, parts), self.norms, clears=True)
        self.inquiry.record(RuleId.VACUITY, lambda: f"{self.name}: {in_english(question)}", found, of=of)
        return found is True

    def in_its_way(self, *parts: _Part) -> list[GroundNorm]:
        """As few duties as it takes that these never hold where they are kept, of some bearer whom it speaks to."""
        question = mark("is what is deemed to comply ever open to who complies")
        for about in self.inquiry.strict:
            kept = list(ending(about, duties_of(about, advised=False)))
            together = _together(self.duties, parts, about)
            if together == FALSE:
                continue
            for duty in tuple(kept):
                rest = [d.demand for d in kept if d is not duty]
                if self.inquiry.can(about, self.norms, question, together, *rest) is False:
                    kept = [d for d in kept if d is not duty]
            return kept
        return []

    def finding(
        self, naming: Span, message: str, remedy: str, conditions: Iterable[_Part], given: Iterable[_Part], told: Told
    ) -> Finding:
        """That it changes nothing, with what excludes that it does."""
        inquiry, system = self.inquiry, self.inquiry.system
        labels = dict.fromkeys(content_label(system, norm, mark("{clause} is the duty")) for norm, _ in self.duties)
        clauses = tuple(map(str, self.norms))
        finding = Finding(
            RuleId.VACUITY, Severity.WARNING, message, Label(naming), tuple(labels), clauses=clauses, remedies=(remedy,)
        )
        reasons = [
            reason
            for about in inquiry.grounds
            for norm, deemed in self.duties
            if (n := about.find(norm.id)) is not None and inquiry.as_taken(n.binds) != FALSE
            for reason in because(
                inquiry.here(about),
                [inquiry.as_taken(part(about, n, deemed)) for part in conditions],
                [inquiry.as_taken(part(about, n, deemed)) for part in given],
            )
        ]
        return with_reasons(finding, reasons, told)


def _put(duties: list[tuple[Norm, Substitute]], parts: Iterable[_Part], about: Ground, _: Ground) -> Iterator[Sought]:
    yield Sought((_together(duties, parts, about),))


def _put_complying(
    duties: list[tuple[Norm, Substitute]], parts: Iterable[_Part], _: Ground, upheld: Ground
) -> Iterator[Sought]:
    yield Sought((_together(duties, parts, upheld),), duties_of(upheld, advised=False))


def _together(duties: list[tuple[Norm, Substitute]], parts: Iterable[_Part], about: Ground) -> Formula:
    """That these hold of one of the duties."""
    towards = ((about.find(norm.id), deemed) for norm, deemed in duties)
    return disjunction(*(conjunction(*(part(about, n, deemed) for part in parts)) for n, deemed in towards if n))


def _binds(_: Ground, n: GroundNorm, deemed: Substitute) -> Formula:
    del deemed
    return n.binds


def _holds(about: Ground, n: GroundNorm, deemed: Substitute) -> Formula:
    return _said(about, n, deemed.condition)


def _is_done(about: Ground, n: GroundNorm, deemed: Substitute) -> Formula:
    return _said(about, n, deemed.content)


def _is_unkept(about: Ground, n: GroundNorm, deemed: Substitute) -> Formula:
    del deemed
    return negation(_said(about, n, n.norm.own_content))


def _is_needed(about: Ground, n: GroundNorm, deemed: Substitute) -> Formula:
    """Neither is done what the duty asks for itself, nor what other clauses deem to comply with it."""
    others = (one for one in n.norm.substitutes if one.naming != deemed.naming)
    kept = (_said(about, n, conjunction(one.condition, one.content)) for one in others)
    return conjunction(_is_unkept(about, n, deemed), negation(disjunction(*kept)))


def _said(about: Ground, n: GroundNorm, expression: Expr) -> Formula:
    viewpoint = about.bearer if n.norm.rotates else 0
    return about.grounder.formula(rotate(expression, viewpoint, about.grounder.roles))
