"""Two clauses or two texts: what changed in meaning, mirror images, derogation, deletion, edges without effect."""
