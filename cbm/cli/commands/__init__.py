"""The commands, a module each or for a few that are alike; what one of them needs for itself stands beside it."""
