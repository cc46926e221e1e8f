"""What single clauses bar and free: what is forbidden of channels, and how far a permission goes."""
