"""What single clauses bar, free and set: what is forbidden of channels, how far a permission goes, and by when."""
