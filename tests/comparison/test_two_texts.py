"""Where the clauses of a text clash that says of other parties what a known one says: found anew, or renamed."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import patch

import pytest

from cbm.comparison import two_texts
from cbm.comparison.mirror_image import exchange, mirror_image
from cbm.comparison.two_texts import ReadText, read_renamed, read_text
from cbm.core.expressions import Formula, conjunction, negation
from cbm.core.norms import NormSystem
from cbm.ground.grounding import ground
from cbm.pipeline import load_text
from cbm.smt.solve import Solver, Unsat

STRAIT = """\
vocabulary strait "A strait"
party CN "China"
party JP "Japan"
situation encounter "Encounter"
fixed roles sender, reader
each
  party : party
shared
  night : flag
moments incident
axiom "two sides" sender.party is not reader.party
{axiom}
topic reports
act report topic reports
act wait topic reports
channel line between CN, JP
  operational from 2020-01-01
  open 09:00 to 17:00 UTC Mon to Fri at JP
  open 08:00 to 12:00 UTC Mon to Sat at CN
  delay "on the way" 10 min to 2 h

draft code "Code"
  uses strait
  between CN, JP
  proposed 2026-01-01
clause 1 sender must report within 20 h after incident through line
clause 2 CN when night must report
clause 3 sender when night and reader.party is JP must not report
clause 4 reader when sender.party is CN must wait
clause 5 JP must not wait
"""


def read(axiom: str = "") -> NormSystem:
    (system,), mistakes = load_text(STRAIT.format(axiom=axiom))
    assert not mistakes
    return system


def clashes(text: ReadText) -> dict[tuple[int, tuple[str, ...]], Formula]:
    return {(clash.bearer, tuple(map(str, clash.norms))): clash.extent.formula for clash in text.clashes}


def both(system: NormSystem) -> tuple[ReadText, ReadText, int]:
    """The image as it is renamed and as it is read, and how often it was read for the first of them."""
    known, image = read_text(system), mirror_image(system, "CN", "JP")
    with patch.object(two_texts, "read_text", side_effect=read_text) as asked:
        renamed = read_renamed(known, image, exchange(system, "CN", "JP"), ())
    return renamed, read_text(image), asked.call_count


def apart(renamed: ReadText, anew: ReadText) -> Iterator[Formula]:
    """Where the one says that clauses clash, and the other does not."""
    for (bearer, norms), where in clashes(renamed).items():
        other = clashes(anew)[bearer, norms]
        about = ground(anew.severed.system, bearer)
        for one, two in ((where, other), (other, where)):
            yield conjunction(*about.possible, one, negation(two))


def test_clauses_of_the_image_clash_where_those_of_the_text_do_with_the_parties_in_other_places() -> None:
    system = read()
    renamed, anew, asked = both(system)
    assert asked == 0
    assert clashes(renamed).keys() == clashes(anew).keys() == clashes(read_text(system)).keys()
    assert len(clashes(renamed)) > 2
    assert all(isinstance(Solver(("sender", "reader"), (where,)).ask(), Unsat) for where in apart(renamed, anew))
    assert clashes(renamed) != clashes(read_text(system))


@pytest.mark.parametrize("axiom", ['axiom "at night" night implies sender.party is CN'])
def test_what_the_vocabulary_says_of_one_party_alone_does_not_change_places(axiom: str) -> None:
    renamed, anew, asked = both(read(axiom))
    assert asked == 1
    assert clashes(renamed) == clashes(anew)
