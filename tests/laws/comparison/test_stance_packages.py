"""Law: a draft with brackets stands to a model, on a package, as the text of that package does, written out."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import assume, given
from hypothesis import strategies as st

from cbm.comparison.model_stances import DemandStance, NotKnown, stances
from cbm.comparison.two_texts import ReadText, TwoTexts, read_text, two_texts
from cbm.comparison.unmatched_demands import Unmatched, unmatched
from cbm.core.negotiation import Negotiation
from cbm.core.packages import Box
from cbm.resolve.system import resolve
from cbm.source import Source
from cbm.syntax.parse import parse
from cbm.syntax.taking import with_taken
from tests.laws.bracketed import bracketed, document, packages
from tests.laws.sparing import sparingly

_MOST_PACKAGES = 8
Standing = tuple[str, int, str, bool]


@st.composite
def pairs(draw: st.DrawFn) -> tuple[str, str]:
    """A draft with brackets, and a model without: a package of the draft itself, or of another one."""
    text = draw(bracketed())
    other = draw(st.one_of(st.just(text), bracketed()))
    taken = draw(st.sampled_from(list(packages(document(other)))))
    return text, with_taken(other, document(other), taken)


@sparingly(30)
@given(pairs())
def test_stances_on_a_package_are_those_of_its_text(pair: tuple[str, str]) -> None:
    text, model = pair
    draft = document(text)
    theirs, own = _read(model), _read(text)
    both = two_texts(theirs, own)
    negotiation = Negotiation(both.system)
    told, alone = _told(both), _unmatched(both)
    every = list(packages(draft))
    for taken in every[:: len(every) // _MOST_PACKAGES + 1]:
        written = two_texts(theirs, _read(with_taken(text, draft, taken)))
        numbers = [[o.number for o in choice.options].index(taken[n]) for n, choice in enumerate(negotiation.choices)]
        here = [one for one in told if _holds(one.packages, numbers)]
        assert _standings(both, here) == _standings(written, _told(written)), taken
        lacking = {_clause(both, one) for one in alone if _holds(one.packages, numbers)}
        assert lacking == {_clause(written, one) for one in _unmatched(written)}, taken


def _told(both: TwoTexts) -> list[DemandStance]:
    found = [one for told in stances(both) for one in told]
    assert not any(isinstance(one, NotKnown) for one in found)
    return [one for one in found if isinstance(one, DemandStance)]


def _standings(both: TwoTexts, told: Sequence[DemandStance]) -> set[Standing]:
    """Which stances there are to each demand, and whether they are the only ones."""
    kinds: dict[tuple[str, int], list[str]] = {}
    for one in told:
        kinds.setdefault((str(both.old.demand(one.demand)), one.about.bearer), []).append(one.stance.value)
    return {(*key, kind, len(several) == 1) for key, several in kinds.items() for kind in several}


def _unmatched(both: TwoTexts) -> list[Unmatched]:
    return [one for one in unmatched(both) if isinstance(one, Unmatched)]


def _clause(both: TwoTexts, one: Unmatched) -> tuple[str, str]:
    norm = both.system.norms[one.demand]
    return both.clause(one.demand).label, f"{norm.modality} {norm.strength} {norm.content}"


def _holds(boxes: Sequence[Box], numbers: Sequence[int]) -> bool:
    return any(all(options >> numbers[choice] & 1 for choice, options in box.items()) for box in boxes)


def _read(text: str) -> ReadText:
    file, mistakes = parse(Source("text.cbm", text))
    assert [mistake.message for mistake in mistakes] == []
    library = {known.header.name.text: known for known in file.documents if hasattr(known.header, "name")}
    system, findings = resolve(library, "text")
    assume(system is not None)  # clauses in place of each other in a circle
    assert system is not None, findings
    return read_text(system)
