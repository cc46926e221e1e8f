"""Recorded encounters: tracks, events and what they rest on are read and checked; geometry tells what they show."""
