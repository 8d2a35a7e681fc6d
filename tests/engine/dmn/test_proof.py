"""What can be proved about tables: overlaps, gaps, rows that never decide, values that are not allowed."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.dmn import check
from engine.feel import compile_unary_tests
from tests.engine.dmn.builders import FOLDER, a_file, a_table

BANDS = ("band", '"minor", "major"')
PERCENT = ("pct", "[0..100]")


def found(inputs, rows, policy="UNIQUE", outputs=("out",)):
    return [
        (each.rule, each.severity, str(each.message))
        for each in check(a_file(a_table(inputs, outputs, rows, policy)), "rules.dmn")
    ]


def rules(inputs, rows, policy="UNIQUE", outputs=("out",)):
    return [rule for rule, _, _ in found(inputs, rows, policy, outputs)]


def test_overlapping_rows_are_named_with_an_example():
    findings = found([PERCENT], [["<= 5", "1"], ["[5..15]", "2"], ["> 15", "3"]])

    assert findings == [
        ("dmn.overlap", "error", "Rows 1 and 2 of the table d both match pct = 5, but its hit policy is UNIQUE.")
    ]


def test_a_gap_is_named_with_an_example():
    findings = found([PERCENT, BANDS], [["<= 5", "-", "1"], ["> 5", '"minor"', "2"]])

    assert findings == [("dmn.gap", "warning", 'No row of the table d matches pct = 6, band = "major".')]


@pytest.mark.parametrize(
    ("inputs", "rows"),
    [
        ([PERCENT], [["< 5", "1"], ["[5..15)", "2"], [">= 15", "3"]]),
        ([PERCENT, BANDS], [["-", '"minor"', "1"], ["<= 5", '"major"', "2"], ["> 5", '"major"', "3"]]),
        ([("flag", "true, false")], [["true", "1"], ["false", "2"]]),
        ([("level", "[1..3]")], [["1", "1"], ["2, 3", "2"]]),
        (["pct"], [["< 5", "1"], [">= 5", "2"]]),
        (["name"], [['"a"', "1"], ['not("a")', "2"]]),
        (["name"], [['"a"', "1"], ['"b"', "2"]]),
        (["name"], [['"a"', "1"], ['!= "a"', "2"]]),
        (["name"], [["null", "1"], ['"a"', "2"], ['not(null, "a")', "3"]]),
        ([("pct", "[0..1]")], [["< 0.5", "1"], [">= 0.5", "2"]]),
        (["-1 * x"], [["-", "1"]]),
        (["day"], [['< date("2024-01-01")', "1"], ['>= @"2024-01-01"', "2"]]),
        (["day"], [['<= @"2024-01-31"', "1"], ['>= @"2024-02-01"', "2"]]),
        (["moment"], [['< @"2024-01-01T00:00:00"', "1"], ['>= @"2024-01-01T00:00:00"', "2"]]),
        (["clock"], [['< @"12:00:00"', "1"], ['[@"12:00:00"..@"18:00:00"]', "2"], ['> @"18:00:00"', "3"]]),
        (["wait"], [['<= duration("P2D")', "1"], ['> @"P2D"', "2"]]),
        (["term"], [['<= @"P1Y"', "1"], ['>= @"P13M"', "2"]]),
    ],
)
def test_a_sound_table_has_no_findings(inputs, rows):
    assert found(inputs, rows) == []


@pytest.mark.parametrize(
    ("inputs", "rows", "example"),
    [
        ([("pct", "[0..1]")], [["< 0.5", "1"], ["> 0.5", "2"]], "pct = 0.5"),
        (["pct"], [["< 5", "1"], ["> 15", "2"]], "pct = 5"),
        (["pct"], [["[1..5]", "1"]], "pct = 0"),
        ([("level", "1, 2, 3")], [["1", "1"], ["3", "2"]], "level = 2"),
        ([("flag", "true, false")], [["true", "1"]], "flag = false"),
        (["day"], [['< @"2024-01-01"', "1"], ['> @"2024-01-01"', "2"]], "day = 2024-01-01"),
        (["day"], [['<= @"2024-01-01"', "1"], ['> @"2024-01-02"', "2"]], "day = 2024-01-02"),
        (
            ["moment"],
            [['<= @"2024-01-01T00:00:00Z"', "1"], ['>= @"2024-01-01T09:00:00Z"', "2"]],
            "moment = 2024-01-01T00:00:01Z",
        ),
        (["clock"], [['>= @"00:00:01"', "1"]], "clock = 00:00:00"),
        (["wait"], [['<= @"P2D"', "1"], ['> @"P3D"', "2"]], "wait = P2DT1S"),
        (["term"], [['<= @"P1Y"', "1"], ['>= @"P14M"', "2"]], "term = P1Y1M"),
        ([("name", '"a", "b"')], [['not("a")', "1"]], 'name = "a"'),
    ],
)
def test_a_gap_is_found_in_every_kind_of_values(inputs, rows, example):
    findings = found(inputs, rows)

    assert [rule for rule, _, _ in findings] == ["dmn.gap"]
    assert findings[0][2].endswith(f"matches {example}.")


@pytest.mark.parametrize("policy", ["COLLECT", "RULE ORDER", "OUTPUT ORDER"])
def test_rows_may_overlap_and_leave_gaps_where_several_count(policy):
    assert found([PERCENT], [["> 3", "1"], ["> 5", "2"]], policy, [("out", "1, 2")]) == []


def test_rows_that_agree_may_overlap_under_any_and_others_may_not():
    assert found([PERCENT], [["-", "1"], ["> 5", "1"]], "ANY") == []
    findings = found([PERCENT], [["-", "1"], ["> 5", "1"], ["> 98", "2"]], "ANY")

    assert [(rule, severity) for rule, severity, _ in findings] == [("dmn.overlap", "warning")] * 2
    assert "Rows 1 and 3" in findings[0][2] and "pct = 99" in findings[0][2]


def test_a_row_that_the_rows_above_it_cover_never_decides_under_first():
    findings = found(
        [PERCENT, BANDS], [["<= 5", "-", "1"], ["> 5", '"minor"', "2"], ["-", '"minor"', "3"], ["-", "-", "4"]], "FIRST"
    )

    assert [(rule, severity) for rule, severity, _ in findings] == [("dmn.shadowed", "warning")]
    assert "Row 3" in findings[0][2] and 'pct = 0, band = "minor"' in findings[0][2]


@pytest.mark.parametrize(
    ("inputs", "rows", "rule", "words"),
    [
        ([BANDS], [['"minor"', "1"], ['"huge"', "2"], ['"major"', "3"]], "dmn.unreachable", "Row 2"),
        ([PERCENT], [["<= 100", "1"], ["> 200", "2"]], "dmn.unreachable", "> 200 holds none of the allowed values"),
        ([PERCENT], [["[9..3]", "1"], ["-", "2"]], "dmn.unreachable", "[9..3]"),
        ([BANDS], [['"minor", "huge"', "1"], ['"major"', "3"]], "dmn.value", '"huge" is not among the allowed values'),
        ([PERCENT], [["[0..150]", "1"]], "dmn.value", "150 is not among"),
        ([BANDS], [['not("huge")', "1"]], "dmn.value", '"huge"'),
    ],
)
def test_values_outside_of_the_allowed_ones_are_named(inputs, rows, rule, words):
    findings = found(inputs, rows)

    assert [(found_rule, severity) for found_rule, severity, _ in findings] == [(rule, "warning")]
    assert words in findings[0][2]


def test_results_outside_of_the_allowed_ones_are_named():
    rows = [["<= 5", '"low"'], ["> 5", '"hihg"']]
    findings = found([PERCENT], rows, outputs=[("grade", '"low", "high"')])

    assert [rule for rule, _, _ in findings] == ["dmn.value"]
    assert "Row 2 of the table d, column 'grade': \"hihg\" is not among the allowed values." in findings[0][2]


def test_a_gap_between_whole_numbers_is_a_note_unless_the_column_counts_one_by_one():
    assert found([PERCENT], [["<= 5", "1"], [">= 6", "2"]]) == [
        (
            "dmn.fraction",
            "note",
            "No row of the table d matches pct = 5.5; this matters only if there can be fractions.",
        )
    ]
    assert found([("level", "[1..6]")], [["1, 2", "1"], [">= 3", "2"]]) == []


def test_a_default_closes_every_gap():
    assert found([PERCENT], [["> 5", "1"]], outputs=[("out", "0, 1", "0")]) == []


@pytest.mark.parametrize("rows", [[["< limit", "1"], [">= limit", "2"]], [["sum(?) > 3", "1"], ["> 1", "2"]]])
def test_free_expressions_cannot_be_proved_and_that_is_said(rows):
    findings = found(["pct"], rows)

    assert [(rule, severity) for rule, severity, _ in findings] == [("dmn.unproved", "note")]
    assert "row 1, column 'pct' holds the expression" in findings[0][2]


def test_what_is_certain_in_spite_of_a_free_expression_is_still_found():
    rows = [["<= 5", "-", "1"], ["< limit", '"minor"', "2"], ["[5..90]", '"major"', "3"]]

    findings = found([PERCENT, BANDS], rows)

    assert [rule for rule, _, _ in findings] == ["dmn.unproved", "dmn.overlap", "dmn.gap"]
    assert 'Rows 1 and 3 of the table d both match pct = 5, band = "major"' in findings[1][2]


def test_the_sample_file_is_sound_except_for_what_it_does_not_declare():
    assert check((FOLDER / "approval.dmn").read_bytes(), "approval.dmn") == []


def test_wide_tables_are_proved_or_left_alone_but_come_to_an_end():
    inputs = [(f"x{n}", "[0..100]") for n in range(14)]
    rows = [[*(f"> {row * 3 + n}" for n in range(14)), "1"] for row in range(12)]

    assert set(rules(inputs, rows)) <= {"dmn.overlap", "dmn.gap", "dmn.unproved"}


def test_a_table_of_very_many_columns_is_left_alone_and_that_is_said():
    inputs = [(f"x{n}", "[0..9]") for n in range(1200)]

    findings = found(inputs, [[*["> 3"] * 1200, "1"], [*["<= 3"] * 1200, "2"]])

    assert [(rule, severity) for rule, severity, _ in findings] == [("dmn.unproved", "note")]
    assert "too many combinations" in findings[0][2]


def test_long_tables_are_proved():
    rows = [[f"[{n * 2}..{n * 2 + 2})", '"minor"', str(n)] for n in range(1500)]
    whole = [("n", "[0..3000)"), BANDS]

    assert rules(whole, [*rows, ["-", '"major"', "0"]]) == []
    assert rules(whole, [*rows[:700], *rows[701:], ["-", '"major"', "0"]]) == ["dmn.gap"]
    assert rules(whole, [*rows, ["2500", '"minor"', "0"], ["-", '"major"', "0"]]) == ["dmn.overlap"]


CELLS = ["-", "1", "2, 3", "< 2", ">= 2", "[1..3]", "(1..3)", "not(2)", "!= 3", "> 4"]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(CELLS), st.sampled_from(CELLS)), min_size=1, max_size=5))
def test_the_proof_agrees_with_trying_all_values(cells):
    rows = [[left, right, str(number)] for number, (left, right) in enumerate(cells)]
    values = range(6)
    hits = [
        [
            compile_unary_tests(left)(x, {}) is True and compile_unary_tests(right)(y, {}) is True
            for left, right in cells
        ]
        for x, y in product(values, values)
    ]
    domain = "0, 1, 2, 3, 4, 5"

    found_rules = rules([("x", domain), ("y", domain)], rows)

    assert ("dmn.gap" in found_rules) == any(not any(row) for row in hits)
    assert ("dmn.overlap" in found_rules) == any(sum(row) > 1 for row in hits)
    never = {place for place in range(len(cells)) if not any(row[place] and not any(row[:place]) for row in hits)}
    shadowed = [rule for rule in rules([("x", domain), ("y", domain)], rows, "FIRST") if rule == "dmn.shadowed"]
    assert len(shadowed) == len(never)
