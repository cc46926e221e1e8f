"""A text laid out as all texts are: nothing that it says is changed, and no comment is lost."""
