"""The verdicts of a report as questions that stand by themselves, and what two solvers say to them."""
