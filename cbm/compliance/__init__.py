"""What is possible for who complies: joint compliance, consistency witnesses, escapes, unavailable options."""
