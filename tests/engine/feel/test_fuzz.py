"""Random texts and random trees: only the two announced exceptions ever come out."""

import os
from datetime import UTC, datetime
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.feel import BudgetExceeded, FeelSyntaxError, compile_expression, compile_unary_tests, registry

RUNS = int(os.environ.get("SALESFLOW_FUZZ", "1200"))
"""Examples of one run of all tests together; `make fuzz-feel N=100000` asks for more."""

VARIABLES = {
    "a": 5,
    "b": "x",
    "c": None,
    "d": Decimal("2.5"),
    "e": [1, "a", None, {"k": 2}],
    "f": {"k": [1]},
    "g": 1e300,
    "h": (1, 2),
    "s": Decimal("sNaN"),
    "t": Decimal("-Infinity"),
    "u": [float("nan"), Decimal("NaN")],
}
NOW = datetime(2026, 1, 15, tzinfo=UTC)
WORDS = [
    *VARIABLES,
    "1",
    "0.5",
    '"x"',
    "null",
    "true",
    "false",
    "if",
    "then",
    "else",
    "for",
    "in",
    "return",
    "some",
    "every",
    "satisfies",
    "and",
    "or",
    "between",
    "not",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ",",
    ":",
    ".",
    "..",
    "+",
    "-",
    "*",
    "/",
    "**",
    "<",
    "<=",
    "=",
    "!=",
    ">",
    "?",
    "function",
    "instance of",
    "number",
    "list<number>",
    "count(",
    "sum(",
    "string(",
    "substring(",
    "date(",
    '@"2024-01-01"',
    '@"P1M"',
    '@"PT1H"',
    "sort(",
    "flatten(",
    "replace(",
    "matches(",
    "decimal(",
    "range(",
    "partial",
    "item",
]

leaves = st.sampled_from(
    [
        *VARIABLES,
        "1",
        "-3",
        "0.25",
        "1e30",
        '"text"',
        '"(a+)+"',
        "null",
        "true",
        '@"2024-01-31"',
        '@"10:00:00Z"',
        '@"2024-01-31T10:00:00"',
        '@"P1Y"',
        '@"-P1DT2H"',
        'date("-0044-03-15")',
        'date and time("99999-12-31T23:59:59@Asia/Shanghai")',
        "(> 3)",
        '"\\\\d+(a|b)*?[^x-z]$"',
        "function(a, b) a",
        "[1..5)",
        "[]",
        "{}",
    ]
)


CALLS = sorted(registry.BUILTINS)


def grown(inner):
    pair = st.tuples(inner, inner)
    few = st.lists(inner, max_size=4).map(", ".join)
    return st.one_of(
        st.tuples(st.sampled_from(["+", "-", "*", "/", "**", "<", ">=", "=", "!=", "and", "or", "in"]), pair).map(
            lambda t: f"({t[1][0]} {t[0]} {t[1][1]})"
        ),
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        inner.map(lambda x: f"{{k: {x}, m: k}}"),
        pair.map(lambda p: f"{p[0]}[{p[1]}]"),
        st.tuples(inner, st.sampled_from(["k", "year", "days", "start", "time offset"])).map(
            lambda t: f"({t[0]}).{t[1]}"
        ),
        pair.map(lambda p: f"(if {p[0]} then {p[1]} else {p[0]})"),
        pair.map(lambda p: f"(for i in {p[0]} return {p[1]})"),
        pair.map(lambda p: f"(some i in {p[0]} satisfies {p[1]})"),
        pair.map(lambda p: f"[{p[0]}..{p[1]}]"),
        pair.map(lambda p: f"(< {p[0]})"),
        st.tuples(st.sampled_from(CALLS), few).map(lambda t: f"{t[0]}({t[1]})"),
        st.tuples(st.sampled_from(CALLS), pair).map(lambda t: f"{t[0]}({t[1][0]}, {t[1][1]})"),
        inner.map(lambda x: f"(function(p) p)({x})"),
        inner.map(lambda x: f"sort({x}, function(x, y) x < y)"),
        inner.map(lambda x: f"({x} instance of list<number>)"),
    )


def evaluated(text):
    try:
        return compile_expression(text, VARIABLES).explain(VARIABLES, NOW).value
    except (FeelSyntaxError, BudgetExceeded):
        return None


@settings(max_examples=RUNS // 4, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
def test_words_in_any_order_never_break_out(text):
    evaluated(text)
    try:
        compile_unary_tests(text)(5, VARIABLES)
    except (FeelSyntaxError, BudgetExceeded) as refused:
        assert str(refused)


@settings(max_examples=RUNS // 4, deadline=None)
@given(st.text(max_size=60))
def test_any_text_never_breaks_out(text):
    evaluated(text)
    evaluated(f'string("{text}")')


@settings(max_examples=RUNS // 3, deadline=None)
@given(st.recursive(leaves, grown, max_leaves=12))
def test_any_tree_gives_a_value_that_can_be_given_back(text):
    result = evaluated(text)

    again = compile_expression("x").explain({"x": result})
    assert again.value == result


@settings(max_examples=RUNS // 6, deadline=None)
@given(st.integers(-(10**20), 10**20), st.integers(-(10**20), 10**20))
def test_whole_numbers_reckon_exactly(a, b):
    variables = {"a": a, "b": b}

    assert compile_expression("a + b")(variables) == a + b
    assert compile_expression("a - b")(variables) == a - b
    assert compile_expression("(a < b) = (b > a)")(variables) is True
