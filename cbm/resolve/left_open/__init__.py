"""What a text leaves open: terms without a meaning, square brackets, figures not yet agreed, and references to them."""
