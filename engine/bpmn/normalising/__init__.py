"""One file per change that makes a drawing fit what the executing side runs right."""
