"""Documentation of `undefined`: a name or label that nothing declares; found while names are resolved."""

from cbm.finding import Rule, RuleId, Severity

RULE = Rule(
    RuleId.UNDEFINED,
    Severity.ERROR,
    "a name or a label means nothing here",
    """\
A party, a kind of unit, an act, a term, a topic, a clause or a text is mentioned that neither the text nor the
vocabularies it uses declare. Nothing is checked in a text with such a mistake: an answer would speak of another
text than the one that was meant.
""",
    failing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a warship must not aim_weapon
""",
    passing="""\
draft code "A code"
  uses encounters
  between CN, JP
clause 1 a warship must not aim_weapons
""",
)
