"""Files that a stranger may have written: what kind they are, and XML read from them without any risk."""

from engine.files.kinds import Unreadable, kind_of_bytes, kind_of_root, kind_of_text
from engine.files.markup import Bounds, other_kind, parse_xml

__all__ = [
    "Bounds",
    "Unreadable",
    "kind_of_bytes",
    "kind_of_root",
    "kind_of_text",
    "other_kind",
    "parse_xml",
]
