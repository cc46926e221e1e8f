"""Documentation of `unit-mismatch`: quantities of different dimensions side by side; found while names are resolved."""

from cbm.finding import Rule, RuleId, Severity
from cbm.translation.saying import mark

RULE = Rule(
    RuleId.UNIT_MISMATCH,
    Severity.ERROR,
    mark("quantities of different dimensions are compared or added"),
    mark("""\
A distance is compared with a speed, a number stands without its unit, or the like. Lengths may be mixed freely
(m, km, nmi, ft, yd, FL): they are converted exactly.
"""),
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 every unit must keep separation >= 500 kt
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 every unit must keep separation >= 500 m
""",
)
