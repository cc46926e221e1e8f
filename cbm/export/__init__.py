"""Everything a check asks as files that other solvers read: which questions, in what words, in which folder."""
