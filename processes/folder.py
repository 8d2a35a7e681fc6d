"""The deployable files of this folder."""

from collections.abc import Mapping
from pathlib import Path

HERE = Path(__file__).parent
# Folder to the ending of the files in it.
FOLDERS: Mapping[str, str] = {"bpmn": ".bpmn", "dmn": ".dmn", "forms": ".form"}


def files(root: Path = HERE) -> Mapping[str, bytes]:
    """Every drawing, table and form, named by folder and file (`bpmn/prioritize-opportunity.bpmn`), to its content.

    Raises OSError when a file cannot be read.
    """
    return {
        f"{folder}/{path.name}": path.read_bytes()
        for folder, ending in FOLDERS.items()
        for path in sorted((root / folder).glob(f"*{ending}"))
    }
