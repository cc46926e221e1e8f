"""What a fingerprint holds, and what it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from cbm import load
from cbm.cache.fingerprints import NoFingerprint, PlaceOrder, fingerprint
from cbm.core.norms import NormSystem
from cbm.records import replace
from cbm.source import Source, Span

TEXT = """\
vocabulary strait "A strait"
party CN "China"
party JP "Japan"
situation encounter
roles own, other
each
  party : party
shared
  fog : flag
topic talk
act call, answer topic talk
draft code "A code"
  uses strait
  between CN, JP
clause 1 every unit when fog must call
clause 2 every unit must answer
"""


@pytest.fixture
def system(tmp_path: Path) -> NormSystem:
    return loaded(tmp_path / "code.cbm", TEXT)


def loaded(path: Path, text: str) -> NormSystem:
    path.write_text(text, encoding="utf-8")
    ((system,), _) = load([path])
    return system


def digest(system: NormSystem, *terms: str) -> bytes:
    return fingerprint(system, terms, ()).digest


def test_layout_and_the_folder_do_not_count(system: NormSystem, tmp_path: Path) -> None:
    laid_out = TEXT.replace("when fog", "\n  when   fog  # a remark\n ").replace("clause 2", "\n\nclause 2")
    (tmp_path / "elsewhere").mkdir()
    assert digest(system) == digest(loaded(tmp_path / "elsewhere" / "other.cbm", laid_out))


def test_the_order_of_places_counts(system: NormSystem) -> None:
    one, two = system.norms.values()
    exchanged = {one.id: replace(one, span=two.span), two.id: replace(two, span=one.span)}
    assert digest(system) != digest(replace(system, norms=exchanged))


@pytest.mark.parametrize(("old", "new"), [("must call", "may call"), ("A code", "The code"), ("when fog ", "")])
def test_what_is_said_counts(system: NormSystem, tmp_path: Path, old: str, new: str) -> None:
    assert digest(system) != digest(loaded(tmp_path / "code.cbm", TEXT.replace(old, new)))


def test_how_conditions_are_put_together_counts(tmp_path: Path) -> None:
    said = [f"when fog {word} own.party is CN must" for word in ("and", "or")]
    assert len({digest(loaded(tmp_path / "code.cbm", TEXT.replace("when fog must", one))) for one in said}) == 2


def test_of_one_clause_it_counts_which_quoted_texts_are_the_same_and_not_what_they_say(tmp_path: Path) -> None:
    system = loaded(tmp_path / "code.cbm", TEXT.replace("must call", "must [call | answer]"))
    assert len({norm.unworded for norm in system.norms}) < len(system.norms)

    def quoting(*texts: str) -> NormSystem:
        said = zip(system.norms.items(), (*texts, ""), strict=True)
        return replace(system, norms={identity: replace(norm, wording=text) for (identity, norm), text in said})

    assert digest(quoting("It calls.", "It calls.")) == digest(quoting("It speaks.", "It speaks."))
    assert digest(quoting("It calls.", "It calls.")) != digest(quoting("It calls.", "It answers."))


def test_the_terms_count(system: NormSystem) -> None:
    assert len({digest(system), digest(system, "gap"), digest(system, "gap", "seam")}) == 3


def test_what_is_not_known_has_no_fingerprint(system: NormSystem) -> None:
    with pytest.raises(NoFingerprint):
        digest(replace(system, subject=object()))  # type: ignore[arg-type]


def test_a_place_is_found_again_by_number_and_no_other_is_taken_for_it() -> None:
    then, now = Source("a", "clause 1"), Source("b", "\nclause   1")
    before, after = PlaceOrder((then,), ((0, 6, 8),)), PlaceOrder((now,), ((1, 7, 11),))
    assert after.span(before.rank(Span(then, 0, 8))) == Span(now, 1, 11)
    with pytest.raises(NoFingerprint):
        before.rank(Span(then, 0, 7))
    with pytest.raises(NoFingerprint):
        before.rank(Span(now, 1, 7))
