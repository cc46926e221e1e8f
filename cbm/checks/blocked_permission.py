"""Permissions and exemptions that compliance with the duties leaves no way to use, always or in some encounters."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass

from cbm.checks.naming import clause_name, clause_names, content_label, listed
from cbm.checks.scenarios import example
from cbm.checks.wording import condition_words, literal_words
from cbm.decide.clashes import GivenUp
from cbm.decide.foreclosed import Shut, Way, duties_of, shown, shut
from cbm.decide.inquiry import Inquiry
from cbm.finding import Finding, Rule, Scenario, Severity
from cbm.semantics.core import Modality, NormSystem, negation
from cbm.semantics.evaluate import World, binding, fulfilled
from cbm.semantics.ground import Ground, GroundNorm
from cbm.smt.journal import asking
from cbm.smt.solve import Unknown

RULE = Rule(
    "blocked-permission",
    Severity.WARNING,
    "a permission or an exemption that nobody who complies can use",
    """\
What a clause allows with `may` must remain possible for whoever complies with everything that binds it. The
permission is blocked where compliance is possible and every way of complying leaves it unused: in every encounter in
which the clause applies, or in some. An exemption (`need not`) is blocked in the same way: where whoever complies has
to do what the clause exempts from, because another clause that still binds asks for it. Neither takes a duty away,
and neither prevails over one: the clause has to stand `in place of` the duty. What only advice (`should`) blocks is
told as a note.
""",
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 an aircraft meeting a warship must keep separation >= 1,000 m
clause 2 a patrol_aircraft meeting a ship may identify_visually
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 an aircraft meeting a warship must keep separation >= 1,000 m
clause 2 a patrol_aircraft meeting a ship may identify_visually
  in place of 1
""",
)


@dataclass(frozen=True, slots=True)
class _Blocked:
    """Where a clause cannot be made use of, whether it ever can, and an encounter."""

    shut: Shut
    always: bool
    shown: Scenario


def check(inquiry: Inquiry) -> Iterator[Finding]:
    for strict, advised in zip(inquiry.strict, inquiry.advised, strict=True):
        for n in strict.norms:
            norm = n.norm
            if norm.demands or norm.id.document != inquiry.system.subject:
                continue
            for about, severity in ((strict, RULE.severity), (advised, Severity.NOTE)):
                way = _use(about, about.norm(norm.id), advised=severity is Severity.NOTE)
                blocked = _blocked(inquiry, way, n)
                verdict = None if isinstance(blocked, Unknown) else blocked is not None
                inquiry.record(RULE.id, clause_names(inquiry.system, (norm.id,)), verdict)
                if isinstance(blocked, _Blocked):
                    yield _finding(inquiry.system, n, blocked, severity)
                    break


def _use(about: Ground, n: GroundNorm, advised: bool) -> Way:
    """Doing what the clause allows, or leaving what need not be."""
    used = n.fulfilled if n.norm.modality is Modality.PERMISSION else negation(n.fulfilled)
    return Way(about, (n.binds,), (used,), duties_of(about, advised))


def _blocked(inquiry: Inquiry, way: Way, n: GroundNorm) -> _Blocked | Unknown | None:
    """The search: some compliant conduct while the clause binds, and none that makes use of it."""
    with _asking(way, n, found="it is blocked there: the finding", none="it can always be made use of"):
        found = shut(way)
    if isinstance(found, Unknown):
        question = f"can what {clause_name(inquiry.system, n.norm.id)} leaves open always be made use of"
        inquiry.given_up.append(GivenUp(way.about.bearer, (n.norm.id,), question, found.reason))
    if not isinstance(found, Shut):
        return found
    question, ends = "can it ever be made use of by who complies", {"found": "it can", "none": "it never can"}
    ever = inquiry.can(way.about, (n.norm.id,), question, *way.given, *way.wanted, *way.demands, **ends)
    system, bearer, allows = inquiry.system, way.about.bearer, n.norm.modality is Modality.PERMISSION

    def unused(seen: World) -> bool:
        done = fulfilled(n.norm, bearer, seen, system)
        return binding(n.norm.id, bearer, seen, system) and done is not allows

    with _asking(way, n):
        told = shown(way, found, unused)
    return _Blocked(found, ever is False, example(system, told, found.cube))


def _asking(way: Way, n: GroundNorm, **follows: str) -> AbstractContextManager[None]:
    question = "is there a situation in which it binds and one can comply, but not so that it is made use of"
    about = way.about
    return asking(system=about.system, bearer=about.bearer, norms=(n.norm.id,), question=question, **follows)


def _finding(system: NormSystem, n: GroundNorm, blocked: _Blocked, severity: Severity) -> Finding:
    allows, by = n.norm.modality is Modality.PERMISSION, blocked.shut.by
    names = [clause_name(system, d.norm.id) for d in by]
    cube = blocked.shut.cube
    return Finding(
        RULE.id,
        severity,
        _message(system, n, blocked.always, f"who complies with {listed(names)}" if names else "anybody"),
        content_label(system, n.norm, "allows this" if allows else "exempts from this"),
        tuple(content_label(system, d.norm, f"{'leaves no room for' if allows else 'asks for'} it") for d in by),
        (str(n.norm.id), *(str(d.norm.id) for d in by)),
        whenever=condition_words(system, cube),
        extent=(tuple(literal_words(system, literal) for literal in cube),),
        witness=blocked.shown,
        remedies=(f"let {n.norm.id.label} stand `in place of {listed(names, 'or')}`",) if names else (),
    )


def _message(system: NormSystem, n: GroundNorm, always: bool, who: str) -> str:
    name = clause_names(system, (n.norm.id,))
    if n.norm.modality is Modality.PERMISSION:
        return f"what {name} allows {'can never be used' if always else 'cannot be used in some encounters'} by {who}"
    return f"what {name} exempts from has to be done {'all the same' if always else 'in some encounters'} by {who}"
