"""The files of a project: which of them are specs, what they were, and what is configured for them."""
