"""Duties that who sends a message late can miss, as it may take longer than was hoped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager

from cbm.compliance.unavailable_options import OptionQuestion, Shut, duties_of, shut
from cbm.core.expressions import NormId
from cbm.core.norms import Modality, Norm, NormSystem
from cbm.core.roles import rotate
from cbm.core.substitution import Value
from cbm.core.variables import Variable
from cbm.dynamics.trap_witness import replay_trap
from cbm.dynamics.traps import CAN_BE_MISSED, Trap, late_messages, with_room
from cbm.finding import Finding, Rule, RuleId, Severity
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.search.open_questions import Undecided, some
from cbm.smt.journal import asking
from cbm.smt.solve import Unsat
from cbm.wording.clause_names import clause_name, clause_names, content_label, listed, unverified
from cbm.wording.condition_words import condition_words
from cbm.wording.findings.trap_words import trap_shown
from cbm.wording.scenarios import fact_of
from cbm.wording.times.latest_sending import Latest, latest_sending

RULE = Rule(
    RuleId.LAST_MOMENT,
    Severity.NOTE,
    "how late a message can be sent that may take long",
    """\
Nobody knows how long a message takes before one has arrived. Who sends late, and trusts that it takes little time, can
be caught: it arrives after the deadline. The note says until when it can be sent so that it is in time whatever
happens, by the longest delays and by the hours of the channel.

It is told once for each duty, and not where another clause forbids to send at that moment. Where not even what is sent
at once is sure to be in time, `impossible-duty` says so, or `conflict` where one clause sets the time and another one
leaves only this channel.
""",
    failing="""\
vocabulary watch "A watch"
party CN "China"
party JP "Japan"
situation encounter
roles own, other
each party : party
moments sighting "the sighting"
topic calls
act report "reports the other unit" topic calls
channel line between CN, JP for calls operational from 2018-06-08
  delay "until it is answered" 0 min to 2 h
draft code "A code"
  uses watch
clause 1 every unit must report within 6 h after sighting through line
""",
    passing="""\
vocabulary watch "A watch"
party CN "China"
party JP "Japan"
situation encounter
roles own, other
each party : party
moments sighting "the sighting"
topic calls
act report "reports the other unit" topic calls
channel line between CN, JP for calls operational from 2018-06-08
  delay "until it is answered" 0 min to 2 h
draft code "A code"
  uses watch
clause 1 every unit must report upon sighting through line
""",
)


def check(inquiry: Inquiry) -> Iterator[Finding]:
    told: set[NormId] = set()
    left: list[Undecided] = []
    for bearer in (about.bearer for about in inquiry.strict):
        for late in late_messages(with_room(inquiry, bearer), inquiry.clashes):
            if isinstance(late, Undecided):
                inquiry.undecided.append(late)
                left.append(late)
                asked = f"until when can be sent what {clause_names(inquiry.system, late.norms)} ask for"
                inquiry.record(RULE.id, asked, late)
                continue
            for finding in _findings(inquiry, late, told):
                inquiry.record(RULE.id, f"can {_names(inquiry, late)} be missed by who sends late", True)
                yield finding
    if not told:
        inquiry.record(RULE.id, CAN_BE_MISSED, some(left))


def _findings(inquiry: Inquiry, late: Trap, told: set[NormId]) -> Iterator[Finding]:
    """One for each duty of which it is not told yet, and that can be kept for certain."""
    for n in late.norms:
        others = [other.norm for other in late.norms if other is not n]
        if n.norm.modality is Modality.OBLIGATION and n.norm.id not in told:
            latest = latest_sending(inquiry.system, n.norm, others)
            if latest is None:
                continue
            way = _sending(inquiry, late.about.bearer, n.norm, latest)
            if _is_allowed(inquiry, way):
                told.add(n.norm.id)
                finding = _finding(inquiry, late, n.norm.id, latest)
                yield replace(finding, notes=(*_exceptions(inquiry.system, way), *finding.notes))


def _sending(inquiry: Inquiry, bearer: int, duty: Norm, latest: Latest) -> OptionQuestion:
    """Whether what would be advised can be followed: that it is sent at the last of these moments."""
    about = next(ground for ground in inquiry.strict if ground.bearer == bearer)
    then = about.grounder.formula(rotate(latest.then, bearer if duty.rotates else 0, about.grounder.roles))
    return OptionQuestion(about, (about.norm(duty.id).binds,), (then,), duties_of(about, advised=False))


def _is_allowed(inquiry: Inquiry, way: OptionQuestion) -> bool:
    """Whether it can be followed anywhere; or nothing can, whatever is sent when, which other rules tell."""
    with _asking(way, "it can: that is advised", "another clause forbids that: nothing is advised"):
        if not isinstance(inquiry.ask(way.about, *way.given, *way.wanted, *way.demands), Unsat):
            return True
    with _asking(way, "they can be complied with otherwise", "they never can: it is advised all the same"):
        return isinstance(inquiry.ask(way.about, *way.given, *way.demands), Unsat)


def _exceptions(system: NormSystem, way: OptionQuestion) -> Iterator[str]:
    """Where other clauses forbid to send then."""
    with _asking(way, "what complies is sent at another moment: the note says where", "it always can"):
        closed = shut(way)
    if isinstance(closed, Shut):
        norms = [n.norm.id for n in closed.by]
        forbid = "forbids" if len(norms) == 1 else "forbid"
        yield f"{clause_names(system, norms)} {forbid} to send then where {condition_words(system, closed.cube)}"


def _asking(way: OptionQuestion, found: str, none: str) -> AbstractContextManager[None]:
    return asking(
        system=way.about.system,
        bearer=way.about.bearer,
        question="can it be sent at the last moment that is in time however long it takes, with all complied with",
        found=found,
        none=none,
    )


def _finding(inquiry: Inquiry, late: Trap, duty: NormId, latest: Latest) -> Finding:
    system, norms = inquiry.system, [n.norm.id for n in late.norms]
    beside = [norm for norm in norms if norm != duty]
    retold = replay_trap(late)
    labels = [content_label(system, system.norms[duty], "asks for this")]
    labels += [content_label(system, system.norms[norm], "leaves no other way") for norm in beside]
    names = listed([clause_name(system, norm) for norm in beside])
    aside = f", as {names} {'leaves' if len(beside) == 1 else 'leave'} it, " if beside else " "
    return Finding(
        RULE.id,
        RULE.severity,
        f"{clause_names(system, [duty])}: send {latest.words}; through `{latest.channel}`{aside}it can take "
        f"{latest.takes}",
        labels[0],
        tuple(labels[1:]),
        (str(duty), *map(str, beside)),
        witness=trap_shown(system, late, retold, retold.too_late),
        notes=(f"who sent it then complied if it took less: {_less(inquiry, late)}", *unverified(system, norms)),
    )


def _less(inquiry: Inquiry, late: Trap) -> str:
    waits: dict[Variable, Value] = {
        v: late.there[v] for m in late.messages for v in m.channel.waits if late.here[v] != late.there[v]
    }
    return listed([fact_of(inquiry.system, v, value).words for v, value in waits.items()])


def _names(inquiry: Inquiry, late: Trap) -> str:
    return clause_names(inquiry.system, [n.norm.id for n in late.norms])
