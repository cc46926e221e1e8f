"""Quantities with their dimensions: calculated, compared, kept within declared ranges, and where two of them part."""
