"""Two sides that meet in a strait, by day or night, among boats; what they do there is added by each test."""

from __future__ import annotations

STRAIT = """\
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
"""
