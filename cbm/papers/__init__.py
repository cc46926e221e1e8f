"""Words and clauses side by side: Word documents laid out as texts, findings as their comments, texts as pages."""
