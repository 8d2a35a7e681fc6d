"""`salesflow layout`: gives drawings a new diagram."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from engine import bpmn, errors

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command("layout")
@click.argument("files", nargs=-1, required=True, type=_FILE)
@click.option("--output", type=_FOLDER, help="a folder for the results; without it the files are changed in place")
def layout_command(files: tuple[Path, ...], output: Path | None) -> None:
    """Lay out the drawings in FILES: left to right, lane by lane; only their diagrams change.

    All are laid out or, if one cannot be, none is changed.
    """
    laid: dict[Path, bytes] = {}
    refused: list[errors.Finding] = []
    for file in files:
        target = file if output is None else output / file.name
        if target in laid:
            raise click.UsageError(f"Expected every file once, but {file.name} would be written twice.")
        try:
            laid[target] = bpmn.layout(file.read_bytes(), str(file))
        except errors.Rejected as error:
            refused += error.findings
    for finding in refused:
        click.echo(str(finding), err=True)
    if refused:
        sys.exit(1)
    _write(laid)
    click.echo(f"{len(laid)} drawings laid out.")


def _write(laid: dict[Path, bytes]) -> None:
    """Each file is replaced whole, so that none is ever half written."""
    for target, xml in laid.items():
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_name(f"{target.name}.new")
        draft.write_bytes(xml)
        draft.replace(target)
