"""From texts to a map of coverage: what is asked, which sets of types answer it, and how that is said to readers."""
