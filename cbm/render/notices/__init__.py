"""What is shown line by line beside a text, whatever it is about, to the formats of editors and code hosts."""
