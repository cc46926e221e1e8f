"""What is left open to who complies, answered by trying every episode of a small system: definitions, in code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from cbm.semantics.core import NormId
from cbm.syntax.ast import Modality

from .enumerate import Outcome, outcomes
from .episodes import Side


def situations(side: Side, advised: bool = False) -> Iterator[list[Outcome]]:
    """Everything that can be done in one situation after the other."""
    for _, done in groupby(outcomes(side, advised), key=lambda outcome: id(outcome.encounter)):
        yield list(done)


# ---- permissions and exemptions


@dataclass(frozen=True, slots=True)
class Blocked:
    """A permission or exemption that in some situation cannot be made use of; whether it ever can."""

    ever_used: bool


def blocked(side: Side, advised: bool = False) -> dict[NormId, Blocked]:
    """Those that stand in some situation under compliant conduct, but under none there that makes use of them."""
    unused, used = set[NormId](), set[NormId]()
    for done in situations(side, advised):
        compliant = [o for o in done if not o.breached]
        for norm in side.norms.values():
            if not norm.demands:
                standing = [o for o in compliant if norm.id in o.standing]
                using = [o for o in standing if makes_use(side, o, norm.id)]
                used |= {norm.id} if using else set()
                unused |= {norm.id} if standing and not using else set()
    return {norm: Blocked(norm in used) for norm in unused}


def makes_use(side: Side, outcome: Outcome, norm: NormId) -> bool:
    """Whether what is allowed is done, or what need not be is left."""
    return outcome.conduct.standing[norm].kept is (side.norms[norm].modality is Modality.PERMISSION)
