"""What norms have of the calendar: the day that is asked about, meetings that fall due, and the rules of time zones."""
