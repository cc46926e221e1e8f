"""Cases about a text, and questions that name a date: what is expected, whose units are meant, who is a party then."""
