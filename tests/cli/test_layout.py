"""`salesflow layout` on files."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main
from tests import geometry
from tests.engine.bpmn.layout.samples import BRANCHING, LOOPS
from tests.processes.drawing import Drawing


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    for name, xml in (("one.bpmn", BRANCHING), ("two.bpmn", LOOPS)):
        (tmp_path / name).write_bytes(xml)
    return [tmp_path / "one.bpmn", tmp_path / "two.bpmn"]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["layout", *map(str, arguments)])


def test_files_are_laid_out_in_place(files: list[Path]) -> None:
    result = run(*files)

    assert (result.exit_code, result.output) == (0, "2 drawings laid out.\n")
    for file in files:
        assert list(geometry.broken(Drawing(file.stem, file.read_bytes()))) == []
    assert sorted(files[0].parent.iterdir()) == files


def test_with_a_folder_for_the_results_the_files_stay_as_they_are(files: list[Path], tmp_path: Path) -> None:
    result = run(*files, "--output", tmp_path / "new")

    assert result.exit_code == 0
    assert files[0].read_bytes() == BRANCHING
    assert (tmp_path / "new" / "one.bpmn").read_bytes() != BRANCHING


def test_if_one_file_cannot_be_laid_out_none_is_changed(files: list[Path]) -> None:
    files[1].write_bytes(LOOPS.replace(b'targetRef="check"', b'targetRef="chekc"'))

    result = run(*files)

    assert result.exit_code == 1
    assert "two.bpmn" in result.output and "[write-check]" in result.output and "Draw the flow again" in result.output
    assert files[0].read_bytes() == BRANCHING


def test_two_files_of_one_name_are_not_written_over_each_other(files: list[Path], tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "one.bpmn").write_bytes(LOOPS)

    result = run(files[0], other / "one.bpmn", "--output", tmp_path / "new")

    assert result.exit_code == 2
    assert "one.bpmn would be written twice" in result.output
    assert not (tmp_path / "new").exists()
