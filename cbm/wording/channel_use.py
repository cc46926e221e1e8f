"""What clauses that clash have to do with channels: what these take, and when another one stands in, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cbm.core.expressions import And, Does, Each, Expr, NormId, Not, Or, Worded
from cbm.core.norms import NormSystem
from cbm.wording.clause_names import listed


def line_notes(system: NormSystem, norms: Iterable[NormId]) -> Iterator[str]:
    """Of each channel that they name: its languages, where the clauses speak of any; and what it falls back to."""
    owed = [system.norms[norm] for norm in norms]
    asked = (norm.needs.languages or (not norm.through and _speaks_of_languages(norm.content)) for norm in owed)
    spoken_of = any(asked)
    for channel in (system.channels[name] for name in dict.fromkeys(name for norm in owed for name in norm.through)):
        if channel.languages and spoken_of:
            languages = listed([system.languages[name] for name in channel.languages], "or")
            yield f"`{channel.name}` takes messages in {languages}"
        others = [name for name in channel.fallback if any(name in norm.needs.standing_in for norm in owed)]
        if others:
            names = listed([f"`{name}`" for name in others], "or")
            where = f"`{channel.name}` does not serve, or no message through it could be in time"
            yield f"{names} may be used only where {where}"


def _speaks_of_languages(content: Expr) -> bool:
    match content:
        case Worded():
            return True
        case Not(part) | Does(_, _, part) | Each(_, _, part):
            return _speaks_of_languages(part)
        case And(parts) | Or(parts):
            return any(map(_speaks_of_languages, parts))
        case _:
            return False
