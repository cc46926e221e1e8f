"""Names that readers take for others: they differ in characters that look alike, or mix scripts."""

from __future__ import annotations

from collections.abc import Iterator

from cbm.finding import Finding, Label, Rule, RuleId, Severity
from cbm.inquiry import Inquiry
from cbm.syntax.confusables import mixed_scripts, strange_signs
from cbm.translation.listing import listed
from cbm.translation.saying import mark, say

RULE = Rule(
    RuleId.LOOK_ALIKE,
    Severity.WARNING,
    mark("a name that looks like another one, or mixes scripts"),
    mark("""\
Two names that differ only in characters which look alike are two names: a duty to `call` is not fulfilled by who does
an act whose first letter is the Cyrillic one. Readers cannot know. A name that mixes letters of scripts which no
language writes together is told by itself: it looks like another name, whether there is one or not. What looks alike
and what is written together is as Unicode says (UTS 39); Chinese, Japanese and Korean may stand with Latin letters.
"""),
    failing="""\
vocabulary signals "Signals"
  uses encounters
act wave "waves to the other unit" topic communication
act w\u0430ve "waves a flag" topic communication
draft code "A code"
  uses signals
  between CN, JP
clause 1 a warship must wave
clause 2 a helicopter must w\u0430ve
""",
    passing="""\
vocabulary signals "Signals"
  uses encounters
act wave "waves to the other unit" topic communication
act wave_flag "waves a flag" topic communication
draft code "A code"
  uses signals
  between CN, JP
clause 1 a warship must wave
clause 2 a helicopter must wave_flag
""",
)


def check(inquiry: Inquiry) -> Iterator[Finding]:
    for found in inquiry.system.look_alikes:
        inquiry.record(RULE.id, f"is `{found.name}` taken for another name", found=True, of_words=True)
        related = () if found.other_span is None else (Label(found.other_span, say("the other one")),)
        if related:
            message = say("`{name}` looks like `{other}`, and is another name", name=found.name, other=found.other)
            advice = say("write the same in both places if one thing is meant, else names that differ more")
        else:
            scripts = listed(mixed_scripts(found.name))
            message = say("`{name}` mixes letters of scripts: {scripts}", name=found.name, scripts=scripts)
            advice = say("write it in one script")
        place = Label(found.span, strange_signs(found.name, found.other))
        yield Finding(RULE.id, RULE.severity, message, place, related, remedies=(advice,))
