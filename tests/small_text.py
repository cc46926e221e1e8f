"""A text of a few clauses over a vocabulary of a few words, for which each command has an answer soon."""

from __future__ import annotations

# What is found in it depends on the day: by the older one the pact is not in force, by the newer one JP has left it.
CODE = """\
vocabulary tiny
party CN "China"
party JP "Japan"
kind craft "kind of unit" = warship "warship" | drone "drone"
situation encounter "encounter"
roles own, other
each
  party : party
  craft "kind of unit" : craft
axiom "two sides" own.party is not other.party
act lase "lases" topic weapons
act call "calls" topic talk
act answer "answers" topic talk
types by own.craft

instrument pact "A pact"
  uses tiny
  rank treaty
  between CN, JP until 2020-11-22
  in force 2020-01-01
clause 1 a warship must not lase

draft code "A code"
  uses tiny
  beside pact
  between CN, JP until 2021-01-01
  proposed 2019-10-01
clause 1 a warship must lase
clause 2 a warship must [CN: call | JP: answer]
clause 3 a warship must lase
"""
CASES = """\
cases for code
case "a warship"
  given own.craft is warship and own.party is CN
  expect own must not lase by 1 of pact
  expect no conflict
"""
