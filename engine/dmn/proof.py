"""Everything wrong with a file of decisions, for the editor."""

from engine.dmn.document import RejectedDecisions
from engine.dmn.reader import read_model
from engine.errors import Finding


def check(xml: bytes, file: str) -> list[Finding]:
    """All findings for a file; empty when it can be used."""
    try:
        read_model(xml, file)
    except RejectedDecisions as rejected:
        return list(rejected.findings)
    return []
