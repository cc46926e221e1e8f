"""Core expressions, clauses, times, hours and examples to the words of a legal officer."""
