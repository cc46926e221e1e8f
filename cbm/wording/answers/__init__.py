"""Words for what is asked beside a check: answers, changes, comparisons, examples and lists of words."""
