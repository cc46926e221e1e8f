"""Two clauses or two texts, as questions: does one mean something else than the other, or fall short of it."""
