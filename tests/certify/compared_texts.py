"""A code beside rules that were agreed before: what each clause of it is to them."""

from __future__ import annotations

# 1 repeats 1 of the rules; 2 asks for more than 2; 3 is about what none is about; 4 has the form of none about it.
BESIDE = """\
vocabulary strait "A strait"
party CN "China"
party JP "Japan"
situation encounter "Encounter"
roles own, other
each
  party : party
shared
  night : flag
  boats : count from 0 to 9
axiom "two sides" own.party is not other.party
topic manoeuvre
act turn, call, answer topic manoeuvre
result separation "closest distance" : length from 0 m to 60 nmi topic manoeuvre

instrument rules "Rules of the road"
  uses strait
clause 1 every unit when night must call
clause 2 every unit must keep separation >= 500 m

draft code "A code"
  uses strait
  beside rules
clause 1 every unit when night must call
clause 2 every unit when boats > 3 must keep separation >= 800 m
clause 3 every unit must answer
clause 4 every unit should call
"""
