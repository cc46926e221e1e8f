"""How a check is run: of which texts, by which rules, in which shares, what is hidden, and what the report says."""
