"""Ways out of findings as changes of the text, each tried before it is offered."""
