"""Documentation of `unused`: words that are declared and that no clause speaks of; asked of all texts of a run."""

from cbm.finding import Rule, RuleId, Severity
from cbm.translation.saying import mark

RULE = Rule(
    RuleId.UNUSED,
    Severity.NOTE,
    mark("words that no clause speaks of"),
    mark("""\
A party, kind, value, attribute, moment, topic, term, act or result of a vocabulary, or a term of a text, that no
clause, promise or case names, nor anything that these mean. It is asked of all texts that are checked together, and
told once a vocabulary, with all the words in order; of a vocabulary that lies in the paths that are checked, not of one
that a text only uses: the standard vocabulary is made for many texts. A value is told where another one of its kind is
not named either, for then nothing tells them apart; one that is left alone is the rest of its kind. A text that is open
to all speaks of every party. Such a word may be a slip in a clause that was to name it, or left from an earlier draft.

Of a text under negotiation a choice is told that is declared (`options`) and that no bracket is of; and two options of
one choice that say the same, word for word.
"""),
    failing="""\
vocabulary signals "Signals"
  uses encounters
act wave "waves to the other unit" topic communication
act salute "salutes the other unit" topic communication
draft code "A code"
  uses signals
  between CN, JP
clause 1 a warship must wave
""",
    passing="""\
vocabulary signals "Signals"
  uses encounters
act wave "waves to the other unit" topic communication
act salute "salutes the other unit" topic communication
draft code "A code"
  uses signals
  between CN, JP
clause 1 a warship must wave
clause 2 a helicopter must salute
""",
)
