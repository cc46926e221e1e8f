"""Law: clauses of examples put together anew are checked to the end, and so is whatever else is asked of them.

What is told does not hang on how the text is laid out or what was kept of another version, and of a package of a text
with brackets it is what is told of the text of that package.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from hypothesis import Phase, assume, example, given, settings
from hypothesis import strategies as st

import cbm
from cbm.comparison.differences import ChangeKind
from cbm.core.negotiation import Negotiation
from cbm.finding import Misuse
from cbm.render import RENDERERS
from cbm.report import Report
from cbm.smt.solve import Solver
from cbm.syntax.taking import with_taken
from tests.laws.bracketed import holds_on, packages
from tests.laws.mixed import mixed, reads
from tests.laws.negotiation.test_packages_of_large_texts import key
from tests.laws.negotiation.test_readings_and_options import weight
from tests.laws.sparing import sparingly

# So many answers of solvers are enough for whatever is asked of one text; most need some hundreds.
MOST_ROUNDS = 50_000
_MOST_PACKAGES = 16
_TRIED = 4
# What changed from one text to another, and what that is the other way round.
_MIRRORED = (
    (ChangeKind.TIGHTENED, ChangeKind.RELAXED),
    (ChangeKind.BINDING, ChangeKind.ADVISED),
    (ChangeKind.ADVICE_TIGHTENED, ChangeKind.ADVICE_RELAXED),
    (ChangeKind.PERMITTED, ChangeKind.NOT_PERMITTED),
    (ChangeKind.EXEMPTED, ChangeKind.NOT_EXEMPTED),
    (ChangeKind.REPARATION_TIGHTENED, ChangeKind.REPARATION_RELAXED),
)
_MIRROR = {str(one): str(other) for pair in _MIRRORED for one, other in (pair, pair[::-1])}
_WORLD = """\
vocabulary mixed "Words of examples"
situation encounter
roles own, other
each
  party : party
shared
  fog : flag
party CN "China"
party JP "Japan"
topic signals
act call, lamp topic signals
axiom "two sides" own.party is not other.party
"""
# What is told of a clause by each of several rules hangs on which others stand.
_REPEATED = f"""{_WORLD}
draft code "draft code"
  uses mixed
  beside pact
clause 1 every unit must call
[clause 2 every unit must call]
[clause 3 exception to 1 when fog | delete]
instrument pact "instrument pact"
  uses mixed
clause 1 every unit must call
cases "Cases" for code
expect redundancy 1
"""
_OWED_OTHERWISE = f"""{_WORLD}
draft code "draft code"
  uses mixed
[clause 1 every unit must call]
clause 2 every unit when fog must call
  otherwise must lamp
