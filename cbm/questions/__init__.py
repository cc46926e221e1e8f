"""What somebody asks of texts beside a check: files or names are read, and the question is answered."""
