"""Statements of each sort to trees."""
