"""The shared patterns that every process uses and no drawing repeats (catalogue section 0.1)."""
