"""A text to its statements: where each begins, which brackets it holds, what stands in comments."""
