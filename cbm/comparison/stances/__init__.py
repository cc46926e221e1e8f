"""A draft beside the text that it takes as its model: how it stands to each demand, where, why, and what it adds."""
