"""A report of findings to a page: each format by itself, over one outline of what is told first."""
