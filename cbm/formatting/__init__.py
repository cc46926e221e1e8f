"""A text laid out as all are, with all that it says and all comments; and what it lacks in a language."""
