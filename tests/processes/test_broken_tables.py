"""Every table of the catalogue, broken on purpose row by row: the proof names what was broken."""

from pathlib import Path

import pytest
from lxml import etree

from engine.dmn import check
from tests.processes.drawing import FOLDER

FILES = sorted((FOLDER / "dmn").glob("*.dmn"))
LIMITS_IN_FORCE = "amount_band"
"""The one table whose cells name settings, so that nothing can be proved of it."""


def rules_found(root: etree._Element, file: Path, decision: str) -> set[str]:
    return {each.rule for each in check(etree.tostring(root), file.name) if each.element == decision}


def broken(file: Path, decision: str, row: int, twice: bool) -> etree._Element:
    """The file without a row of a decision's table, or with that row twice."""
    root = etree.parse(str(file)).getroot()
    table = root.find(f"{{*}}decision[@id='{decision}']/{{*}}decisionTable")
    assert table is not None
    rule = table.findall("{*}rule")[row]
    if twice:
        again = etree.fromstring(etree.tostring(rule))
        for each in again.iter():
            if each.get("id"):
                each.set("id", f"{each.get('id')}_again")
        rule.addnext(again)
    else:
        table.remove(rule)
    return root


def unique_rows() -> list[tuple[Path, str, int]]:
    """Every row of every UNIQUE table."""
    return [
        (file, str(decision.get("id")), row)
        for file in FILES
        for decision in etree.parse(str(file)).getroot().findall("{*}decision")
        for table in decision.findall("{*}decisionTable")
        if table.get("hitPolicy", "UNIQUE") == "UNIQUE"
        for row in range(len(table.findall("{*}rule")))
    ]


@pytest.fixture(scope="module")
def rows() -> list[tuple[Path, str, int]]:
    found = unique_rows()
    assert len({decision for _, decision, _ in found}) > 3
    return found


def test_no_table_as_it_is_has_a_gap_or_an_overlap() -> None:
    for file in FILES:
        assert {each.rule for each in check(file.read_bytes(), file.name)} <= {"dmn.unproved", "dmn.fraction"}


def test_a_row_that_is_missing_is_a_gap(rows: list[tuple[Path, str, int]]) -> None:
    for file, decision, row in rows:
        found = rules_found(broken(file, decision, row, twice=False), file, decision)

        assert ("dmn.unproved" if decision == LIMITS_IN_FORCE else "dmn.gap") in found, (file.name, row + 1)


def test_a_row_that_stands_twice_is_an_overlap(
    rows: list[tuple[Path, str, int]],
) -> None:
    for file, decision, row in rows:
        found = rules_found(broken(file, decision, row, twice=True), file, decision)

        assert ("dmn.unproved" if decision == LIMITS_IN_FORCE else "dmn.overlap") in found, (file.name, row + 1)
