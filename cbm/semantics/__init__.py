"""What the texts mean: documents become a norm system, in names, units and core expressions."""
