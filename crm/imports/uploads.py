"""The files of imports: kept under names of our own, outside of what the web serves, until they are imported."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import IO

from crm.imports.reading import LONGEST, MEGABYTE
from crm.imports.refusals import ImportRefused

PIECE = 1 << 20


def store(folder: Path, content: IO[bytes], name: str) -> str:
    """Keeps a file and gives the name under which it is kept; raises `ImportRefused` when it is too long."""
    folder.mkdir(parents=True, exist_ok=True)
    stored = f"{secrets.token_hex(16)}.csv"
    size = 0
    with (folder / stored).open("wb") as file:
        while piece := content.read(PIECE):
            size += len(piece)
            if size > LONGEST:
                break
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())  # before the database says that it is there
    if size > LONGEST:
        remove(folder, stored)
        raise ImportRefused(
            "Expected at most %(most)s MB, but %(file)s is longer. Split it into several files.",
            most=LONGEST // MEGABYTE,
            file=name,
        )
    return stored


def path(folder: Path, stored: str) -> Path:
    """Where a kept file is; only its bare name counts."""
    return folder / Path(stored).name


def remove(folder: Path, stored: str) -> None:
    """Deletes a kept file; nothing happens when it is gone."""
    path(folder, stored).unlink(missing_ok=True)
