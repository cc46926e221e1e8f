"""Where promises of coverage are kept and broken: regions, gaps, seams, exceptions, reciprocity."""
