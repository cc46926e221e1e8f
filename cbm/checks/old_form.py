"""Documentation of `old-form`: what is written as it was once; found in the files that are read."""

from cbm.finding import Rule, RuleId, Severity
from cbm.translation.saying import mark

RULE = Rule(
    RuleId.OLD_FORM,
    Severity.NOTE,
    mark("something that is written otherwise today"),
    mark("""\
The language has one form for one thing. Some things had several, or another one: these are read as before, mean what
they meant, and are told once a file. `cbm fmt` writes them as they are written today, and keeps comments and all else.
What stands in square brackets stays as it is, and is not told: these are the words of a delegation.
"""),
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a warship must not illuminate_bridge except when own.distress
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a warship must not illuminate_bridge unless own.distress
""",
)
