"""A process and its tools: its limits, how it is stopped, what it writes, and others that do a part of its work."""
