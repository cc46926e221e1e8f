"""What a clause allows or exempts from, and the duties of those who comply leave no room for, as findings."""
