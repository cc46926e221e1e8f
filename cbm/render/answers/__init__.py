"""What binds whom, and encounters in which a clause binds, to pages and JSON."""
