"""Hit policies."""

import pytest

from engine.dmn import DecisionError
from tests.engine.dmn.builders import a_model, a_table

OVERLAPPING = [["> 1", '"b"', "1"], ["> 2", '"a"', "2"], ["> 3", '"b"', "4"]]


def value(policy, x, rules=OVERLAPPING, outputs=(("name", '"a", "b"'), "points")):
    return a_model(a_table(["x"], outputs, rules, policy)).evaluate("d", {"x": x}).value


def single(policy, x):
    return value(policy, x, [["> 1", "1"], ["> 2", "2"], ["> 3", "4"]], ["points"])


def test_unique_gives_its_only_row():
    assert value("UNIQUE", 2) == {"name": "b", "points": 1}


def test_unique_with_two_rows_is_an_error_that_names_them_and_the_inputs():
    with pytest.raises(DecisionError) as error:
        value("UNIQUE", 4)

    assert "rows 1, 2, 3 all match" in str(error.value)
    assert "x = 4" in str(error.value)
    assert "table d" in str(error.value)


def test_first_takes_the_topmost_row():
    assert value("FIRST", 4) == {"name": "b", "points": 1}


def test_any_accepts_rows_that_agree():
    assert value("ANY", 4, [["> 1", "7"], ["> 2", "7.0"]], ["points"]) == 7


def test_any_with_rows_that_disagree_is_an_error():
    with pytest.raises(DecisionError) as error:
        value("ANY", 4)

    assert "different results" in str(error.value)


def test_priority_goes_by_the_allowed_values_of_the_outputs():
    assert value("PRIORITY", 4) == {"name": "a", "points": 2}


def test_output_order_sorts_by_the_allowed_values():
    assert [row["points"] for row in value("OUTPUT ORDER", 4)] == [2, 1, 4]


def test_rule_order_keeps_the_order_of_rows():
    assert [row["points"] for row in value("RULE ORDER", 4)] == [1, 2, 4]


@pytest.mark.parametrize(
    ("policy", "x", "expected"),
    [
        ("COLLECT", 4, [1, 2, 4]),
        ("COLLECT", 0, []),
        ("COLLECT+SUM", 4, 7),
        ("COLLECT+MIN", 4, 1),
        ("COLLECT+MAX", 4, 4),
        ("COLLECT+COUNT", 4, 3),
        ("COLLECT+COUNT", 0, 0),
        ("COLLECT+SUM", 0, None),
    ],
)
def test_collect_lists_or_aggregates(policy, x, expected):
    assert single(policy, x) == expected


def test_no_row_gives_null_with_a_reason():
    result = a_model(a_table(["x"], ["y"], [["> 1", "1"]])).evaluate("d", {"x": 0})

    assert result.value is None
    assert result.fired == ()
    assert result.problems == ("No row of the table matches these inputs.",)


def test_no_row_gives_the_default_where_there_is_one():
    assert value("UNIQUE", 0, [["> 1", "1"]], [("points", "0, 1", "0")]) == 0
