"""Two drafts, or a draft and its models, to pages and JSON."""
