"""A norm system to what a solver is asked: ground formulas, with one instance for each act instance."""
