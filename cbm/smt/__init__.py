"""How a question is decided: core formulas become SMT-LIB text, and Z3 answers."""
