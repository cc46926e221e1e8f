"""On which clauses it depends whether one binds or prevails, and what is told where that goes round in a circle."""
