"""Large drawings cost in proportion to their size; work is counted, not timed."""

import sys
from types import FrameType
from typing import Any

import pytest

from bench.large import SHAPES, drawing, prepare

SMALL, LARGE = 60, 240


def calls(shape: str, count: int) -> int:
    """How many calls it takes to prepare a drawing."""
    counted = 0

    def count_one(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    xml, before = drawing(shape, count), sys.getprofile()
    sys.setprofile(count_one)
    try:
        prepare(xml)
    finally:
        sys.setprofile(before)
    return counted


@pytest.mark.parametrize("shape", SHAPES)
def test_a_drawing_of_four_times_the_size_costs_four_times_the_work(shape: str) -> None:
    prepare(drawing(shape, 1))

    assert calls(shape, LARGE) < 4.4 * calls(shape, SMALL)
