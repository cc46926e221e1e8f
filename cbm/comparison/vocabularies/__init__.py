"""Two vocabularies: what each declares and defines otherwise, with an encounter that shows it."""
