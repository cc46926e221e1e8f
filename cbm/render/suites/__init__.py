"""Results of the cases of texts to pages, JSON and JUnit."""
