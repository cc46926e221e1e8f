"""`cbm serve`: a page to write on, for people without an editor; for this machine alone, and nothing leaves it."""
