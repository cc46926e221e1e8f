"""What depends on the order of events: indistinguishable situations, traps, messages under way."""
