"""Written times to core expressions: windows, clocks, calendars, and when a message arrives."""
