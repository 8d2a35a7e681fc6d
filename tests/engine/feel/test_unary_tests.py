"""Cells of a decision table."""

from datetime import date

import pytest

from engine.feel import FeelSyntaxError, compile_unary_tests


@pytest.mark.parametrize(
    ("cell", "value", "expected"),
    [
        ("-", None, True),
        ("5", 5, True),
        ('"a", "b"', "b", True),
        ('not("a", "b")', "b", False),
        ('not("a", "b")', "c", True),
        ("< 5", 4, True),
        (">= 5, < 2", 3, False),
        ("[1..5)", 5, False),
        ("(5..15]", 15, True),
        ("> 5", None, None),
        ("> 5", "x", None),
        ("null", None, True),
        ("true", False, False),
        ("false", False, True),
        ("? > 3 and ? < 7", 5, True),
        ("? > 3 and ? < 7", 8, False),
        ("limit", 10, True),
        ("> limit", 11, True),
        ("[1..limit]", 10, True),
        ("allowed", "x", True),
        ("not(limit)", 10, False),
        ('contains(?, "ell")', "hello", True),
        ('> date("2024-01-01")', date(2024, 1, 2), True),
        ("not(true) or limit = 10", 1, True),
        ("= 5", 5, True),
        ("!= 5", 5, False),
    ],
)
def test_a_cell_decides_about_a_value(cell, value, expected):
    variables = {"limit": 10, "allowed": ["x", "y"]}

    assert compile_unary_tests(cell, variables)(value, variables) is expected


def test_the_names_of_a_cell_leave_out_the_value_itself():
    assert compile_unary_tests("? > limit, < other").names == {"limit", "other"}


@pytest.mark.parametrize("cell", ["<", "[1..", "5,", "not(5", ">= 5 <"])
def test_a_cell_that_does_not_parse_is_refused(cell):
    with pytest.raises(FeelSyntaxError):
        compile_unary_tests(cell)
