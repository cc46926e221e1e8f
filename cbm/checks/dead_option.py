"""Options that no clean package holds: whoever wants one has to change something else in the text first."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from cbm.core.negotiation import Negotiation
from cbm.finding import Finding, Label, Rule, RuleId, Severity
from cbm.negotiation.outlook import Outlook
from cbm.records import replace
from cbm.translation.saying import in_english, mark, say
from cbm.wording.choice_words import option_in_place, option_words, place_words

RULE = Rule(
    RuleId.DEAD_OPTION,
    Severity.ERROR,
    mark("an option of a text under negotiation that no clean package holds"),
    mark("""\
A text with square brackets means its packages: each takes one option of every choice. A package is clean when nothing
is wrong with it but what is wrong with all of them. An option that is in no clean package is dead: whatever else is
taken, something is wrong, however open terms and empty figures are read. (A package with which nothing is wrong on some
of these readings is workable, and its options are not dead.) What is wrong stands under the finding, and so does the
way out: to mend it, or to drop the option.
"""),
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a military_aircraft meeting a warship must keep separation <= 1,500 m
clause 2 a military_aircraft meeting a warship must keep separation >= [CN: 1,000 m | JP: 2,000 m]
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a military_aircraft meeting a warship must keep separation <= 3,000 m
clause 2 a military_aircraft meeting a warship must keep separation >= [CN: 1,000 m | JP: 2,000 m]
""",
)


def check(outlook: Outlook) -> Iterator[Finding]:
    """To be run last: it follows from what everything else finds."""
    negotiation = outlook.negotiation
    for group, choice, option in outlook.dead():
        known = negotiation.choices[choice].options[option]
        reasons = list(group.reasons([(choice, option)]))
        said = _told(negotiation, choice, option)
        message = say("{option} is in no clean package: whatever else is taken, something is wrong", option=said)
        if not reasons:
            message = say("ties leave {option} in no package", option=said)
        span = known.span or negotiation.choices[choice].span
        assert span is not None
        yield Finding(
            RULE.id,
            RULE.severity,
            message,
            Label(span),
            related=tuple(replace(reason.primary, text=reason.plain) for reason in reasons[:3]),
            clauses=tuple(dict.fromkeys(clause for reason in reasons for clause in reason.clauses)),
            notes=tuple(say("{rule}: {message}", rule=reason.rule, message=reason.message) for reason in reasons),
            matter=(
                in_english(partial(place_words, negotiation, choice)),
                in_english(partial(option_in_place, negotiation, choice, option)),
            ),
        )


def _told(negotiation: Negotiation, choice: int, option: int) -> str:
    """An option as a reader is told it: words that are left out of a clause leave the clause itself."""
    known = negotiation.choices[choice]
    others = [one for one in known.options if not one.out]
    if known.whole or not known.options[option].out or len(others) != 1:
        return option_in_place(negotiation, choice, option)
    place = place_words(negotiation, choice)
    return say("leaving {option} out of {place}", option=option_words(others[0]), place=place)
