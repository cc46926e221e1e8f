"""Laws: who is bound by a header. Between all parties that there are every header says the same, and in any header
parties may change places.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbm.finding import Finding
from cbm.resolve.system import resolve
from cbm.source import Source
from cbm.syntax.parse import parse
from tests.laws.drafts import STRAIT, drafts
from tests.laws.pipeline.test_rewritten import found, kinds, swapped
from tests.laws.sparing import sparingly

BETWEEN = "  between CN, JP\n"
ALIKE = ("", "  binding CN, JP\n", "  binding JP, CN towards all\n", "  between CN, JP\n  binding JP, CN\n")
ONE_SIDED = ("  binding CN\n", "  binding JP towards all\n", "  between CN, JP\n  binding CN\n")


@given(drafts(), st.sampled_from(ALIKE))
@sparingly(8)
def test_to_bind_all_there_are_is_to_say_nothing(text: str, header: str) -> None:
    assert kinds(text.replace(BETWEEN, header)) == kinds(text)


@given(drafts(), st.sampled_from(ONE_SIDED))
@sparingly(8)
def test_parties_may_change_places_in_a_header(text: str, header: str) -> None:
    one_sided = text.replace(BETWEEN, header)
    assert found(swapped(one_sided), swapped) == found(one_sided, str)


@pytest.mark.parametrize(
    ("header", "message", "remedies"),
    [
        ("binding XX", "no party is called `XX`", ()),
        (
            "between CN, JP binding XX",
            "no party is called `XX`",
            (),
        ),
        (
            "between CN binding CN, JP",
            "`code` binds `JP`, which is no party to it: it is between CN",
            ("write `between CN, JP`", "or leave it out here"),
        ),
    ],
)
def test_who_is_bound_is_a_party(header: str, message: str, remedies: tuple[str, ...]) -> None:
    (found,) = _faults(f"draft code\n  uses strait\n  {header}\nclause 1 every unit must call\n")
    assert found.message == message
    assert not remedies or found.remedies == remedies


def test_a_text_binds_some_of_its_parties_only_where_units_have_one() -> None:
    vocabulary = (
        'vocabulary v\nparty CN "China"\nsituation event\nroles own, other\nshared fog : flag\nact call topic calls\n'
    )
    text = "draft code\n  uses v\n  binding CN\nclause 1 every unit must call\n"
    (found,) = _faults(text, vocabulary)
    assert found.message == "the units of this situation have no party, so a text cannot bind some of them"


def _faults(text: str, vocabulary: str = STRAIT) -> tuple[Finding, ...]:
    file, mistakes = parse(Source("code.cbm", vocabulary + text))
    assert not mistakes
    documents = {getattr(d.header, "name", d.header.span).text: d for d in file.documents}
    return resolve(documents, "code")[1]
