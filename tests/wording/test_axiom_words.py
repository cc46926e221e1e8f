"""Why clauses clash: the bounds that they set to one result, and the axioms that tie what they ask for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cbm import check, load_text
from cbm.finding import Finding
from cbm.pipeline import run
from tests.checks.test_examples import WORLD

AXIOMS = """\
never hold_course with call
turn requires own.speed <= 10 kt
answer requires own.call or own.launch
"""


@pytest.fixture
def clash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Finding]:
    monkeypatch.chdir(tmp_path)

    def told(*clauses: str) -> Finding:
        lines = (f"clause {number} {clause}\n" for number, clause in enumerate(clauses, 1))
        world = WORLD.replace("instrument rules", f"{AXIOMS}instrument rules")
        Path("code.cbm").write_text(world + "".join(lines), encoding="utf-8")
        return next(f for f in run([Path("code.cbm")], select=("conflict", "impossible-duty")).findings)

    return told


@pytest.mark.parametrize(
    ("clauses", "figures"),
    [
        (("must keep separation >= 1 km", "must keep separation < 300 m"), "1 km or more, and under 300 m"),
        (("must keep separation > 1 nmi", "must keep separation <= 300 m"), "over 1 nmi, and 300 m or less"),
        (
            ("must keep separation from 1 km to 2 km", "must keep separation <= 300 m"),
            "1 km to 2 km, and 300 m or less",
        ),
        (("must not keep separation < 1 km", "must keep separation <= 300 m"), "1 km or more, and 300 m or less"),
        (("must keep speed >= 20 kt", "must turn"), "20 kt or more, and 10 kt or less"),
        (("must hold_course", "must turn"), ""),
    ],
)
def test_bounds_go_against_each_other(clash: Callable[..., Finding], clauses: tuple[str, str], figures: str) -> None:
    assert clash(*(f"every unit {clause}" for clause in clauses)).figures == figures


@pytest.mark.parametrize(
    ("clauses", "why"),
    [
        (
            ("must hold_course", "must turn"),
            ("no unit that keeps its course ever turns away from the other unit",),
        ),
        (
            ("must keep speed >= 20 kt", "must turn"),
            ("a unit that turns away from the other unit can do so only where speed of own unit is at most 10 kt",),
        ),
        (
            ("must answer", "must not call, launch"),
            ("a unit that answers also calls the other unit or launches a drone",),
        ),
        (
            ("must answer within 10 min after other.turn", "must not call, launch within 1 h after other.turn"),
            ("a unit that answers also calls the other unit or launches a drone at the same time",),
        ),
        (("must keep separation >= 1 km", "must keep separation < 300 m"), ()),
    ],
)
def test_axioms_tie_what_clauses_ask_for(
    clash: Callable[..., Finding], clauses: tuple[str, str], why: tuple[str, ...]
) -> None:
    assert clash(*(f"every unit {clause}" for clause in clauses)).why == why


FIXED = """\
vocabulary exercises
party CN
party JP
situation exercise
fixed roles host "the host", guest
each
  party : party
  ready "ready" : flag
types by host.ready
topic exercises
act observe "sends observers" topic exercises
act notify "notifies the exercise" topic exercises
{}
draft code
  uses exercises
  between CN, JP
"""


@pytest.mark.parametrize(
    ("tie", "clause", "why"),
    [
        (
            "observe requires host.ready",
            "guest must observe",
            "a unit that sends observers can do so only where the host is ready",
        ),
        (
            "observe requires host.ready",
            "host must observe",
            "a unit that sends observers can do so only where the host is ready",
        ),
        (
            "axiom guest.observe implies guest.ready",
            "guest must observe",
            "guest sends observers only where guest is ready",
        ),
    ],
)
def test_with_fixed_roles_a_role_that_is_named_is_that_role(tie: str, clause: str, why: str) -> None:
    """Who does it was read for the first role, whatever its name, and the reason told of any unit."""
    (system,), faults = load_text(FIXED.format(tie) + f"clause 1 {clause}\n")
    assert faults == ()
    (finding,) = check(system, select=("impossible-duty",)).findings
    assert finding.why == (why,)
    whose = "guest" if "guest.ready" in tie else "host"
    assert finding.whenever.startswith({"guest": "guest is not ready", "host": "the host is not ready"}[whose])


@pytest.mark.parametrize(("doer", "other"), [("host", "guest"), ("guest", "host")])
def test_with_fixed_roles_what_the_role_itself_does_with_an_act_is_done_then(doer: str, other: str) -> None:
    """What the other role does for it may be done at any time."""
    world = FIXED.replace("topic exercises\n", "moments start planned\ntopic exercises\n", 1)
    world = world.replace("act observe", 'act transmit "transmits" topic exercises\nact observe', 1)
    tie = f"observe requires {doer}.transmit"

    def found(observer: str, barred: str) -> list[str]:
        clauses = f"clause 1 {observer} must observe within 3 days before start\n"
        clauses += f"clause 2 {barred} must not transmit within 10 days before start\n"
        (system,), faults = load_text(world.format(tie) + clauses)
        assert faults == ()
        return [" and ".join(one.why) for one in check(system, select=("conflict", "deadlock")).findings]

    unit = {"host": "the host", "guest": "guest"}[doer]
    (why,) = found(doer, doer)
    assert f"where {unit} sends observers, it also transmits at the same time" in why
    assert found(other, doer) == found(other, other) == []
