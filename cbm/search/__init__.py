"""Searches above single questions: exists-forall solving, implicants, projection, extents, replay, shares of work."""
