"""Law: what is asked of a meeting is what is asked of a line on which a message may wait as long."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cbm import check, load_text
from tests.laws.sparing import sparingly

LINES = """\
vocabulary lines
party CN "China"
party JP "Japan"
situation encounter
roles own, other
each party : party
moments incident "the incident"
axiom "two sides" own.party is not other.party
topic consulting
act report, explain topic consulting
channel talks "Talks" between CN, JP for consulting operational from 2018-01-01 {talks}
channel note "Note" between CN, JP for consulting operational from 2018-01-01
draft code "A code"
  uses lines
  between CN, JP
"""
DEMANDS = st.builds(
    "must {act} {window} {through}".format,
    act=st.sampled_from(("report", "explain")),
    window=st.sampled_from(("within {} days after incident", "after incident", "upon incident")).flatmap(
        lambda words: st.sampled_from((13, 14, 15, 30)).map(words.format)
    ),
    through=st.sampled_from(("through talks", "through talks, note", "through note")),
)


@sparingly(16)
@given(st.lists(DEMANDS, min_size=1, max_size=3), st.booleans())
def test_a_meeting_is_a_line_with_that_delay(demands: list[str], otherwise: bool) -> None:
    clauses = [f"clause {n} every unit {demand}" for n, demand in enumerate(demands, 1)]
    if otherwise:
        clauses.append("  otherwise must explain within 13 days through talks")
    told = []
    for talks in ("meets once every 14 days", '\n  delay "the talks" 0 min to 14 days'):
        (system,), faults = load_text("\n".join([LINES.format(talks=talks), *clauses, ""]))
        assert not faults
        told.append([(f.rule, f.severity, f.clauses) for f in check(system).findings])
    assert told[0] == told[1]