"""


@contextmanager
def ending() -> Iterator[None]:
    """What is asked in here ends after some number of answers."""
    answers, plain = 0, Solver._check

    def counted(solver: Solver, *asked: Any) -> int:
        nonlocal answers
        answers += 1
        assert answers < MOST_ROUNDS, "it does not end"
        return plain(solver, *asked)

    with patch.object(Solver, "_check", counted):
        yield


def test_most_mixed_texts_can_be_read() -> None:
    read = list[bool]()

    @settings(max_examples=6, phases=(Phase.generate,))
    @given(mixed())
    def look(text: str) -> None:
        read.append(reads(text))

    look()
    assert sum(read) * 2 >= len(read)


@sparingly(34)
@given(mixed())
def test_a_mixed_text_is_checked_to_the_end_and_laid_out_told_the_same(text: str) -> None:
    told = _told(text)
    assert _told(cbm.layout(text)) == told


def _told(text: str) -> list[object]:
    """What is wrong with the text, or what is found in each of its documents, with pages in all formats."""
    systems, wrong = cbm.load_text(text)
    reports = [Report(wrong)]
    with ending():
        reports += map(cbm.check, systems)
    for report in reports:
        pages = {name: render(report) for name, render in RENDERERS.items()}
        assert RENDERERS["json"](Report.from_json(pages["json"])) == pages["json"]
    return [(f.rule, f.severity, f.message, f.clauses) for report in reports for f in report.findings]


@sparingly(50)
@given(mixed(open_places=st.integers(1, 2)), st.randoms(use_true_random=False))
@example(_REPEATED, Random(1))
@example(_OWED_OTHERWISE, Random(1))
def test_what_is_told_of_a_package_of_a_mixed_text_is_told_of_its_text(text: str, dice: Random) -> None:
    assume(reads(text))
    system = next(system for system in cbm.load_text(text)[0] if system.subject == "code")
    draft = system.documents["code"]
    assume(draft.choices and len(draft.choices) == len(Negotiation(system).choices))
    every = list(packages(draft))
    assume(len(every) <= _MOST_PACKAGES)
    names = tuple(term.name for term in system.open_terms if term.choice and term.document == "code")
    with ending():
        whole = cbm.check(system)
    for taken in dice.sample(every, min(_TRIED, len(every))):
        written_out = with_taken(text, draft, taken)
        if not reads(written_out):  # a reference to a clause that the package lacks
            continue
        alone = cbm.check(next(one for one in cbm.load_text(written_out)[0] if one.subject == "code"))
        if not whole.undecided and not alone.undecided:
            in_brackets = {key(f, weight(f, taken, names)) for f in whole.findings if holds_on(f, taken, names)}
            assert in_brackets - {None} == {key(f, f.severity) for f in alone.findings} - {None}, taken


@sparingly(50)
@given(mixed(), mixed())
def test_whatever_else_is_asked_of_mixed_texts_ends_with_an_answer_or_a_reason(text: str, other: str) -> None:
    assume(reads(text))
    with TemporaryDirectory() as folder, ending():
        one, two = _in_files(Path(folder), text, other)
        _answered(lambda: cbm.repairs([one]))
        _answered(lambda: cbm.coverage(one, text="code"))
        _answered(lambda: cbm.options(one, text="code"))
        _answered(lambda: cbm.cards(one, text="code"))
        _answered(lambda: cbm.test([one]))
        _answered(lambda: cbm.compare(one, [two], text="code"))


@sparingly(50)
@given(mixed(), mixed())
def test_a_mixed_text_differs_in_nothing_from_itself_and_from_another_as_that_from_it(text: str, other: str) -> None:
    assume(reads(text))
    with TemporaryDirectory() as folder, ending():
        one, two = _in_files(Path(folder), text, other)
        same = _answered(lambda: cbm.diff(one, one, text="code"))
        there = _answered(lambda: cbm.diff(one, two, text="code"))
        back = _answered(lambda: cbm.diff(two, one, text="code"))
    for difference in same.differences if isinstance(same, cbm.Ledger) else ():
        assert difference.is_empty or difference.undecided or difference.not_compared
    if isinstance(there, cbm.Ledger) and isinstance(back, cbm.Ledger):
        for onward, backward in zip(there.differences, back.differences, strict=True):
            if not any((*onward.undecided, *onward.not_compared, *backward.undecided, *backward.not_compared)):
                kinds = {change.kind for change in onward.changes}
                assert {_MIRROR[kind] for kind in kinds} == {change.kind for change in backward.changes}


@sparingly(50)
@given(mixed(), st.randoms(use_true_random=False))
def test_a_mixed_text_with_a_clause_edited_is_told_as_when_nothing_is_kept(text: str, dice: Random) -> None:
    with TemporaryDirectory() as folder:
        path, kept = Path(folder, "text.cbm"), Path(folder, "kept")
        for version in (text, _edited(text, dice)):
            path.write_text(version, encoding="utf-8")
            told = [RENDERERS["json"](cbm.run([path], cache=cache)) for cache in (kept, None)]
            assert told[0] == told[1]


def _in_files(folder: Path, *texts: str) -> list[Path]:
    paths = [folder / f"{number}.cbm" for number in range(len(texts))]
    for path, text in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def _answered(ask: Callable[[], Any]) -> object:
    """The answer, which has a page for people and one for programs; None where there is a reason for none."""
    try:
        answer = ask()
    except Misuse:
        return None
    assert cbm.render(answer)
    assert cbm.render(answer, "json")
    return answer


def _edited(text: str, dice: Random) -> str:
    """The text with one of its clauses taken out, said twice, or asking for something else."""
    lines = text.split("\n")
    places = [number for number, line in enumerate(lines) if "clause " in line]
    place = dice.choice(places or [0])
    ways = (
        "",
        f"{lines[place]}\n{re.sub(r'clause [^ ]+', 'clause 77', lines[place])}",
        re.sub(r"\bmust\b", "should", lines[place]),
        re.sub(r"\d+(?= (?:m|km|nmi|h|min|days)\b)", lambda found: str(int(found[0]) * 2 + 1), lines[place]),
    )
    return "\n".join((*lines[:place], dice.choice(ways), *lines[place + 1 :]))
