"""What is asked of a text under negotiation, asked of some packages at a time: of such as give the same answers.

At first all packages are asked about. Where an answer is another one on some of them, it is begun again with these, and
with the others. So a package is never listed, and what is found on a part is found on each package in it. A text
without brackets is one part, and is asked about as ever.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TypeVar

from cbm.comparison.idle_edges import AskedPrecedence
from cbm.comparison.possible_packages import ALL_PACKAGES, choices_in, in_common, packages_tried
from cbm.compliance.joint import Joint
from cbm.conflicts.deadlocks import Deadlock
from cbm.conflicts.what_prevails import Standing
from cbm.core.expressions import FALSE, And, Expr, Formula, conjunction, disjunction
from cbm.core.negotiation import Negotiation
from cbm.core.packages.package_boxes import Box, TooManyBoxes, bits
from cbm.core.substitution import Value, substitute
from cbm.core.variables import Variable
from cbm.ground.grounding import Ground
from cbm.ground.posed import Posed
from cbm.inquiry import Inquiry
from cbm.records import Record, replace
from cbm.report import Ending, Question
from cbm.search.extent import Cube
from cbm.search.projection import adverse
from cbm.smt.journal import is_kept
from cbm.smt.solve import Answer, Sat, Unknown

Told = TypeVar("Told")
# More parts than this are not looked at: nobody would read what is found in each.
MOST_PARTS = 100


class _Differing(Exception):
    """What was asked has another answer on some of the packages than on the others."""

    def __init__(self, *parts: tuple[Box, ...]) -> None:
        super().__init__()
        self.parts = parts


class _Part(Record, dict=True):  # with room for what is worked out once
    """Packages that are asked about together."""

    negotiation: Negotiation
    boxes: tuple[Box, ...]

    @cached_property
    def formulas(self) -> tuple[Formula, ...]:
        """That it is one of these packages."""
        return () if self.boxes == ALL_PACKAGES else (self.negotiation.formula(self.boxes),)

    @cached_property
    def taken(self) -> dict[Variable, Value]:
        """The choices of which only one option is left, by these packages or by what ties exclude of them."""
        choices, terms = self.negotiation.choices, self.negotiation.terms
        left = ((number, self._left(number)) for number in range(len(choices)))
        return {terms[c].variable: choices[c].options[o[0]].member for c, o in left if len(o) == 1}

    def _left(self, choice: int) -> list[int]:
        """The options of a choice that some of these packages have."""
        space = self.negotiation.space
        tied = len(self.boxes) > 1 or any(choice in box for box in space.excluded)
        found: list[int] = []
        for option in range(space.sizes[choice]):
            having = [both for box in self.boxes if (both := space.meets(box, {choice: bits((option,))})) is not None]
            if having and not (tied and not space.minus(having, space.excluded)):
                found.append(option)
        return found

    def agree(self, reached: Sequence[Box]) -> bool:
        """Whether all of these packages are among those reached, or none is; _Differing where some are."""
        space = self.negotiation.space
        outside = space.told(space.minus(self.boxes, (*reached, *space.excluded)))
        if not outside:
            return True
        inside = in_common(self.negotiation, (self.boxes, reached))
        if space.minus(inside, space.excluded):
            raise _Differing(inside, outside)
        return False

    def first_open(self, variables: Collection[Variable]) -> int | None:
        """The first of these choices that is made in several ways on these packages."""
        terms = enumerate(self.negotiation.terms)
        return next((n for n, term in terms if term.variable in variables and term.variable not in self.taken), None)

    def settle(self, variables: Collection[Variable]) -> None:
        """_Differing where one of these choices is made in several ways on these packages."""
        choice = self.first_open(variables)
        if choice is not None:
            options = ({choice: bits((option,))} for option in range(self.negotiation.space.sizes[choice]))
            parts = (in_common(self.negotiation, (self.boxes, (option,))) for option in options)
            raise _Differing(*(part for part in parts if part))


class PartInquiry(Inquiry, kw_only=True):
    """The same inquiry, put of some packages only: what is answered is so on each of them."""

    whole: Inquiry
    part: _Part

    def ask(self, about: Ground, *formulas: Formula) -> Answer:
        if self._can_be_on_each(about, formulas):
            return Sat()
        asked = (*formulas, *self.part.formulas)
        answer = self.whole.ask(about, *asked)
        if not isinstance(answer, Sat):
            return answer
        negotiation = self.part.negotiation
        choices = choices_in(negotiation, about, map(self.as_taken, formulas))
        if choices:
            reached = packages_tried(self.whole, negotiation, about, asked, choices)
            if isinstance(reached, Unknown):
                return reached
            self.part.agree(reached)
        return answer

    def _can_be_on_each(self, about: Ground, formulas: tuple[Formula, ...]) -> bool:
        """Whether it can be with each word on what is taken as adverse as can be; where it cannot, nothing is known."""
        whatever = self.whatever_is_taken(formulas)
        if is_kept() or FALSE in whatever or choices_in(self.part.negotiation, about, ()):
            return False  # who takes notes wants to see the question itself
        return isinstance(self.whole.ask(about, *whatever), Sat)

    @property
    def packages(self) -> tuple[Formula, ...]:
        return self.part.formulas

    def ask_of_any(self, about: Ground, *formulas: Formula) -> Answer:
        return self.whole.ask(about, *formulas, *self.part.formulas)

    def here(self, about: Ground) -> Ground:
        return replace(about, possible=(*about.possible, *self.part.formulas)) if self.part.formulas else about

    def as_taken(self, formula: Formula) -> Formula:
        return substitute(formula, self.part.taken) if self.part.taken else formula

    def whatever_is_taken(self, formulas: tuple[Formula, ...]) -> tuple[Formula, ...]:
        return self._taken(formulas, milder=False)

    def if_any_is_taken(self, formulas: tuple[Formula, ...]) -> tuple[Formula, ...]:
        return self._taken(formulas, milder=True)

    def _taken(self, formulas: tuple[Formula, ...], *, milder: bool) -> tuple[Formula, ...]:
        choices = frozenset(term.variable for term in self.part.negotiation.terms)
        return tuple(adverse(self.as_taken(formula), choices, milder) for formula in formulas)

    def stands(self, condition: Expr) -> bool:
        return self.part.agree(self._where_it_stands(condition))

    def stands_everywhere(self, condition: Expr) -> bool:
        space = self.part.negotiation.space
        return not space.minus(self.part.boxes, (*self._where_it_stands(condition), *space.excluded))

    def alike(self, projected: Callable[[Collection[Variable]], list[Cube] | Unknown]) -> Unknown | None:
        negotiation = self.part.negotiation
        cubes = projected(frozenset(term.variable for term in negotiation.terms))
        if isinstance(cubes, Unknown):
            return cubes
        self.part.agree([box for cube in cubes for box in negotiation.boxes(conjunction(*cube))])
        return None

    def is_open(self, variables: Collection[Variable]) -> bool:
        return self.part.first_open(variables) is not None

    def settle(self, variables: Collection[Variable]) -> None:
        self.part.settle(variables)

    def standing(self) -> Standing:
        return self.whole.standing()

    def deadlocks(self) -> tuple[Deadlock, ...]:
        return self.whole.deadlocks()

    def together(self) -> Joint:
        return self.whole.together()

    def _where_it_stands(self, condition: Expr) -> tuple[Box, ...]:
        negotiation = self.part.negotiation
        parts = condition.parts if isinstance(condition, And) else (condition,)
        about_choices = [part for part in parts if part.variables and negotiation.speaks_of_choices(part)]
        return negotiation.boxes(conjunction(*about_choices))


def part_by_part(
    inquiry: Inquiry,
    negotiation: Negotiation,
    packages: Sequence[Box],
    ask: Callable[[Inquiry], Iterable[Told]],
) -> Iterator[tuple[tuple[Box, ...], Told]]:
    """Whatever is told of these packages, with those of which it is told; TooManyBoxes for too many parts.

    What is recorded of several parts is recorded once: that something is found where it is on one of them.
    """
    if not negotiation.terms:
        yield from ((ALL_PACKAGES, told) for told in ask(inquiry))
        return
    space, waiting, asked = negotiation.space, [tuple(packages)], list[PartInquiry]()
    try:
        while waiting:
            part = _Part(negotiation, waiting.pop(0))
            if not space.minus(part.boxes, space.excluded):
                continue
            on_part = PartInquiry(
                inquiry.system, inquiry.grounds, list(inquiry.undecided), crew=inquiry.crew, whole=inquiry, part=part
            )
            try:
                told = list(ask(on_part))
            except _Differing as differing:
                waiting[:0] = differing.parts
                continue
            if len(asked) == MOST_PARTS:
                raise TooManyBoxes
            asked.append(on_part)
            yield from ((part.boxes, one) for one in told)
    finally:
        _record(inquiry, asked)


def _record(inquiry: Inquiry, asked: Sequence[PartInquiry]) -> None:
    """What was recorded of each part: a question once, found where anything is, undecided where that is not known.

    Where nothing is, it is asked of the packages of all parts.
    """
    known = len(inquiry.undecided)
    left = dict.fromkeys(one for on_part in asked for one in on_part.undecided[known:])
    inquiry.undecided += left
    rank = (Ending.FOUND, Ending.UNDECIDED, Ending.CLEAR)
    told: dict[tuple[object, ...], Question] = {}
    for question in (one for on_part in asked for one in on_part.questions):
        key = (question.rule, question.subject, question.at)
        known_of = told.get(key, question)
        told[key] = min(known_of, question, key=lambda one: rank.index(one.verdict))
        if known_of is not question and known_of.verdict is question.verdict is Ending.CLEAR:
            told[key] = replace(known_of, of=_of_either(known_of.of, question.of))
    inquiry.questions += told.values()


def _of_either(one: object, other: object) -> object:
    """What was asked of some packages, asked of others too; nothing where that is not known."""
    if isinstance(one, Posed) and isinstance(other, Posed):
        return replace(one, packages=_either(one.packages, other.packages))
    if isinstance(one, AskedPrecedence) and isinstance(other, AskedPrecedence):
        return (
            replace(one, packages=_either(one.packages, other.packages)) if one.in_a_clash is other.in_a_clash else None
        )
    return None


def _either(some: Sequence[Formula], others: Sequence[Formula]) -> tuple[Formula, ...]:
    return (disjunction(conjunction(*some), conjunction(*others)),)
