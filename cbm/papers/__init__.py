"""Word documents to texts that are formalised beside their words, and findings back to comments in them."""
