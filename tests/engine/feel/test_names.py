"""Names: with spaces, with signs, hidden by others, and the free ones."""

import pytest

from engine.feel import FeelSyntaxError, compile_expression


def test_known_names_may_hold_spaces_and_signs():
    variables = {"Credit Score": 700, "a-b": 1, "Date and Time": 5, "a": 10, "b": 3}

    assert compile_expression("Credit Score + 1", variables)(variables) == 701
    assert compile_expression("a-b", variables)(variables) == 1
    assert compile_expression("Date and Time + a", variables)(variables) == 15
    assert compile_expression("a-b", {"a", "b"})(variables) == 7


@pytest.mark.parametrize("key", ["a-b", "a+b", "a'b", "if x", "first name", "🐎", "a b-c 1"])
def test_a_key_with_signs_is_found_after_a_dot(key):
    assert compile_expression(f"{{{key}: 1}}.{key}")({}) == 1


def test_unknown_words_in_a_row_are_one_name():
    expression = compile_expression('first name = "Ann"')

    assert expression.names == {"first name"}
    assert expression({"first name": "Ann"}) is True


def test_free_names_are_reported_and_bound_ones_are_not():
    expression = compile_expression(
        "for x in orders return {y: x + rate, z: y}.z + sum(some_list) + (function(p) p + q)(1)"
    )

    assert expression.names == {"orders", "rate", "some_list", "q"}


def test_members_named_in_a_filter_are_not_free_unless_known():
    assert compile_expression("lines[price > limit].price").names == {"lines"}
    assert compile_expression("lines[price > limit].price", {"limit"}).names == {"lines", "limit"}


def test_an_unknown_function_is_a_free_name():
    assert compile_expression("launch(1)").names == {"launch"}


def test_a_variable_named_like_a_built_in_does_not_hide_it_in_calls():
    variables = {"count": 4, "items": [1, 2]}

    assert compile_expression("count(items) + count", variables)(variables) == 6


def test_a_function_value_hides_the_built_in_of_its_name():
    assert compile_expression("{count: function(x) 99, r: count([1])}.r")({}) == 99


def test_unknown_variables_are_null_with_a_reason_that_can_be_translated():
    explained = compile_expression("missing + 1").explain({})

    assert explained.value is None
    assert explained.problems[0] == "The variable 'missing' is not known."
    assert explained.problems[0].template == "The variable '%(name)s' is not known."
    assert explained.problems[0].params == {"name": "missing"}


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("1 +", 4, "the text ends here"),
        ("a >= and b", 6, "found 'and'"),
        ("(1 + 2", 7, "Expected ')'"),
        ("[1, 2", 6, "Expected ']'"),
        ('"open', 1, "closing quotation mark"),
        ("a # b", 3, "Unexpected character '#'"),
        ("a b c)", 6, "end of the expression"),
        ("if a then b", 12, "Expected 'else'"),
        ("for i 1..3 return i", 8, "Expected 'in'"),
        ('@"2024-02-30"', 1, "no date"),
        ("f(a: 1, 2)", 9, "named argument"),
        ("", 1, "Expected a value"),
        ("[1,]", 5, "the text ends here"),
        ("{a: 1,}", 7, "Expected a name"),
        ("abs(1,)", 7, "Expected a value"),
        ("(function(a,) a)(1)", 13, "Expected a name"),
        ("import os; os.system(1)", 10, "Unexpected character ';'"),
    ],
)
def test_text_that_is_no_expression_is_refused_with_its_place(text, column, words):
    with pytest.raises(FeelSyntaxError) as refused:
        compile_expression(text)

    assert refused.value.column == column
    assert words in str(refused.value)
    assert refused.value.text == text


def test_comments_and_line_breaks_are_ignored():
    assert compile_expression("1 // one\n + /* two */ 2")({}) == 3


def test_compiling_twice_gives_the_same_expression():
    assert compile_expression("a + 1", ["a"]) is compile_expression("a + 1", {"a"})
