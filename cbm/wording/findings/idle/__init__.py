"""What is written and changes nothing, as findings: clauses, words beside them, and cases in which nothing can fail."""
