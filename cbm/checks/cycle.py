"""Documentation of `cycle`: what depends on itself; found while names are resolved."""

from cbm.finding import Rule, RuleId, Severity
from cbm.translation.saying import mark

RULE = Rule(
    RuleId.CYCLE,
    Severity.ERROR,
    mark("clauses depend on each other in a circle"),
    mark("""\
Whether a clause binds depends, through `in place of` or `is bound by`, on whether it binds; or clauses yield to
each other in a circle; or a term or a vocabulary builds on itself. Such a text has no meaning.
"""),
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 an aircraft meeting a ship must keep separation >= 1,000 m in place of 2
clause 2 a helicopter meeting a ship must keep separation <= 500 m in place of 1
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 an aircraft meeting a ship must keep separation >= 1,000 m
clause 2 a helicopter meeting a ship must keep separation <= 500 m in place of 1
""",
)
