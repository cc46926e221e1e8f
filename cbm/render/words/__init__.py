"""Words that texts may use to pages and JSON."""
