"""Types of situation: axes, thresholds, sets of types, and sets as maximal boxes."""
