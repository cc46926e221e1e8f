"""A recorded encounter under texts: what is known at each moment, what binds then, and what came of it over time."""
