"""Trees to a norm system: names, references, units, channels and times are settled here."""
