"""What vocabularies declare: names, channels, counters and axes of coverage, to what a norm system has of them."""
