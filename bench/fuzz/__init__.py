"""Random block-structured processes, run step by step and compared with an oracle that never saw the engine."""
