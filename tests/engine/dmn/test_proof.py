"""Overlaps and gaps that can be proved."""

import pytest

from engine.dmn import check
from tests.engine.dmn.builders import FOLDER, a_file, a_table

BANDS = ("band", '"minor", "major"')
PERCENT = ("pct", "[0..100]")


def found(inputs, rows, policy="UNIQUE", outputs=("out",)):
    return [
        (each.rule, each.severity, str(each.message))
        for each in check(a_file(a_table(inputs, outputs, rows, policy)), "rules.dmn")
    ]


def test_overlapping_rows_are_named_with_an_example():
    findings = found([PERCENT], [["<= 5", "1"], ["[5..15]", "2"], ["> 15", "3"]])

    assert findings == [
        ("dmn.overlap", "error", "Rows 1 and 2 of the table d both match pct = 5, but its hit policy is UNIQUE.")
    ]


def test_a_gap_is_named_with_an_example():
    findings = found([PERCENT, BANDS], [["<= 5", "-", "1"], ["> 5", '"minor"', "2"]])

    assert findings == [("dmn.gap", "warning", "No row of the table d matches pct = 6, band = 'major'.")]


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
        ([("pct", "[0..1]")], [["< 0.5", "1"], [">= 0.5", "2"]]),
        (["pct"], [["< limit", "1"], [">= limit", "2"]]),
        (["pct"], [["sum(?) > 3", "1"], ["> 1", "2"]]),
        (["-1 * x"], [["-", "1"]]),
    ],
)
def test_a_sound_table_has_no_findings(inputs, rows):
    assert found(inputs, rows) == []


def test_a_fraction_between_the_rows_is_a_gap_when_the_column_has_fractions():
    findings = found([("pct", "[0..1]")], [["< 0.5", "1"], ["> 0.5", "2"]])

    assert [rule for rule, _, _ in findings] == ["dmn.gap"]
    assert "pct = 0.5" in findings[0][2]


def test_a_missing_truth_value_is_a_gap():
    assert "flag = false" in found([("flag", "true, false")], [["true", "1"]])[0][2]


@pytest.mark.parametrize("policy", ["FIRST", "COLLECT", "RULE ORDER"])
def test_rows_may_overlap_under_other_hit_policies(policy):
    assert found([PERCENT], [["-", "1"], ["> 5", "2"]], policy) == []


def test_a_default_closes_every_gap():
    assert found([PERCENT], [["> 5", "1"]], outputs=[("out", "0, 1", "0")]) == []


def test_the_sample_file_is_sound_except_for_what_it_does_not_declare():
    assert check((FOLDER / "approval.dmn").read_bytes(), "approval.dmn") == []


def test_wide_tables_are_proved_or_left_alone_but_come_to_an_end():
    inputs = [(f"x{n}", "[0..100]") for n in range(14)]
    rows = [[*(f"> {row * 3 + n}" for n in range(14)), "1"] for row in range(12)]

    assert all(rule == "dmn.overlap" or rule == "dmn.gap" for rule, _, _ in found(inputs, rows))
