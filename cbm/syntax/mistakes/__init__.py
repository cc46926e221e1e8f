"""What is said of a statement that cannot be read: in a drafter's words, with advice that was tried."""
