"""Files as nobody should have to meet them, each with what is expected: clean words, or that it is fine."""
