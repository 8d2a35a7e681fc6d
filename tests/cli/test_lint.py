"""`salesflow lint`: what is wrong with files, also before there is a database."""

from pathlib import Path

from click.testing import CliRunner, Result

from cli import main
from tests.engine.dmn.builders import a_file, a_table

PERCENT = ("pct", "[0..100]")


def linted(folder: Path, rows: list[list[str]]) -> Result:
    """What the command says of one table, on a machine where nothing was set up."""
    tables = folder / "files" / "dmn"
    tables.mkdir(parents=True)
    (tables / "d90-sample.dmn").write_bytes(a_file(a_table([PERCENT], ["out"], rows)))
    return CliRunner().invoke(main, ["lint", str(folder / "files")], env={"SALESFLOW_DATA": str(folder / "data")})


def test_an_error_is_told_with_its_place_and_ends_with_a_failure(tmp_path: Path) -> None:
    found = linted(tmp_path, [["<= 5", "1"], ["[5..", "2"]])

    assert found.exit_code == 1
    assert found.output.startswith("error: dmn/d90-sample.dmn:1 [d_r2] dmn.expression: Table d, row 2, column 'pct'")


def test_a_gap_and_an_overlap_are_told_with_an_example(tmp_path: Path) -> None:
    found = linted(tmp_path, [["<= 5", "1"], ["[5..50)", "2"]])

    assert found.exit_code == 1
    assert "error: dmn/d90-sample.dmn:1 [d] dmn.overlap: Rows 1 and 2 of the table d both match pct = 5" in found.output
    assert "warning: dmn/d90-sample.dmn:1 [d] dmn.gap: No row of the table d matches pct = 50." in found.output


def test_a_sound_table_is_told_by_saying_nothing(tmp_path: Path) -> None:
    found = linted(tmp_path, [["<= 5", "1"], ["> 5", "2"]])

    assert (found.exit_code, found.output) == (0, "")
