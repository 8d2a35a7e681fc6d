"""`salesflow run` where it cannot listen."""

import socket
from pathlib import Path

from click.testing import CliRunner

from cli import main


def test_a_port_that_is_taken_is_told_before_anything_is_made(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        told = CliRunner().invoke(main, ["run", "--port", str(port)], env={"SALESFLOW_DATA": str(tmp_path / "data")})

    assert told.exit_code == 1 and f"make run PORT={port + 1}" in told.output
    assert not (tmp_path / "data").exists()
