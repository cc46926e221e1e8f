"""Documentation of `duplicate`: one name or label given twice; found while names are resolved."""

from cbm.finding import Rule, RuleId, Severity
from cbm.translation.saying import mark

RULE = Rule(
    RuleId.DUPLICATE,
    Severity.ERROR,
    mark("a name or a label is given twice"),
    mark("""\
Two clauses carry one label, or two declarations one name. A reference to it would have two meanings.
"""),
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 every unit must not aim_weapons
clause 1 every unit must not jam
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 every unit must not aim_weapons
clause 2 every unit must not jam
""",
)
