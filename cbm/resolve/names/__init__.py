"""The names in force: what they stand for, what readers see in their place, and which of them could be confused."""
