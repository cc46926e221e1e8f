"""Duties that can be complied with only by who puts another clause in place of one of them by its own conduct."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.compliance.escapes import AskedEscape, Escape, escapes, switches
from cbm.compliance.unavailable_options import readings_of, readings_shut_by, shown
from cbm.core.expressions import Formula, NormId, disjunction
from cbm.core.variables import Origin
from cbm.evaluate.complete_episode import CompleteEpisode
from cbm.evaluate.fulfilment import fulfilled
from cbm.evaluate.what_binds import binding, live
from cbm.finding import Finding, Rule, RuleId, Severity
from cbm.ground.grounding import Ground
from cbm.ground.posed import AskedOnReadings
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.search.open_readings import ReadingCubes, beyond
from cbm.search.replay import Episode
from cbm.smt.journal import asking
from cbm.smt.solve import Unknown
from cbm.translation.listing import listed
from cbm.translation.saying import english, mark, say, say_count
from cbm.wording.clause_names import clause_name, clause_names, content_label, names_of, unverified
from cbm.wording.condition_words import literal_words
from cbm.wording.findings.each_role import RoleFinding, once
from cbm.wording.findings.shut_conditions import shut_conditions
from cbm.wording.reading_words import qualified
from cbm.wording.scenarios import example
from cbm.wording.told_zones import told_by

RULE = Rule(
    RuleId.ESCAPE,
    Severity.NOTE,
    mark("compliance only by conduct that switches a duty off"),
    mark("""\
A clause may stand `in place of` a duty in the case that the unit itself does something, or brings some result about.
In some encounter one can comply, but only so: the unit has to bring that clause into play, and leaves undone what the
duty asks for, which would bind it if it acted otherwise. That is no conflict, but perhaps a way out that was not
meant. The smallest sets of clauses that leave no other way are named. What only advice (`should`) asks for is added
where nothing is found without it.
"""),
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a patrol_aircraft meeting a warship must keep separation >= 1,000 m
clause 2 a patrol_aircraft meeting a warship when calls_unanswered must identify_visually
clause 3 a patrol_aircraft when own.announce_intentions must keep separation <= 500 m in place of 1
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a patrol_aircraft meeting a warship must keep separation >= 1,000 m
clause 2 a patrol_aircraft meeting a warship when calls_unanswered must identify_visually in place of 1
clause 3 a patrol_aircraft when own.announce_intentions must keep separation <= 500 m in place of 1
""",
)


def check(inquiry: Inquiry) -> Iterator[Finding]:
    return once(inquiry, _of_each_role(inquiry))


def _of_each_role(inquiry: Inquiry) -> Iterator[RoleFinding]:
    """What only advice leaves no other way to is told of the readings of open terms on which no duty does so."""
    for strict, advised in zip(inquiry.strict, inquiry.advised, strict=True):
        elsewhere: tuple[Formula, ...] | None = ()
        put: tuple[AskedEscape, ...] = ()
        known = True  # that no escape is one of other texts alone
        for view, also in ((strict, False), (advised, True)):
            if elsewhere is not None:
                put = (AskedEscape(view.bearer, also, put if elsewhere else ()),)
                about = replace(view, possible=(*view.possible, *elsewhere))
                every = _find_escapes(inquiry, about, also, *put if known else (None,))
                found = [one for one in every if _concerns(inquiry, one)]
                told = [(one, readings_shut_by(one.way, one.shut, readings_of(one.way))) for one in found]
                of = AskedOnReadings(*put) if known and len(every) == 1 else None
                known = known and len(found) == len(every)
                for one, on in told:
                    finding = qualified(inquiry, _finding(inquiry, one, also, on), on, of=of)
                    asked = one.way.compliance(*one.way.demands)
                    matter = (_norms(one), tuple(duty.norm.id for duty in one.shut.by), also)
                    yield RoleFinding(view, matter, finding, one.shut.cube, asked)
                elsewhere = beyond([on for _, on in told])


