"""Documentation of `ignore-comment`: comments that hide findings, and no longer do or never did."""

from cbm.finding import Rule, RuleId, Severity
from cbm.translation.saying import mark

RULE = Rule(
    RuleId.IGNORE_COMMENT,
    Severity.WARNING,
    mark("a comment that is to hide findings, and is of no use"),
    mark("""\
`# cbm: ignore[gap, seam] because …` keeps findings of these rules from being told at one statement: the one on the line
of the comment, or the one below it. The page counts what is hidden, and what programs read names it. With
`until 2027-01-01` at its end it hides them up to that day, by the calendar of those who work on the text. A warning
tells a comment that hides nothing of a rule that it names, or whose day is over; an error one that names no rule or no
reason, or stands at no statement. A comment speaks to cbm where it begins with `cbm:`. What keeps a text from being
read or asked cannot be hidden.
"""),
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
# cbm: ignore[conflict] because we are talking about it
clause 1 every unit when own.distress must not aim_weapons
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 every unit when own.distress must not aim_weapons
""",
)
