"""Commands that need a database with its tables say so in a sentence, instead of failing inside."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main


@pytest.mark.parametrize("command", ["deploy", "import", "verify", "work"])
def test_without_tables_a_command_says_how_they_are_made(tmp_path: Path, command: str) -> None:
    (tmp_path / "accounts.csv").write_text("name\nAcme\n")
    given = {"deploy": [str(tmp_path)], "import": ["accounts", str(tmp_path / "accounts.csv")]}.get(command, [])
    environment = {"SALESFLOW_DATA": str(tmp_path / "data")}

    told = CliRunner().invoke(main, [command, *given], env=environment)

    assert (told.exit_code, told.exception.__class__) == (2, SystemExit)
    assert "`salesflow migrate` makes them" in told.output


def test_with_tables_deploying_goes_on_to_the_files(tmp_path: Path) -> None:
    environment = {"SALESFLOW_DATA": str(tmp_path / "data")}
    assert CliRunner().invoke(main, ["migrate"], env=environment).exit_code == 0

    told = CliRunner().invoke(main, ["deploy", str(tmp_path)], env=environment)

    assert (told.exit_code, told.output) == (0, "0 new versions.\n")
