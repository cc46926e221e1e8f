"""What no clause forbids, and what nobody who complies can do all the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cbm.compliance.unavailable_options import advice_adds, readings_of, shown
from cbm.compliance.unwritten_bans import UnwrittenBan, triggering_acts, unwritten_bans
from cbm.core.expressions import Formula
from cbm.core.variables import Origin
from cbm.finding import Finding, Rule, RuleId, Severity
from cbm.ground.grounding import Ground
from cbm.inquiry import Inquiry
from cbm.records import replace
from cbm.search.open_readings import beyond
from cbm.smt.journal import asking
from cbm.smt.solve import Unknown
from cbm.wording.clause_names import clause_names, content_label, listed, names_of, unverified
from cbm.wording.condition_words import act_words, condition_words, literal_words
from cbm.wording.each_role import RoleFinding, once
from cbm.wording.reading_words import qualified
from cbm.wording.scenarios import example
from cbm.wording.told_zones import told_by

RULE = Rule(
    RuleId.UNWRITTEN_PROHIBITION,
    Severity.WARNING,
    "an act that no clause forbids, and that nobody who complies can do",
    """\
Duties on who does an act may clash: "who launches must call; who launches in fog must not call". Nobody may launch in
fog then, and no clause says so. There is no conflict, for one complies by not launching. It is told where one can
comply, where no clause by itself leaves no room for the act, and where several clauses together do: each smallest set
of them in which a clause is brought into play by the act, with the conditions under which it is so.

It is a note where advice takes part. Whether the prohibition is meant or not: write it down, or let one of the clauses
yield.
""",
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 every unit when own.use_active_sonar must call
clause 2 a submarine when own.use_active_sonar and restricted_visibility must not call
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 every unit when own.use_active_sonar must call
clause 2 a submarine when own.use_active_sonar and restricted_visibility must not call in place of 1
""",
)


def pieces(inquiry: Inquiry) -> list[str]:
    """The acts that bring a duty into play."""
    return list(dict.fromkeys(act for about in inquiry.advised for act in triggering_acts(about)))


def check(inquiry: Inquiry, among: Sequence[str]) -> Iterator[Finding]:
    for act in among:
        views = [pair for pair in zip(inquiry.strict, inquiry.advised, strict=True) if act in triggering_acts(pair[1])]
        yield from once(inquiry, (one for pair in views for one in _of_act(inquiry, act, *pair)))


def _of_act(inquiry: Inquiry, act: str, strict: Ground, advised: Ground) -> Iterator[RoleFinding]:
    """What the duties forbid together; with advice, on the readings of open terms on which the duties alone do not."""
    elsewhere: tuple[Formula, ...] | None = ()
    known, more = len(inquiry.undecided), advice_adds(strict, advised)
    for view, severity in ((strict, RULE.severity), (advised, Severity.NOTE)):
        if view is advised and elsewhere is not None and not more and len(inquiry.undecided) == known:
            inquiry.record(RULE.id, _question(inquiry, act, view), False)
        elif elsewhere is not None:
            about = replace(view, possible=(*view.possible, *elsewhere))
            found = [(ban, readings_of(ban.way)) for ban in _bans(inquiry, about, act, severity is Severity.NOTE)]
            for ban, on in found:
                finding = qualified(inquiry, replace(_finding(inquiry, ban), severity=severity), on)
                asked = ban.way.compliance(*ban.way.demands)
                yield RoleFinding(view, (act, finding.clauses), finding, ban.shut.cube, asked)
            elsewhere = beyond([on for _, on in found])


def _bans(inquiry: Inquiry, about: Ground, act: str, advised: bool) -> list[UnwrittenBan]:
    """Records one question for the act."""
    question = _question(inquiry, act, about)
    with asking(
        system=about.system,
        bearer=about.bearer,
        question="is there a situation in which one can comply, no clause alone leaves no room for the act, and all of "
        "them together do (beyond the sets found before)",
        found="the clauses forbid it together: the finding, if the act brings one of them into play",
        none="they never do",
    ):
        answers = list(unwritten_bans(about, act, advised))
    unknown = next((answer for answer in answers if isinstance(answer, Unknown)), None)
    left = False if unknown is None else inquiry.leave_open(question, unknown)
    own = inquiry.system.subject
    bans = [a for a in answers if isinstance(a, UnwrittenBan) and a.triggered and _concerns(a, own)]
    inquiry.record(RULE.id, question, True if bans else left)
    return bans


def _question(inquiry: Inquiry, act: str, about: Ground) -> str:
    return f"can who complies do what no clause forbids: {act_words(inquiry.system, act, about.bearer)}"


def _concerns(ban: UnwrittenBan, text: str) -> bool:
    return any(duty.norm.id.document == text for duty in ban.shut.by)


def _finding(inquiry: Inquiry, ban: UnwrittenBan) -> Finding:
    about, cube = ban.way.about, ban.shut.cube
    norms = tuple(duty.norm.id for duty in ban.shut.by)
    system = told_by(inquiry.system, norms)
    names = names_of(system, norms)
    what = act_words(system, ban.act, about.bearer)
    none = "neither of them forbids" if len(norms) == 2 else "none of them forbids"
    labels = [content_label(system, system.norms[norm], "") for norm in norms]
    return Finding(
        RULE.id,
        RULE.severity,
        f"{clause_names(system, norms)} together forbid what {none} by itself: {what}",
        labels[0],
        tuple(labels[1:]),
        tuple(map(str, norms)),
        whenever=condition_words(system, cube),
        extent=(tuple(literal_words(system, literal) for literal in cube),),
        witness=example(system, shown(ban.way, ban.shut, lambda _: True), cube, Origin.DOING, Origin.RESULT),
        remedies=(
            f"let one of {listed(names)} stand `in place of` the other" + ("s" if len(names) > 2 else ""),
            "or say in one of them that it does not count there",
        ),
        notes=unverified(system, norms),
    )
