"""Looking up a long table gives what going through it row by row gives, but looks at few rows."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.dmn import check, table_index
from engine.dmn.table_index import index_table
from engine.feel import Range, YearsMonths, compile_unary_tests
from tests.engine.dmn.builders import a_file, a_model, a_table

CELLS = [
    "-",
    "1",
    "2, 3",
    "< 2",
    ">= 2",
    "[1..3)",
    "(1..3]",
    "not(2)",
    "!= 3",
    '"a"',
    '"a", "b"',
    'not("a")',
    "true",
    "null",
    '< @"2024-01-01"',
    'date("2024-01-01")',
    '[@"2024-01-01T00:00:00"..@"2024-02-01T00:00:00")',
    '> @"10:00:00"',
    '<= @"PT1H"',
    '>= @"P1Y"',
    "? > 2",
    "limit",
    "[3..1]",
]
VALUES = [
    0,
    1,
    2,
    Decimal("2.5"),
    3,
    9,
    "a",
    "b",
    "z",
    True,
    False,
    None,
    date(2023, 5, 1),
    date(2024, 1, 1),
    datetime(2024, 1, 15),  # noqa: DTZ001 (a moment of no zone is meant)
    time(11),
    timedelta(minutes=30),
    YearsMonths(13),
    [1],
    {"a": 1},
    Range(1, 3, True, True),
]


def numbers(rows, x, y):
    """The rows that match, as the table answers."""
    model = a_model(a_table(["x", "y"], ["n"], rows, "RULE ORDER"))
    return model.evaluate("d", {"x": x, "y": y, "limit": 3}).value


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(CELLS), st.sampled_from(CELLS)), min_size=16, max_size=24),
    st.lists(st.tuples(st.sampled_from(VALUES), st.sampled_from(VALUES)), min_size=6, max_size=6),
)
def test_the_index_finds_the_rows_that_a_scan_finds(cells, values):
    rows = [[left, right, str(number)] for number, (left, right) in enumerate(cells)]
    indexed = [numbers(rows, x, y) for x, y in values]

    fewest, table_index.FEWEST_ROWS = table_index.FEWEST_ROWS, len(rows) + 1
    try:
        scanned = [numbers(rows, x, y) for x, y in values]
    finally:
        table_index.FEWEST_ROWS = fewest

    assert indexed == scanned


@pytest.mark.parametrize("count", [100, 1000, 3000])
def test_only_a_few_rows_are_looked_at_however_long_the_table(count):
    tests = [
        [(0, compile_unary_tests('"x"')), (1, compile_unary_tests(f"[{n * 10}..{n * 10 + 10})"))] for n in range(count)
    ]

    index = index_table(tests, 2)

    assert index is not None
    assert list(index.candidates(["x", 995])) == [99]
    assert list(index.candidates(["y", 995])) == []


def test_a_short_table_and_one_of_free_expressions_have_no_index():
    free = [[(0, compile_unary_tests("? > limit"))]] * 100

    assert index_table([[(0, compile_unary_tests("1"))]], 1) is None
    assert index_table(free, 1) is None


def test_ranges_that_all_overlap_are_not_indexed_so_that_memory_stays_small():
    tests = [[(0, compile_unary_tests(f"[{n}..{20_000 - n}]"))] for n in range(2000)]

    assert index_table(tests, 1) is None


def test_a_table_of_too_many_rows_is_refused_with_a_remedy():
    rows = [["1", "2"]] * 10_001

    (found,) = check(a_file(a_table(["x"], ["y"], rows)), "rules.dmn")

    assert found.rule == "dmn.size"
    assert "The table d has 10001 rows" in str(found.message)
    assert "Split the table" in str(found.remedy)


def test_a_file_of_a_hundred_thousand_rows_is_refused_by_its_size():
    rule = "<rule><inputEntry><text>1</text></inputEntry><outputEntry><text>2</text></outputEntry></rule>"

    (found,) = check(f"<definitions>{rule * 100_000}</definitions>".encode(), "rules.dmn")

    assert found.rule == "dmn.xml"
    assert "at most 5000000 bytes" in str(found.message)
