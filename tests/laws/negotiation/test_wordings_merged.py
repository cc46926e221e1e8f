"""Law: what is found in a text with brackets on a package is what is found in the text of that package, written out."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from cbm.comparison.package_parts import MOST_PARTS
from cbm.core.negotiation import Negotiation
from cbm.finding import Finding, RuleId, Severity
from cbm.negotiation.outlook import Outlook
from cbm.pipeline import check
from cbm.report import Report
from cbm.resolve.system import resolve
from cbm.source import Source
from cbm.syntax.parse import parse
from cbm.syntax.taking import with_taken
from tests.laws.bracketed import (
    WORLD,
    bracketed,
    circling,
    document,
    found_by,
    holds_on,
    names_of,
    packages,
    read,
    understood,
)
from tests.laws.sparing import sparingly

# What follows from all else.
_OF_PACKAGES = frozenset((RuleId.DEAD_OPTION, RuleId.NO_CLEAN_PACKAGE, RuleId.NO_WORKABLE_READING))
_MOST_PACKAGES = 6
# The clauses named are some among several that would do; gaps are told by boxes of types, which brackets may cut.
_BY_FIRST_CLAUSE = frozenset((RuleId.BLOCKED_PERMISSION, RuleId.REDUNDANCY))
_BY_MATTER = frozenset((RuleId.GAP, RuleId.SEAM))


# One thing found of two wordings of a clause holds on the packages of both.
_TWO_WORDINGS = f"""{WORLD}clause 1 every unit [A: must | B: should] shoot, lamp
clause 2 every unit [A: must not | B: should not] shoot
"""


# A clause restates another as both are worded on a package, and not as the one is worded on another package.
_RESTATED = f"""{WORLD}clause 1 every unit [d A: must | B: should] call
clause 2 every unit [d A: must | B: should] call [B: unless fog] restates 1
"""

# Its second sentence clashes with clause 2 in each option, and begins at another place in each.
_AT_TWO_PLACES = f"""{WORLD}clause 1 every unit [d A: must call; must lamp | B: must shoot; must lamp]
clause 2 every unit must not lamp
"""

# Of what is allowed each option leaves another range; one is told by duty, the other is none for the sake of advice.
_TWO_RANGES = f"""{WORLD}clause 1 every unit may keep gap >= 200 m
clause 2 every unit must keep gap <= [A: 900 m | B: 400 m]
clause 3 every unit should keep gap >= 250 m
"""


@sparingly(20)
@given(st.booleans().flatmap(lambda restating: bracketed(restating=restating)))
@example(_TWO_WORDINGS)
@example(_RESTATED)
@example(_AT_TWO_PLACES)
@example(_TWO_RANGES)
def test_findings_on_a_package_are_those_of_its_text(text: str) -> None:
    draft = document(text)
    every = list(packages(draft))
    whole, names = _checked(text), names_of(text)
    aside = _OF_PACKAGES | _given_up(whole, len(every))
    for taken in every[:: len(every) // _MOST_PACKAGES + 1]:
        alone = _checked(with_taken(text, draft, taken))
        told = {_key(f) for f in whole.findings if f.rule not in aside and holds_on(f, taken, names)}
        assert told == {_key(f) for f in alone.findings if f.rule not in aside}, taken


def _given_up(whole: Report, packages: int) -> frozenset[RuleId]:
    """The rules that were given up, as the report says, since the packages have too many parts; and that one was."""
    undecided = [finding for finding in whole.findings if finding.rule is RuleId.UNDECIDED]
    if packages <= MOST_PARTS or not undecided:
        return frozenset()
    rules = {rule for rule in RuleId if any(f"`{rule}`" in finding.message for finding in undecided)}
    return frozenset((RuleId.UNDECIDED, *rules))


# What no package has as a whole: each option has a part of the circle, which another clause comes between.
_NO_CIRCLE = f"""{WORLD}clause 1 every unit must call [d A: in place of 2 | B: delete]
clause 2 every unit when own.alert must lamp in place of 3
clause 3 every unit must shoot [d B: in place of 4 | A: delete]
clause 4 every unit when fog must not call in place of 1
clause 5 every unit when fog and not own.alert must call
"""
# One package has it, of two clauses; and with both options of another choice.
_SOME_CIRCLE = f"""{WORLD}clause 1 every unit must [call | lamp] [A: in place of 2]
clause 2 every unit must shoot [d B: in place of 1 | A: delete]
clause 3 every unit must not shoot
"""


# One package has two, of the same clauses: in binding, and in precedence.
_TWO_CIRCLES = f"""{WORLD}clause 1 every unit when own is bound by (2) must call subject to 2
[A: clause 2 every unit when own is bound by (1) must call subject to 1 | B: delete]
"""


@sparingly(20)
@given(circling())
@example(_NO_CIRCLE)
@example(_SOME_CIRCLE)
@example(_TWO_CIRCLES)
def test_circles_on_a_package_are_those_of_its_text_and_all_else_is_checked_without_them(text: str) -> None:
    draft = document(text)
    every = list(packages(draft))
    system, refused = read(text)
    whole = refused if system is None else check(system).findings
    names = names_of(text)
    for taken in every[:: len(every) // _MOST_PACKAGES + 1]:
        written_out, alone = read(with_taken(text, draft, taken))
        told = [f for f in whole if f.rule not in _OF_PACKAGES and holds_on(f, taken, names)]
        circles = {_way(f) for f in told if f.rule is RuleId.CYCLE}
        if written_out is None:
            assert {_way(f) for f in alone if f.rule is RuleId.CYCLE} <= circles, taken
        else:
            assert not circles, taken
            found = {_key(f) for f in told if f.rule is not RuleId.UNDEFINED}
            assert found == {_key(f) for f in check(written_out).findings if f.rule not in _OF_PACKAGES}, taken


def _way(finding: Finding) -> str:
    """The way in which clauses depend on each other."""
    return " ".join((*finding.notes[:1], *finding.remedies)) if finding.clauses else ""


def test_one_finding_is_told_once_wherever_the_wordings_stand() -> None:
    (told,) = found_by(RuleId.CONFLICT, _AT_TWO_PLACES) or (None,)
    assert told is not None
    assert told.message == "clauses 1 sentence 2 and 2 cannot both be complied with"
    assert told.reach is not None
    assert told.reach.every


def _checked(text: str) -> Report:
    return check(understood(text))


def _key(finding: Finding) -> tuple[str, Severity, object]:
    if finding.rule in _BY_MATTER:
        return finding.rule, finding.severity, finding.message.split(":")[0].removesuffix(", in part")
    return finding.rule, finding.severity, finding.clauses[:1] if finding.rule in _BY_FIRST_CLAUSE else finding.clauses


def test_an_outlook_counts_packages_as_enumeration_does() -> None:
    text = f"""{WORLD}clause 1 every unit must keep gap >= [d A: 100 m | B: 600 m]
clause 2 every unit must keep gap <= [A: 50 m | B: 500 m | 700 m]
clause 3 every unit [must | should] call
"""
    file, _ = parse(Source("text.cbm", text))
    library = {known.header.name.text: known for known in file.documents if hasattr(known.header, "name")}
    system, _ = resolve(library, "text")
    assert system is not None
    outlook = Outlook(Negotiation(system), check(system).findings)
    assert (outlook.packages, outlook.clean_packages) == (12, 6)
    assert [(choice, option) for _, choice, option in outlook.dead()] == [(1, 0)]
    assert [group.incompatible for group in outlook.groups] == [(((1, 0),), ((0, 1), (1, 1)))]
