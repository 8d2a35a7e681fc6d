"""`python -m bench.fuzz N [SEED]`: plays N random processes and says how many went wrong."""

from __future__ import annotations

import argparse
import sys
import time
import traceback

from bench.fuzz.play import Case, check
from engine.errors import EngineError


def main() -> int:
    """Plays and prints; the exit code is 1 when anything went wrong."""
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz", description=__doc__)
    parser.add_argument("number", nargs="?", type=int, default=1000, help="how many random processes")
    parser.add_argument("seed", nargs="?", type=int, default=1, help="the seed of the first one")
    parser.add_argument("--count", type=int, help="the same as the first argument")
    parser.add_argument("--seed", type=int, dest="other_seed", help="the same as the second argument")
    given = parser.parse_args()
    count = given.number if given.count is None else given.count
    return run(count, given.seed if given.other_seed is None else given.other_seed)


def run(count: int, seed: int) -> int:
    """Plays `count` processes of consecutive seeds."""
    began, wrong = time.perf_counter(), 0
    for number in range(seed, seed + count):
        wrong += not right(f"{number}")
    took = time.perf_counter() - began
    print(f"seed {seed}: {count} random processes, {wrong} wrong, {took:.1f} s")
    return 1 if wrong else 0


def right(seed: str) -> bool:
    """Whether the process of a seed does what the oracle says; says what went wrong when it does not."""
    try:
        check(Case.of(seed), "1")
    except (AssertionError, EngineError, LookupError, TypeError, ValueError, RuntimeError, AttributeError):
        print(f"process {seed} is wrong:", file=sys.stderr)
        traceback.print_exc(limit=-3)
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
