"""Small texts with square brackets, and what reports say of each of their packages."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import product

from hypothesis import assume, settings
from hypothesis import strategies as st

from cbm.checking.passes import examine
from cbm.checking.selection import Selection
from cbm.core.norms import NormSystem
from cbm.finding import Finding, RuleId
from cbm.resolve.declarations.vocabulary import build_scope
from cbm.resolve.labels import index_labels
from cbm.resolve.left_open.open_choices import open_choices
from cbm.resolve.system import resolve
from cbm.source import Source
from cbm.syntax.ast import Document, TakenNode, Tie
from cbm.syntax.parse import parse
from cbm.syntax.taking import with_taken
from tests.laws.sparing import SHORT

WORLD = """\
vocabulary small
party A
party B
kind craft = ship | plane
topic signals
topic distance
situation encounter
roles own, other
each
  party : party
  craft : craft
  alert : flag
shared
  fog : flag
axiom "two sides" own.party is not other.party
types by own.craft, fog
act call topic signals
act lamp topic signals
act shoot topic distance
result gap "gap" : length from 0 m to 1,000 m topic distance

draft text
  uses small
  between A, B
  rank political proposed 2026-03-01

options d one of A, B
"""
_CONDITIONS = ("own.alert", "fog", "not fog", "own.craft is ship", "own.craft is plane", "other.alert")
_CONTENTS = ("call", "lamp", "shoot", "call, lamp", "keep gap >= 500 m", "keep gap <= 300 m", "keep gap >= 200 m")
_PARTS = ("when", "modal", "content", "unless", "edge", "whole")
# Packages double with each part that is open: of as many in one text the long run has more.
_MOST_OPEN = 4 if settings().max_examples <= SHORT else 12
_ALSO_OPEN = """\
options e one of A, B
clause 8 every unit must keep gap <= [e A: 900 m | B: 400 m]
"""
_TIED = tuple(
    f"{_ALSO_OPEN}tie {tie}\n"
    for tie in ("d is A only if e is B", "e is B only if d is A", "both d is A and e is A or neither")
)
# Two clauses of one label, in brackets that a tie keeps apart.
_APART = f"""\
{_ALSO_OPEN}[d A: clause 7 every unit must call | B: delete]
[e B: clause 7 every unit when fog must lamp | A: delete]
tie d is A only if e is A
"""


@st.composite
def bracketed(draw: st.DrawFn, *, restating: bool = False) -> str:
    """A world and a draft of two or three clauses in which something is open, and perhaps a promise, and a tie.

    `restating`: some of them say that they restate the one before.
    """
    numbers = range(1, draw(st.integers(2, 3)) + 1)
    places = st.sampled_from([(number, part) for number in numbers for part in _PARTS])
    chosen = draw(st.lists(places, min_size=1, max_size=_MOST_OPEN, unique=True))
    clauses = [
        draw(_clause(number, [part for known, part in chosen if known == number], restating)) for number in numbers
    ]
    promise = draw(st.sampled_from(("", "", "covers signals in every type of encounter\n")))
    tied = draw(st.sampled_from(("", "", *_TIED, _APART)))
    lines = "\n".join(clauses)
    if "[d " not in lines:
        lines += "\nclause 9 every unit should keep gap >= [d A: 50 m | B: 150 m]"
    return f"{WORLD}{lines}\n{promise}{tied}"


@st.composite
def one_clause(draw: st.DrawFn) -> str:
    """A world and a draft of one clause in which something is open."""
    places = st.lists(st.sampled_from([part for part in _PARTS if part != "edge"]), min_size=1, unique=True)
    text = draw(_clause(1, draw(places), False))
    world = WORLD if "[d " in text else WORLD.replace("\noptions d one of A, B\n", "")
    return f"{world}{text}\n"


@st.composite
def _clause(draw: st.DrawFn, number: int, chosen: Collection[str], restating: bool) -> str:
    """A clause with brackets in the parts that are chosen."""
    condition, content = st.sampled_from(_CONDITIONS), st.sampled_from(_CONTENTS)

    def either(part: str, plain: st.SearchStrategy[str], *in_brackets: st.SearchStrategy[str]) -> str:
        text: str = draw(st.one_of(*in_brackets) if part in chosen else plain)
        return text

    when = either(
        "when",
        st.one_of(st.just(""), condition.map(lambda c: f" when {c}")),
        condition.map(lambda c: f" [when {c}]"),
        st.tuples(condition, condition).map(lambda both: f" when {both[0]} [A: and {both[1]}]"),
    )
    modal = either(
        "modal",
        st.sampled_from(("must", "must", "must not", "should", "may")),
        st.sampled_from(("[A: must | B: should]", "must [not]")),
    )
    said = either(
        "content",
        content,
        st.tuples(content, content).map(lambda both: f"[{both[0]} | {both[1]}]"),
        st.just("keep gap >= [d A: 100 m | B: 600 m]"),
        content.map(lambda c: f"[A: keep gap >= [100 m | 600 m] | B: {c}]"),
    )
    unless = either(
        "unless",
        st.just(""),
        condition.map(lambda c: f" [B: unless {c}]"),
        condition.map(lambda c: f" [B: unless {c}{'' if '[100 m' in said else ' [and own.alert]'}]"),
    )
    edge = "" if number == 1 else f" in place of {number - 1}"
    edges = either("edge", st.sampled_from(("", edge)), st.just(f" [{edge.strip()}]" if edge else ""))
    if restating and number > 1 and draw(st.booleans()):
        edges += f" restates {number - 1}"
    text = f"clause {number} every unit{when} {modal} {said}{unless}{edges}"
    return f"[A: {text} | B: delete]" if "whole" in chosen else text


@st.composite
def circling(draw: st.DrawFn) -> str:
    """A world and a draft whose clauses depend on each other in circles, most of which only some packages have."""
    ties = draw(st.sampled_from(("", "", *_TIED)))
    lines = [_circling_clause(draw, number) for number in (1, 2, 3)]
    lines += ["clause 9 every unit should keep gap >= [d A: 50 m | B: 150 m]"]
    if draw(st.booleans()):
        first, second = draw(st.permutations((", 5", "[A: , 5]", "[d B: , 5 | A: delete]")))[:2]
        lines += [
            f"clause 4 exception to 1{first} when fog",
            f"clause 5 exception to 1{second.replace('5', '4')} when own.alert",
        ]
    return "\n".join((WORLD, *lines, ties, ""))


def _circling_clause(draw: st.DrawFn, number: int) -> str:
    """A clause that depends on another one, as a whole or with some options."""
    other = draw(st.sampled_from([one for one in (1, 2, 3) if one != number]))
    said = draw(st.sampled_from(("call", "lamp", "shoot", "[call | lamp]")))
    modal = draw(st.sampled_from(("must", "must", "must not")))
    asks = draw(st.sampled_from(("", "", f"when own is bound by ({other}) ", f"[when own is bound by ({other})] ")))
    edge = draw(st.sampled_from(("in place of", "in place of", "subject to")))
    edge = f"{edge} {draw(st.sampled_from([one for one in (1, 2, 3) if one != number]))}"
    stands = draw(st.sampled_from(("{}", "[{}]", "[d A: {} | B: delete]", "[d A: delete | B: {}]")))
    text = f"clause {number} every unit {asks}{modal} {said} {stands.format(edge)}"
    return draw(st.sampled_from((text, text, text, f"[A: {text} | B: delete]")))


@st.composite
def beside_a_package(draw: st.DrawFn) -> tuple[str, str]:
    """A draft with brackets, and a text without: a package of the draft itself, or of another one."""
    text = draw(bracketed())
    other = draw(st.one_of(st.just(text), bracketed()))
    taken = draw(st.sampled_from(list(packages(document(other)))))
    return text, with_taken(other, document(other), taken)


def beside_pact(text: str, agreed: str) -> str:
    """The draft beside the one of the other text, which has no brackets, and binds as an agreement."""
    _, _, pact = agreed.partition("draft text\n")
    pact = pact.replace("  rank political proposed", "  rank political adopted").replace("options d one of A, B\n", "")
    own = text.replace("  uses small\n", "  uses small\n  beside pact\n")
    return f"{own}\ninstrument pact\n{pact}"


def found_by(rule: RuleId, text: str) -> list[Finding] | None:
    """What the rule alone tells of the draft; None where the text is not understood, or something stays undecided."""
    file, mistakes = parse(Source("text.cbm", text))
    assert [mistake.message for mistake in mistakes] == []
    library = {known.header.name.text: known for known in file.documents if hasattr(known.header, "name")}
    system, _ = resolve(library, "text")
    if system is None:
        return None
    found = examine(system, Selection(frozenset((rule,))), showing=False).findings
    if any(finding.rule is RuleId.UNDECIDED for finding in found):
        return None
    return [finding for finding in found if finding.rule is rule]


def read(text: str) -> tuple[NormSystem | None, tuple[Finding, ...]]:
    """What the text says, or what is wrong with it."""
    file, mistakes = parse(Source("text.cbm", text))
    assert [mistake.message for mistake in mistakes] == []
    library = {known.header.name.text: known for known in file.documents if hasattr(known.header, "name")}
    return resolve(library, "text")


def understood(text: str) -> NormSystem:
    """What the text says; texts of which each package has clauses that depend on each other are not tried."""
    system, findings = read(text)
    assume(system is not None)
    assert system is not None, findings
    return system


def document(text: str) -> Document:
    """The draft in a text that can be read."""
    file, mistakes = parse(Source("text.cbm", text))
    assert [mistake.message for mistake in mistakes] == []
    return file.documents[-1]


def packages(draft: Document) -> Iterator[dict[int, int]]:
    """Every package: for each choice, by number, the number of an option; those that a tie excludes are none."""
    options = ([o.number for o in choice.options] + [0] * choice.optional for choice in draft.choices)
    ties = [statement for statement in draft.statements if isinstance(statement, Tie)]
    every = (dict(enumerate(taken)) for taken in product(*options))
    return (taken for taken in every if all(_is_met(tie, draft, taken) for tie in ties))


def _is_met(tie: Tie, draft: Document, taken: dict[int, int]) -> bool:
    """Whether a tie between named choices leaves a package; its options are named by who proposes them."""

    def is_so(node: TakenNode) -> bool:
        number = next(n for n, c in enumerate(draft.choices) if c.name and c.name.text == node.choice)
        proposed = {name.text: option.number for option in draft.choices[number].options for name in option.proposers}
        return taken[number] == proposed[node.option]

    so = [is_so(node) for node in tie.taken]
    if not tie.only_if:
        return all(so) or not any(so)
    return not all(so) or any(is_so(node) for node in tie.only_if)


def names_of(text: str) -> tuple[str, ...]:
    """What reports call the choices of the draft, in order."""
    file, _ = parse(Source("text.cbm", text))
    vocabulary, draft = file.documents
    scope, _ = build_scope((vocabulary,))
    index, _ = index_labels(draft)
    return tuple(choice.name for choice in open_choices(draft, index, scope))


def holds_on(finding: Finding, taken: dict[int, int], names: tuple[str, ...]) -> bool:
    """Whether a report says that a finding holds on a package."""
    if finding.reach is None or finding.reach.every:
        return True
    numbers = {name: taken[number] for number, name in enumerate(names)}
    return any(all(numbers[name] in options for name, options in box) for box in finding.reach.boxes)
