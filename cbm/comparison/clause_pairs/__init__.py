"""Two clauses side by side: whether they say the same, where one departs from another, and where one asks for less."""
