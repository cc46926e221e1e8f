"""Documentation of `syntax`: what was written cannot be read; found while reading."""

from cbm.finding import Rule, RuleId, Severity
from cbm.translation.saying import mark

RULE = Rule(
    RuleId.SYNTAX,
    Severity.ERROR,
    mark("what is written here cannot be read"),
    mark("""\
A clause, a declaration or a header is not built the way the language wants it. The message names what was
expected. Reading goes on with the next clause, so every mistake in a text is told in one run.
"""),
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 every unit when own.distress not aim_weapons
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 every unit when own.distress must not aim_weapons
""",
)
