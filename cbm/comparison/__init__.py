"""Two clauses or two texts: equivalence, derogation, deletion, edges without effect."""
