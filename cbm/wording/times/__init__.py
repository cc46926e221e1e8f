"""Words for periods, weeks, hours and repetitions."""
