"""Words for what a check found, and for what it left open."""
