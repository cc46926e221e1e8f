"""What was written: text becomes a tree with places; nothing here knows what a name means."""
