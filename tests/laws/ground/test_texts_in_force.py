"""Law: a text is in force where the evaluator says so, whatever its dates, its parties and what it has become."""

from __future__ import annotations

from datetime import date

from hypothesis import event, example, given
from hypothesis import strategies as st

from cbm.core.norms import NormSystem, Status, Text
from cbm.core.persons import Membership
from cbm.evaluate import parties_bound
from cbm.ground.texts_in_force import in_force
from cbm.records import replace
from cbm.syntax.ast import DocumentKind
from tests.laws.ground.test_members import DAYS, STATUSES, members
from tests.laws.tiny import DRAFT, PACT, system, text

_PARTIES = ("A", "B", "C")
_DAY = date(2001, 1, 1)


@st.composite
def texts(draw: st.DrawFn) -> tuple[NormSystem, str]:
    """A text and its name, which is under check or read beside."""
    name = draw(st.sampled_from([DRAFT, PACT]))
    joined = draw(members(_PARTIES)) if draw(st.booleans()) else ()
    named = {one.party for one in joined} or draw(st.sets(st.sampled_from(_PARTIES)))
    bound = draw(st.frozensets(st.sampled_from(sorted(named)))) if named else frozenset()
    read = replace(
        text(
            name,
            draw(st.sampled_from([DocumentKind.DRAFT, *[DocumentKind.INSTRUMENT] * 3])),
            named or None,
            *draw(st.tuples(*[st.none() | DAYS] * 3)),
        ),
        memberships=joined,
        binding=bound if draw(st.booleans()) else frozenset(),
        statuses=draw(st.just(()) | STATUSES),
    )
    return _beside(read.name, draw(st.none() | DAYS), draw(st.booleans()), **{name: read})


def _beside(name: str, day: date | None, are_of_parties: bool, **read: Text) -> tuple[NormSystem, str]:
    of = system(as_of=day)
    whose = of.situation.party if are_of_parties else None
    return replace(of, texts={**of.texts, **read}, situation=replace(of.situation, party=whose)), name


_OVER = replace(
    text(PACT, DocumentKind.INSTRUMENT, "AB"),
    memberships=(Membership("A", "A"), Membership("B", "B", until=date(2000, 1, 1))),
)


@given(texts())
# One party is left, which it binds by itself, or not; where units are of no party nobody left it.
@example(_beside(PACT, _DAY, True, pact=_OVER))
@example(_beside(PACT, _DAY, True, pact=replace(_OVER, binding=frozenset("A"))))
@example(_beside(PACT, _DAY, False, pact=_OVER))
# Who stands there alone has left nobody.
@example(_beside(PACT, _DAY, True, pact=text(PACT, DocumentKind.INSTRUMENT, "A")))
# It begins on its day, and on that of its end it is over.
@example(_beside(PACT, _DAY, True, pact=replace(_OVER, memberships=(), in_force=_DAY)))
@example(_beside(PACT, _DAY, True, pact=replace(_OVER, memberships=(), until=_DAY)))
@example(_beside(PACT, _DAY, True, pact=replace(_OVER, memberships=(), adopted=_DAY, in_force=date(2002, 1, 1))))
# What is under check counts whatever it has become.
@example(_beside(DRAFT, _DAY, True, draft=replace(text(DRAFT, DocumentKind.DRAFT), statuses=((Status.TRACK_2, _DAY),))))
def test_a_text_is_in_force_where_the_evaluator_says_so(drawn: tuple[NormSystem, str]) -> None:
    of, name = drawn
    counts = in_force(of.texts[name], of)
    event(f"in force: {counts}")
    assert counts == parties_bound.in_force(of.texts[name], of)
