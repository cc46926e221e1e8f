"""A code beside rules that were agreed before: what each clause of it is to them."""

from __future__ import annotations

from tests.certify.strait import STRAIT

# 1 repeats 1 of the rules; 2 asks for more than 2; 3 is about what none is about; 4 has the form of none about it.
BESIDE = f"""\
{STRAIT}topic manoeuvre
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
