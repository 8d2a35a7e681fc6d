"""No element of the standard is unknown: each runs, is translated, refused or only described, and a test shows it."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from tests.engine.behaviour.evidence import evidence
from tests.engine.behaviour.matrix import (
    PAGE,
    ROOT,
    STATUSES,
    Row,
    beginning_of,
    functions_of,
    is_in_the_schema,
    is_met,
    page,
    rows,
    unknown,
)

ROWS = rows()
HERE = Path(__file__).parent
SECTION = re.compile(r"\b\d+(\.\d+)+\b|\b[Cc]hapter \d+|\b[Ss]ections? \d+")
REFUSING = ("refus", "Rejected", "findings", "lint(")


def test_every_element_and_attribute_of_the_schema_has_a_row() -> None:
    assert unknown(ROWS) == []


def test_what_has_no_row_is_noticed() -> None:
    without = [row for row in ROWS if (row.element, row.attribute) != ("activity", "startQuantity")]

    assert set(unknown(without)) - set(unknown(ROWS)) == {"activity startQuantity"}


def test_no_row_speaks_of_what_the_standard_does_not_have() -> None:
    assert [str(row) for row in ROWS if not is_in_the_schema(row)] == []
    assert not is_in_the_schema(Row("userTask", "run", "1", "x", attribute="assignee"))
    assert not is_in_the_schema(Row("magicTask", "run", "1", "x"))


def test_each_row_says_one_thing_with_a_known_status_and_a_section() -> None:
    doubled = [key for key, count in Counter(row.key for row in ROWS).items() if count > 1]

    assert doubled == []
    assert [str(row) for row in ROWS if row.status not in STATUSES or not row.section[:1].isalnum()] == []


def test_every_test_that_a_row_names_exists() -> None:
    named = [(str(row), *row.test.partition("::")[::2]) for row in ROWS]

    assert [(where, name) for where, file, name in named if name not in functions_of(file)] == []


def test_what_runs_is_shown_by_a_behaviour() -> None:
    shown = [row for row in ROWS if row.status in ("run", "translated")]

    assert [str(row) for row in shown if not row.test.startswith("tests/engine/behaviour/")] == []


def test_what_runs_is_played_with_saving_and_loading_between_the_steps() -> None:
    """Both the player and the kit do that; whatever only looks at a drawing shows no run."""
    links = "tests/engine/behaviour/links/test_links.py"

    assert [str(row) for row in ROWS if row.status == "run" and not evidence(ROOT, row.test).plays] == []
    assert {evidence(ROOT, f"{links}::{name}").plays for name in functions_of(links)} == {True, False}


def test_every_behaviour_names_its_place_in_the_standard() -> None:
    files = [one.relative_to(ROOT).as_posix() for one in sorted(HERE.glob("*/test_*.py"))]

    assert [one for one in files if not SECTION.search(beginning_of(one))] == []
    assert files


@pytest.mark.parametrize("status", STATUSES)
def test_the_tests_meet_what_they_are_said_to_show(status: str) -> None:
    assert [str(row) for row in ROWS if row.status == status and not is_met(row)] == []


def test_a_test_without_what_it_is_said_to_show_is_noticed() -> None:
    links = "tests/engine/behaviour/links/test_links.py::"
    one = next(row for row in ROWS if row.test.startswith(links))

    assert is_met(one)
    assert not is_met(replace(one, element="dataStore"))
    assert not is_met(replace(one, attribute="dataStoreRef"))


def test_what_is_refused_is_shown_by_a_test_of_the_refusal() -> None:
    refused = [(str(row), *row.test.partition("::")[::2]) for row in ROWS if row.status == "refused"]

    assert [
        where for where, file, name in refused if not any(one in functions_of(file)[name] for one in REFUSING)
    ] == []


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == page(ROWS), "python -m tests.engine.behaviour.matrix writes it anew"
