"""What texts have become, and for whom: all that it depends on whether a text counts on a date, drawn."""

from __future__ import annotations

from datetime import timedelta
from itertools import accumulate

from hypothesis import strategies as st

from cbm.core.norms import NormSystem, Text
from cbm.core.persons import Continuation, Membership
from cbm.records import replace
from cbm.syntax.ast import DocumentKind, Status
from tests.laws.systems import DATES

DAYS = st.sampled_from((None, *DATES))


@st.composite
def with_standing(draw: st.DrawFn, system: NormSystem) -> NormSystem:
    """The system on some date, with the status, the dates and the members of each text, and who continues whom."""
    known = system.situation.party is not None
    follows = known and draw(st.sampled_from((False, False, True)))
    return replace(
        system,
        texts={
            name: draw(standings(text, known, assumed=name == system.subject)) for name, text in system.texts.items()
        },
        as_of=draw(DAYS),
        continuations=(Continuation("C", "A", draw(st.sampled_from(DATES))),) if follows else (),
    )


@st.composite
def standings(draw: st.DrawFn, text: Text, known: bool = True, assumed: bool = True) -> Text:
    """The text with another status, as of other days, in force at other times.

    `known`: units have parties; `assumed`: it may be asked about as if it had another status, as the subject is.
    """
    steps = draw(st.lists(st.sampled_from(Status), max_size=2, unique=True))
    days = accumulate(steps, lambda day, _: day + timedelta(days=366), initial=draw(st.sampled_from(DATES)))
    text = replace(
        text,
        statuses=tuple(zip(sorted(steps, key=list(Status).index), days, strict=False)),
        assumed=draw(st.sampled_from((None, None, *Status))) if assumed else None,
        in_force=draw(DAYS),
        until=draw(DAYS),
    )
    if known and text.parties and draw(st.booleans()):
        text = replace(text, memberships=tuple(draw(_membership(party)) for party in sorted(text.parties)))
    return text


@st.composite
def _membership(draw: st.DrawFn, party: str) -> Membership:
    since, until = draw(DAYS), draw(DAYS)
    swapped = since is not None and until is not None and until < since
    return Membership(party, party, until, since) if swapped else Membership(party, party, since, until)


def counted(system: NormSystem) -> NormSystem:
    """The system with its subject read as if it were in force, whatever it has become."""
    text = system.texts[system.subject]
    plain = replace(text, kind=DocumentKind.DRAFT, statuses=(), assumed=None)
    return replace(system, texts={**system.texts, text.name: plain})
