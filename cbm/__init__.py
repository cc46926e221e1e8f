"""cbm: checks codes of conduct for encounters at sea and in the air."""
