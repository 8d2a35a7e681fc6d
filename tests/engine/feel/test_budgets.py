"""Nothing that an analyst, or somebody worse, writes can hang the engine or fill its memory."""

import pytest

from engine.feel import BudgetExceeded, FeelSyntaxError, compile_expression, compile_unary_tests


@pytest.mark.parametrize(
    "text",
    [
        "for i in 1..1000000000 return i",
        "count(for i in 1..2000, j in 1..2000 return 1)",
        "some x in 1..10000000 satisfies false",
        "{f: function(n) f2(n), r: (function(g) g(g))(function(g) g(g))}.r",
        "for i in 1..100 return if i = 1 then [1] else [partial[-1], partial[-1]]",
        'count(for i in 1..40 return if i = 1 then "ab" else partial[-1] + partial[-1])',
        "sort(for i in 1..30000 return -i)",
        "for i in 1..100000 return " + " + ".join(["i"] * 2000),
        "for i in 1..900000 return 1.5 ** 0.3",
        "count((for i in 1..100000 return i)[" + " and ".join(["item > 0"] * 3000) + "])",
        'matches("' + "1," * 40 + 'x", "^(.*?,){25}P")',
        'replace("' + "1," * 40 + 'x", "^(.*?,){25}P", "x")',
        'split("' + "1," * 40 + 'x", "^(.*?,){25}P")',
        'count(for i in 1..100000 return matches("' + "1," * 28 + 'x", "^(.*?,){" + string(20) + "}P"))',
        'count(for i in 1..3000 return matches("' + "y" * 60_000 + '", "^x"))',
        "distinct values(for i in 1..3000 return i)",
        "string(for i in 1..400000 return 1234567)",
    ],
)
def test_too_much_work_is_refused(text):
    with pytest.raises(BudgetExceeded):
        compile_expression(text)({})


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5000 + "1" + ")" * 5000,
        "[" * 5000,
        "-" * 5000 + "1",
        "not(" * 3000 + "true" + ")" * 3000,
        "if a then b else " * 2000 + "c",
        "a.b" * 3000,
        "a" + "[1]" * 3000,
        "a" + "(1)" * 3000,
        "1" + " < 1" * 3000,
        "x" * 70_000,
        "9" * 10_000,
        "1e99999",
        "a in (" * 200 + "1" + ")" * 200,
    ],
)
def test_text_that_is_too_deep_or_too_long_is_refused(text):
    with pytest.raises(FeelSyntaxError):
        compile_expression(text)


def test_what_is_too_deep_as_a_whole_is_told_of_its_beginning():
    with pytest.raises(FeelSyntaxError, match=r"nested too deeply \(column 1\)"):
        compile_expression("a.b" * 3000)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (" + ".join(["1"] * 3000), 3000),
        (" and ".join(["true"] * 3000), True),
        ("count([" + ", ".join(["1"] * 5000) + "])", 5000),
    ],
)
def test_long_flat_texts_are_fine(text, expected):
    assert compile_expression(text)({}) == expected


@pytest.mark.parametrize(
    "text",
    [
        "x + 1",
        "x * x",
        "x ** x",
        "x / 3",
        "x - 0.5",
        "x > 0.5",
        "-x",
        "modulo(x, 7.5)",
        "decimal(x, 2)",
        "sqrt(x)",
        "string length(string(x))",
        "floor(x)",
        "odd(x)",
        "sum([x, x])",
        "stddev([x, 1])",
    ],
)
def test_numbers_of_ten_thousand_digits_come_to_an_end(text):
    result = compile_expression(text)({"x": 10**10_000})

    assert result is None or isinstance(result, bool | int)


@pytest.mark.parametrize(
    "pattern",
    [
        "(" * 500,
        "((a{1000}){1000}){1000}",
        "[",
        "a{99999999}",
        "(?",
        "\\\\",
        "(a)\\\\2",
        "(?<x>a)(?P=y)",
        "a" * 3000,
        "(?#",
        "[a-z-[aeiou]",
        "\\\\p{Nope}",
    ],
)
def test_patterns_that_cannot_be_used_are_null(pattern):
    explained = compile_expression(f'matches("aaa", "{pattern}")').explain({})

    assert explained.value is None or isinstance(explained.value, bool)


def test_cells_have_the_budget_too():
    with pytest.raises(BudgetExceeded):
        compile_unary_tests("count(for i in 1..10000000 return i) > ?")(1, {})


def test_deep_data_is_refused_not_followed_for_ever():
    deep: list = []
    for _ in range(100_000):
        deep = [deep]

    with pytest.raises(BudgetExceeded):
        compile_expression("x")({"x": deep})
    with pytest.raises(BudgetExceeded):
        compile_expression("x = y")({"x": deep, "y": [deep]})
