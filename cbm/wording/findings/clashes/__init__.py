"""Duties that cannot be kept together, as findings: under which rule, in what message, and which encounter shows it."""
