"""Promises of coverage, as questions: what is so of each type of encounter, and that all of it is as promised."""
