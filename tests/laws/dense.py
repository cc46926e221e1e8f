"""Texts with many clauses about the same things, some of them in brackets: they reach the limits that checks have."""

from __future__ import annotations

from random import Random

CLAUSES = 25
MODES = ("bounds", "figures", "acts", "times")
_CRAFT = ("warship", "submarine", "fighter", "patrol_aircraft", "helicopter", "fishing_vessel")
_CONDITIONS = (
    *("in_sight", "own.emission_control", "own.distress", "other.distress", "range < 5 nmi", "range > 10 nmi"),
    *("own.activity is exercise", "zone is territorial_sea", "risk_of_collision"),
)
_ACTS = (
    *("call", "answer", "not transmit", "hold_course", "alter_course", "reduce_speed", "keep_out_of_the_way"),
    *("use_english", "use_coastal_language", "identify_visually", "listen"),
)
_TIMED = ("", " within 10 min after other.call", " within 5 min after other.call", " upon other.answer")
_HEAD = """\
draft code "A code"
  uses encounters
  between CN, JP
"""
_TERM = 'open term safe "safe distance" : length from 200 m to 3 nmi\n'


def dense(mode: str, dice: Random, clauses: int = CLAUSES) -> str:
    """A draft about distances, about distances with an open term, about acts, or about acts with their times."""
    lines = "".join(f"clause {number} {_clause(mode, dice)}\n" for number in range(1, clauses + 1))
    return f"{_HEAD}{_TERM if mode == 'figures' else ''}{lines}"


def _clause(mode: str, dice: Random) -> str:
    bearer = f"a {dice.choice(_CRAFT)}" + dice.choice(("", f" meeting a {dice.choice(_CRAFT)}"))
    conditions = [f" when {one}" for one in dice.sample(_CONDITIONS, 3)]
    when = dice.choice(("", *conditions, f" when {' and '.join(dice.sample(_CONDITIONS, 2))}"))
    content, modal = _content(mode, dice), dice.choice(("must", "must", "must", "should"))
    if dice.random() < 0.4:
        modal = "must" if content.startswith("not") else dice.choice(("[CN: must | JP: should]", "must"))
        when = dice.choice((when, f" [CN:{when} | JP: delete]")) if when else ""
    return f"{bearer}{when} {modal} {content}"


def _content(mode: str, dice: Random) -> str:
    match mode:
        case "bounds":
            at_least, at_most = dice.choice((200, 300, 500, 1000, 2000)), dice.choice((150, 300, 500, 900, 5000))
            return dice.choice((f"keep separation >= {at_least} m", f"keep separation <= {at_most} m"))
        case "figures":
            at_least, at_most = dice.choice((200, 500, 1000)), dice.choice((300, 500, 5000))
            plain = (f"keep separation >= {at_least} m", f"keep separation <= {at_most} m")
            return dice.choice(("keep separation >= safe", "keep separation <= safe", *plain))
        case "acts":
            return dice.choice(_ACTS)
        case _:
            act = dice.choice(("call", "answer", "listen", "transmit", "not call", "not transmit"))
            return act + dice.choice((*_TIMED, " at least 2 min after other.call within 20 min after other.call"))
