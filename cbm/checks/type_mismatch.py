"""Documentation of `type-mismatch`: a word used as what it is not; found while names are resolved."""

from cbm.finding import Rule, RuleId, Severity
from cbm.translation.saying import mark

RULE = Rule(
    RuleId.TYPE_MISMATCH,
    Severity.ERROR,
    mark("a word is used as something it is not"),
    mark("""\
A quantity stands where a condition is wanted, an act where a result is kept, a fact of the situation is to be
brought about, and so on. The message says what the word is and how to write what was probably meant.
"""),
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 every unit when range must listen
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 every unit when range <= 3 nmi must listen
""",
)
