"""What the texts say: sorts, expressions, norms and the norm system, with exact arithmetic and no solver."""
