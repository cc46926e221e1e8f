"""Minimal sets of norms that clash, what precedence settles, and deadlocks."""
