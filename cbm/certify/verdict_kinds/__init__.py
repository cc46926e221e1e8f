"""Each kind of verdict as a question that stands by itself: what has to have no model for it to be right."""
