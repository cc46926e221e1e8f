"""What depends on the order of events, as questions: who is trapped, and what is known beforehand."""
