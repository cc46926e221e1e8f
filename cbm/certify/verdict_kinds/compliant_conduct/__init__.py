"""What is possible for who complies, as questions: what can be used, reached or escaped, and what all else implies."""
