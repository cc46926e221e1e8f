"""What follows from a norm system: clashes, their extents, what prevails, and where promises are broken."""
