"""Cards to learn a text by, to pages: one outline for readers, and one document for programs."""
