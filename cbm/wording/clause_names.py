"""Clauses, labels and lists as a report names them, and what is noted beside the clauses of a finding."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial

from cbm.core.episodes import Axiom
from cbm.core.expressions import Expr, Formula, NormId
from cbm.core.norms import Case, Norm, NormSystem, Substitute, Text, by_clause
from cbm.core.substitution import deeds_of, parts_of
from cbm.finding import ClauseWords, Finding, Label
from cbm.ground.grounding import Ground
from cbm.syntax.ast import Mark
from cbm.translation.listing import in_brackets, listed, row
from cbm.translation.saying import in_english, mark, say
from cbm.translation.speech import spoken

_OTHERWISE = (mark("the first `otherwise`"), mark("the second `otherwise`"), mark("the third `otherwise`"))


def clause_name(system: NormSystem, norm: NormId) -> str:
    """`3.2`, `17(b) of colregs` for a clause of another text, "3.2 (`report`)" for one act of several."""
    return names_of(system, (norm,))[0]


def reference(system: NormSystem, norm: NormId) -> str:
    """How the text under check refers to the clause, whatever else that lists."""
    text = system.texts.get(norm.document)
    label = norm.label if text is None else label_words(text, norm.label)
    return (
        label if norm.document == system.subject else say("{label} of {document}", label=label, document=norm.document)
    )


def label_words(text: Text, label: str) -> str:
    """The label as its reader says it: `3.2`, "3.2 sentence 1"."""
    part = text.sentences.get(label)
    return label if part is None else say("{clause} sentence {number}", clause=part.clause, number=part.number)


def written_reference(system: NormSystem, norm: NormId) -> str:
    """The same in the words of the text, whatever language its reader speaks."""
    return in_english(partial(reference, system, norm))


def restating(system: NormSystem, norm: NormId, of: NormId) -> str:
    """The matter of a comparison with what a clause says that it restates; not translated."""
    return f"{reference(system, norm)} restates {reference(system, of)}"


def names_of(system: NormSystem, norms: Iterable[NormId]) -> list[str]:
    """The names of the clauses in which these norms stand, each once, with the acts if it lists others as well."""
    grouped = by_clause(dict.fromkeys(norms))
    return [f"{reference(system, clause)}{_acts(system, found)}" for clause, found in grouped.items()]


def names_in_any_wording(system: NormSystem, norms: Iterable[NormId]) -> list[str]:
    """`names_of`, a clause once for all its wordings: with the acts, if any of these lists others as well."""
    grouped = by_clause(dict.fromkeys(norms))
    named = [(reference(system, clause), _acts(system, found)) for clause, found in grouped.items()]
    in_part = {clause for clause, acts in named if acts}
    return list(dict.fromkeys(f"{clause}{acts}" for clause, acts in named if acts or clause not in in_part))


def _acts(system: NormSystem, norms: Sequence[NormId]) -> str:
    """Which of the acts of a clause are meant: " (`report`)"; nothing where it is all that it lists."""
    named = [act for norm in norms if (act := act_listed(system, norm))]
    is_one_of_several = bool(norms[0].act)
    if not named or (is_one_of_several and all(one in norms for one in system.norms if one.clause == norms[0].clause)):
        return ""
    return acts_in_brackets(named)


def is_named_with_act(system: NormSystem, norm: NormId) -> bool:
    """Whether its name tells which of the acts of its clause is meant."""
    return bool(norm.act and _acts(system, (norm,)))


def act_listed(system: NormSystem, norm: NormId) -> str:
    """What the clause calls the act that is meant, if it lists several; also if it does in another wording only."""
    if norm.act or not norm.wording or norm not in system.norms:  # what is no norm is a clause, with all that it lists
        return norm.act
    deeds = {done.act for done in deeds_of(system.norms[norm].own_content)}
    wordings = (one for one in system.norms if (one.document, one.label) == (norm.document, norm.label))
    return next((one.act for one in wordings if deeds == {one.act}), "")


def acts_in_brackets(acts: Iterable[str]) -> str:
    """ " (`report`, `call`)", behind the name of a clause that lists others as well."""
    return in_brackets(say(", ").join(f"`{act}`" for act in acts))


def clause_names(system: NormSystem, norms: Iterable[NormId]) -> str:
    """`clause 3.2`, `clauses 3.2, 3.5 and 4.1`."""
    return _clauses(names_of(system, norms))


def clauses_in_any_wording(system: NormSystem, norms: Iterable[NormId]) -> str:
    """The same, a clause once for all its wordings."""
    return _clauses(names_in_any_wording(system, norms))


def _clauses(names: Sequence[str]) -> str:
    if len(names) == 1:
        return say("clause {clause}", clause=names[0])
    return say("clauses {clauses}", clauses=listed(names))


def told_for_all(several: Iterable[Sequence[str]]) -> str:
    """That a finding stands for all choices among clauses, by the names of those among which one can choose."""
    choices = row(listed(names, "or") for names in several if len(names) > 1)
    return say("told once for all choices among clauses that differ only in when they bind: {choices}", choices=choices)


def content_label(system: NormSystem, norm: Norm, message: str = "", **values: object) -> Label:
    """The place where the clause says what it demands, with a message about `{clause}`, if there is one."""
    span = norm.content_span or norm.span
    assert span is not None, "norms of a text carry their place"
    return Label(span, say(message, clause=clause_name(system, norm.id), **values) if message else "")


def substitute_labels(system: NormSystem, norm: Norm, beside: Substitute | None = None) -> Iterator[Label]:
    """Where other conduct is deemed to comply with the clause, but for where this is."""
    for deemed in norm.substitutes:
        clause = clause_name(system, NormId(norm.id.document, deemed.label))
        if deemed.span is not None and (beside is None or deemed.naming != beside.naming):
            yield Label(deemed.span, say("{clause} says what else complies", clause=clause))


def in_case(case: Case) -> tuple[Label, ...]:
    """Where the case stands in which something is expected."""
    return () if case.span is None else (Label(case.span, say("in this case")),)


def otherwise_name(norm: Norm, step: int) -> str:
    """`the otherwise`, or `the second otherwise` where there are several; steps count from 0."""
    if len(norm.otherwise) == 1:
        return say("the `otherwise`")
    return say(_OTHERWISE[step]) if step < len(_OTHERWISE) else say("the {number}th `otherwise`", number=step + 1)


def axiom_labels(about: Ground, parts: Collection[Expr]) -> Iterator[Label]:
    """The places of the axioms that these parts of what is possible or feasible come from, each once."""
    yield from (axiom_label(about.system, axiom) for axiom in axioms_among(about, parts))


def axioms_among(about: Ground, parts: Collection[Expr]) -> Iterator[Axiom]:
    """The axioms that these parts come from, as far as they stand somewhere."""
    for axiom, formulas in _axioms_as_asked(about):
        if any(formula in parts for formula in formulas):
            yield axiom


def _axioms_as_asked(about: Ground) -> list[tuple[Axiom, list[Formula]]]:
    """The axioms that stand somewhere, each with what it is in questions; worked out once for a bearer."""
    known: list[tuple[Axiom, list[Formula]]] | None = about.worked_out.get("axioms")
    if known is None:
        known = about.worked_out["axioms"] = []
        for axiom in about.system.axioms:
            if axiom.span is not None:
                known.append((axiom, [part for formula in about.grounder.axiom(axiom) for part in parts_of(formula)]))
    return known


def axiom_label(system: NormSystem, axiom: Axiom) -> Label:
    """The place of an axiom with its title, or of a deeming clause with its name."""
    assert axiom.span is not None, "axioms of a text or a vocabulary carry their place"
    if axiom.document is None:
        return Label(axiom.span, axiom.title)
    clause = clause_name(system, NormId(axiom.document, axiom.title))
    return Label(axiom.span, say("{clause} deems this", clause=clause))


def wordings(system: NormSystem, norms: Iterable[NormId]) -> tuple[str, ...]:
    """What the clauses say in their source language, for those that quote it."""
    return tuple(dict.fromkeys(quotation for n in norms if (quotation := clause_words(system, n).quotation)))


def unverified(system: NormSystem, norms: Iterable[NormId]) -> tuple[str, ...]:
    """A warning for each clause whose source was recalled and not read."""
    return tuple(dict.fromkeys(caveat for n in norms for caveat in clause_words(system, n).caveats))


def quoted(system: NormSystem, findings: Iterable[Finding]) -> tuple[ClauseWords, ...]:
    """The clauses that findings speak of, and those of the text under check that rest on memory, each once."""
    spoken_of = {clause for finding in findings for clause in finding.clauses}
    known = dict.fromkeys(norm for norm in system.norms)
    told = (
        clause_words(system, n)
        for n in known
        if not spoken_of.isdisjoint((str(n), str(n.unworded))) or n.document == system.subject
    )
    return tuple(dict.fromkeys(one for one in told if one.reference in spoken_of or one.recalled))


def clause_words(system: NormSystem, norm: NormId) -> ClauseWords:
    """The clause as a report quotes it."""
    found = system.norms[norm]
    recalled = dict.fromkeys(citation.text for citation in found.citations if citation.mark is Mark.MEMORY)
    return ClauseWords(str(norm.unworded), reference(system, norm), found.title, found.wording, tuple(recalled))


def topic_words(system: NormSystem, topic: str) -> str:
    """A topic as a text names it for readers of English, and what its vocabulary calls it for others."""
    return topic if spoken() == "en" else system.words.topics.get(topic, topic)


def promise_words(system: NormSystem, names: Iterable[str]) -> str:
    """What is said at a promise of the matters that a finding is about."""
    return say("promises {matters}", matters=say(", ").join(topic_words(system, name) for name in names))
