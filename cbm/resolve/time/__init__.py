"""Written times to core expressions: windows, days of the calendar, what recurs, and when a message arrives."""
