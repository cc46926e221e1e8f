"""The clauses of one text to norms: who is bound, to what, until when, and what is excepted."""
