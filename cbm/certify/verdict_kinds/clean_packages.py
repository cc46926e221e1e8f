"""What findings mean for packages, as questions: is there a package without any, whatever it takes or with an option.

Whether a finding is there on all packages that are told of it is a question of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from cbm.certify.claims import AllOf, Claim, NotSo, anywhere
from cbm.certify.rows import BearerCase, Told, VerdictRow, row_for
from cbm.certify.verdict_kinds.on_readings import read_by_parties, reading_first
from cbm.checks.undecided import of_packages
from cbm.core.expressions import TRUE, Formula, negation
from cbm.core.negotiation import Negotiation
from cbm.core.packages.package_boxes import Box, TooManyBoxes
from cbm.core.substitution import variables
from cbm.finding import Finding, RuleId
from cbm.ground.party_readings import tied
from cbm.inquiry import Inquiry
from cbm.negotiation.outlook import ChoiceGroup, Flaw, Outlook
from cbm.records import replace
from cbm.report import Ending, Outcome
from cbm.smt.journal import Verdict
from cbm.translation.saying import in_english
from cbm.wording.choice_words import option_in_place, place_words

NOT_EACH = "on which packages each of the findings is: the search alone says so of one"
ON_EACH_READING = "that errors that are on some readings each leave none together: the search alone says so"
TOO_MANY = "too many choices hang together: it is not known which packages are clean"
NOT_AGAIN = "too many choices hang together to ask it again: the search alone says so"
NOTHING_ON_SOME = "by definition: nothing is told as wrong that is on some packages only"
_ANY = "is there a package on which nothing is told as wrong but what is on all of them"
_WITH = "is it in a package on which nothing is told as wrong but what is on all of them"
_THERE = "is there a package on which it is told as wrong, and happens in no encounter"


def clean_packages(inquiry: Inquiry, outcome: Outcome, rows: Sequence[VerdictRow]) -> Iterator[VerdictRow]:
    """Whether any package is clean; and, if so, for each option that a finding depends on, whether a clean one has it.

    `rows` are those of all else. Where choices that hang together are too many to be told, there is one undecided row.
    """
    for finding in outcome.findings:
        if finding.rule is RuleId.NO_WORKABLE_READING:
            yield VerdictRow(finding.rule, (), "", "", finding.message, Ending.FOUND, why=ON_EACH_READING)
    outlook = Outlook(Negotiation(inquiry.system), outcome.findings)
    if not outlook.negotiation.terms:
        return
    if of_packages(inquiry) in outcome.findings:
        yield VerdictRow(RuleId.NO_CLEAN_PACKAGE, (), "", "", _ANY, Ending.UNDECIDED, why=TOO_MANY)
        return
    try:
        verdicts = [*_Packages(inquiry, outlook, rows).verdicts()]
    except TooManyBoxes:
        verdicts = [*_told_only(outcome)]
    yield from verdicts


def _told_only(outcome: Outcome) -> Iterator[VerdictRow]:
    """What the report says of packages, with nothing that carries it."""
    told = [finding for finding in outcome.findings if finding.rule in (RuleId.NO_CLEAN_PACKAGE, RuleId.DEAD_OPTION)]
    for finding in told:
        yield VerdictRow(finding.rule, (), "", "", finding.message, Ending.FOUND, why=NOT_AGAIN)
    if not any(finding.rule is RuleId.NO_CLEAN_PACKAGE for finding in told):
        yield VerdictRow(RuleId.NO_CLEAN_PACKAGE, (), "", "", _ANY, Ending.CLEAR, why=NOT_AGAIN)


class _Packages:
    """The packages of a text, by what is found on them."""

    def __init__(self, inquiry: Inquiry, outlook: Outlook, rows: Sequence[VerdictRow]) -> None:
        self._inquiry, self._outlook, self._negotiation = inquiry, outlook, outlook.negotiation
        self._rows = rows
        about = inquiry.grounds[0]
        self._choices = frozenset(term.variable for term in self._negotiation.terms)
        self._existing = tuple(part for part in about.possible if self._choices.issuperset(variables(part)))
        self._asked: set[Told] = set()

    def verdicts(self) -> Iterator[VerdictRow]:
        told = {finding.matter for finding in self._outlook.findings if finding.rule is RuleId.DEAD_OPTION}
        if any(finding.rule is RuleId.NO_CLEAN_PACKAGE for finding in self._outlook.findings):
            group = next(group for group in self._outlook.groups if not group.open)
            yield from self._found(RuleId.NO_CLEAN_PACKAGE, "", _ANY, TRUE, group.flaws)
            return
        if not self._outlook.flaws:
            ended, why = Ending.CLEAR, NOTHING_ON_SOME
            yield VerdictRow(RuleId.NO_CLEAN_PACKAGE, (), "", "", _ANY, ended, why=why, plain=True)
            return
        yield self._clear(RuleId.NO_CLEAN_PACKAGE, "", _ANY, TRUE)
        for group in self._outlook.groups:
            for choice in group.choices:
                yield from self._of_options(group, choice, told)

    def _of_options(self, group: ChoiceGroup, choice: int, told: set[tuple[str, ...]]) -> Iterator[VerdictRow]:
        """Whether some clean package has each of the options, if any package has it."""
        for option in range(self._negotiation.space.sizes[choice]):
            place, said = self._words(choice, option)
            taken = self._negotiation.formula(({choice: 1 << option},))
            if (place, said) in told:
                reasons = list(group.reasons([(choice, option)]))
                flaws = [flaw for flaw in group.flaws if set(flaw.findings) <= set(reasons)]
                yield from self._found(RuleId.DEAD_OPTION, said, _WITH, taken, flaws)
            elif not self._outlook.is_not_asked_for(group, choice, option):
                yield self._clear(RuleId.DEAD_OPTION, said, _WITH, taken)

    def _words(self, choice: int, option: int) -> tuple[str, str]:
        known = self._negotiation
        return in_english(lambda: place_words(known, choice)), in_english(
            lambda: option_in_place(known, choice, option)
        )

    def _clear(self, rule: RuleId, matter: str, question: str, taken: Formula) -> VerdictRow:
        return self._row(rule, matter, question, Ending.CLEAR, self._beside(self._outlook.flaws, taken), Verdict.SAT)

    def _found(
        self, rule: RuleId, matter: str, question: str, taken: Formula, flaws: Sequence[Flaw]
    ) -> Iterator[VerdictRow]:
        """A row that rests on the question whether these leave a package, and on one for each of them."""
        cover: Told = (rule, f"left by what is found: {matter}")
        case = self._beside(flaws, taken)
        yield replace(self._row(rule, matter, question, Ending.CLEAR, case, Verdict.UNSAT), carries=cover)
        rests: list[Told] = [cover]
        for flaw in flaws:
            if len(flaw.findings) > 1:
                yield VerdictRow(rule, (), "", matter, question, Ending.FOUND, why=ON_EACH_READING)
                return
            (finding,) = flaw.findings
            same = self._rows_of(finding)
            carried: Told = (rule, f"there: {finding.rule}: {finding.message}")
            if not same:
                yield VerdictRow(rule, (), "", matter, question, Ending.FOUND, why=NOT_EACH)
                return
            if not all(row.plain for row in same):
                rests.append(carried)
                if carried not in self._asked:
                    self._asked.add(carried)
                    yield self._there(rule, finding, flaw.boxes, same, carried)
        yield VerdictRow(rule, (), "", matter, question, Ending.FOUND, rests_on=tuple(rests))

    def _beside(self, flaws: Iterable[Flaw], taken: Formula) -> BearerCase:
        """A package that has what is taken, and on which none of these is."""
        free = tuple(negation(self._negotiation.formula(flaw.boxes)) for flaw in flaws)
        about = replace(self._inquiry.grounds[0], possible=self._existing)
        return BearerCase(about, (("it is taken", taken), ("nothing of this is on the package", AllOf(free))))

    def _rows_of(self, finding: Finding) -> list[VerdictRow]:
        """The verdicts that are the finding, as questions of some encounter or by definition.

        What is told without clauses is known by its rule, where one verdict alone has found something.
        """
        found = [row for row in self._rows if row.rule == finding.rule and row.ending is Ending.FOUND]
        same = [row for row in found if {str(norm.unworded) for norm in row.clauses} == set(finding.clauses)]
        known = [row for row in same if row.plain or (row.asked is not None and row.expected is Verdict.SAT)]
        return known if len(known) == len(same) and (finding.clauses or len(same) == 1) else []

    def _there(
        self, rule: RuleId, finding: Finding, boxes: Sequence[Box], same: Sequence[VerdictRow], carried: Told
    ) -> VerdictRow:
        """On each of the packages, and on each reading, the finding is so in some encounter."""
        system = self._inquiry.system
        terms = tuple(term for term in system.open_terms if term.choice is None)
        fixed = self._choices.union(read_by_parties(system, terms))
        absent: list[Claim] = []
        for row in same:
            if row.asked is not None:
                claims = (claim for _, claim in row.asked.claims)
                absent.append(NotSo(anywhere(row.asked.meanings, *tied(system, terms), *claims, but=fixed)))
        read = reading_first(self._inquiry.grounds[0], terms)
        about = replace(read, possible=(*read.possible, *self._existing))
        told = ("it is told of the package", self._negotiation.formula(boxes))
        case = BearerCase(about, (told, ("it happens in no encounter", AllOf(tuple(absent)))))
        clauses = tuple(dict.fromkeys(norm for row in same for norm in row.clauses))
        words = finding.message
        return replace(
            self._row(rule, words, _THERE, Ending.CLEAR, case, Verdict.UNSAT), clauses=clauses, carries=carried
        )

    def _row(
        self, rule: RuleId, matter: str, question: str, ended: Ending, case: BearerCase, answer: Verdict
    ) -> VerdictRow:
        return row_for(
            self._inquiry,
            rule,
            matter=matter,
            question=question,
            ending=ended,
            cases=(case,),
            expected=answer,
        )
