"""The file follows the BPMN 2.0 schema; foreign attributes and extension elements are welcome."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import cast

from lxml import etree

from engine.bpmn.lint.sheet import Sheet
from engine.bpmn.vocabulary import identity, line_of, within
from engine.errors import Finding, Sentence

RULE = "schema"
_NAMESPACE = re.compile(r"\{[^}]*\}")
_NO_ID = re.compile(r"'([^']*)' is not a valid value of the atomic type 'xs:ID'")


def check(sheet: Sheet) -> Iterator[Finding]:
    if sheet.known.schema_folder is None:
        return
    log = _schema(sheet.known.schema_folder).validate_log(sheet.drawing.tree)
    if not log:
        return
    counts = Counter(map(identity, within(sheet.drawing.root)))
    begins = {line_of(node): ident for ident, node in reversed(list(sheet.by_id.items()))}
    for entry in log:
        wrong_id = _NO_ID.search(entry.message)
        if wrong_id and counts[wrong_id[1]] > 1:
            continue  # An id that is there twice: the rule about ids tells it better.
        yield Finding(
            sheet.drawing.file,
            begins.get(entry.line, ""),
            entry.line,
            RULE,
            Sentence("Expected BPMN 2.0 as its schema describes it, but: %(detail)s", detail=_plain(entry)),
            Sentence("Open the drawing in a BPMN editor, mend the element, and save it again."),
        )


class _Schema:
    """A compiled schema; every validation gets a log of its own."""

    def __init__(self, folder: Path) -> None:
        self._schema = etree.XMLSchema(etree.parse(str(folder / "BPMN20.xsd")))

    def validate_log(self, tree: etree._ElementTree) -> list[etree._LogEntry]:
        return [] if self._schema.validate(tree) else list(cast(Iterable[etree._LogEntry], self._schema.error_log))


@lru_cache(maxsize=4)
def _schema(folder: Path) -> _Schema:
    return _Schema(folder)


def _plain(entry: etree._LogEntry) -> str:
    return _NAMESPACE.sub("", entry.message)
