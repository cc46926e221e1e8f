"""A text to its colours: the words of the language by what they do, for programs that show source text."""