def _find_escapes(inquiry: Inquiry, about: Ground, advised: bool, of: AskedEscape | None) -> list[Escape]:
    """Records one question for the bearer, where own conduct puts any clause in place of another one."""
    known = switches(about, advised)
    if not known:
        return []
    norms = tuple(dict.fromkeys(norm for switch in known for norm in (switch.edge.by, switch.edge.of)))

    def subject() -> str:
        clauses = clause_names(inquiry.system, norms)
        return say("can one comply without putting one of {clauses} in place of another", clauses=clauses)

    with asking(
        system=about.system,
        bearer=about.bearer,
        norms=norms,
        question="is there a situation in which one can comply, but only so that own conduct puts a clause in place of "
        "a duty that is left undone (beyond the sets found before)",
        found="it is an escape: the finding",
        none="one can always comply without that",
    ):
        answers = list(escapes(about, advised))
    unknown = next((answer for answer in answers if isinstance(answer, Unknown)), None)
    left = False if unknown is None else inquiry.leave_open(subject, unknown, *norms)
    every = [answer for answer in answers if isinstance(answer, Escape)]
    found = any(_concerns(inquiry, one) for one in every)
    only_of_others = bool(answers) and not found
    inquiry.record(RULE.id, subject, True if found else left, of=None if only_of_others else of)
    return every


def _concerns(inquiry: Inquiry, escape: Escape) -> bool:
    return any(norm.document == inquiry.system.subject for norm in _norms(escape))


def _norms(escape: Escape) -> tuple[NormId, ...]:
    """The duties switched off, what is put in their place, and what leaves no other way."""
    edges = [switch.edge for switch in escape.switches]
    by = (duty.norm.id for duty in escape.shut.by)
    return tuple(dict.fromkeys((*(edge.of for edge in edges), *(edge.by for edge in edges), *by)))


def _finding(inquiry: Inquiry, escape: Escape, advised: bool, on: ReadingCubes | Unknown | None) -> Finding:
    cube, kept = escape.shut.cube, [duty.norm.id for duty in escape.shut.by]
    norms, edges = _norms(escape), [switch.edge for switch in escape.switches]
    system = told_by(inquiry.system, norms)
    duties = list(dict.fromkeys(edge.of for edge in edges))
    ways = [
        say("{clause} in place of {other}", clause=clause_name(system, e.by), other=clause_name(system, e.of))
        for e in edges
    ]
    labels = [content_label(system, system.norms[norm], _part(escape, norm)) for norm in norms]
    seen = _shown(escape)
    return Finding(
        RULE.id,
        RULE.severity,
        say_count(
            "{clauses} can be complied with only by who puts {replacements}",
            "{clauses} can be complied with together only by who puts {replacements}",
            len(kept),
            clauses=clause_names(system, kept),
            replacements=listed(ways, "or"),
        ),
        labels[0],
        tuple(labels[1:]),
        tuple(map(str, norms)),
        whenever=shut_conditions(escape.way, escape.shut, norms, on),
        extent=(tuple(literal_words(system, literal) for literal in cube),),
        known_extent=english(lambda: (tuple(literal_words(system, literal) for literal in cube),)),
        witness=example(system, seen, cube, Origin.DOING, Origin.RESULT),
        remedies=(
            say("say in {clauses} when that need not be done", clauses=listed(names_of(system, duties))),
            say("or take out of the condition what the unit does itself"),
        ),
        notes=(*((say("advice is complied with as well"),) if advised else ()), *unverified(system, norms)),
    )


def _part(escape: Escape, norm: NormId) -> str:
    if any(switch.edge.of == norm for switch in escape.switches):
        return mark("{clause} is switched off")
    if any(switch.edge.by == norm for switch in escape.switches):
        return mark("{clause} is brought into play by what the unit does")
    return mark("{clause} leaves no other way")


def _shown(escape: Escape) -> Episode:
    """An encounter in which all is complied with and a duty switched off that could bind other conduct there."""
    about = escape.way.about
    thrown = disjunction(*(switch.thrown for switch in escape.switches))

    def switched_off(seen: CompleteEpisode) -> bool:
        system, bearer = about.system, about.bearer
        off = (
            s.duty.norm
            for s in escape.switches
            if live(s.duty.norm, bearer, seen, system) and not binding(s.edge.of, bearer, seen, system)
        )
        return any(not fulfilled(norm, bearer, seen, system) for norm in off)

    return shown(replace(escape.way, given=(thrown, *escape.way.where)), escape.shut, switched_off)
