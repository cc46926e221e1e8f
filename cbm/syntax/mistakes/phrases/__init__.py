"""Whole phrases as treaties and newcomers put them, each known by its form, and what is written in their place."""
