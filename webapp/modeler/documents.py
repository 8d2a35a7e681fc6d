"""What can be edited: the deployed files, and the drafts of changes to them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from flask import url_for

from engine import bpmn, bundles, definitions, drafts, errors
from webapp.current import engine, person
from webapp.diagrams import LARGEST
from webapp.languages import say
from webapp.tables import Connection

KINDS = ("bpmn", "dmn", "form")
PAGES = {"bpmn": "modeler", "dmn": "decisions", "form": "form_editor"}
MIMES = {"bpmn": "application/xml", "dmn": "application/xml", "form": "application/json"}
NAME = re.compile(r"\w[\w.-]{0,119}\Z")
SEVERITIES = ("error", "warning", "note", "info")
OPEN = ("draft", "submitted", "rejected")


@dataclass(frozen=True)
class Document:
    """A file to edit: its content as the reader last saved it, else as deployed; `version` of the reader's draft.

    `base` is the digest of what was deployed when the change was begun.
    """

    kind: str
    name: str
    content: bytes
    draft: drafts.Draft | None
    base: str

    @property
    def version(self) -> int:
        """The version of the draft, 0 before the first save."""
        return self.draft.row_version if self.draft is not None else 0


def names(connection: Connection, kind: str) -> list[str]:
    """The names of the deployed files of a kind, sorted."""
    if kind == "bpmn":
        return [row.key for row in bundles.listing(connection)]
    return sorted(bundles.current_files(connection, kind))


def own_draft(connection: Connection, kind: str, name: str) -> drafts.Draft | None:
    """The reader's draft of a file that is not decided yet, or None."""
    return drafts.undecided(connection, person().login, kind, name)


def document(connection: Connection, kind: str, name: str) -> Document:
    """A file for its editor; raises NotFound when it is neither deployed nor drafted by the reader."""
    if kind not in KINDS or not NAME.match(name):
        raise errors.NotFound("Expected a drawing, table or form to edit, but there is no %(name)s.", name=name)
    draft = own_draft(connection, kind, name)
    content = draft.content if draft is not None else bundles.content(connection, kind, name)
    if content is None:
        raise errors.NotFound("Expected a drawing, table or form to edit, but there is no %(name)s.", name=name)
    base = draft.base if draft is not None else bundles.digest(content)
    return Document(kind, name, content, draft, base)


def findings(file: str, content: bytes) -> list[errors.Finding]:
    """Everything wrong with a file, as it would be deployed beside what is there; what must be mended comes first."""
    return sorted(definitions.check(engine(), {file: content}), key=lambda one: SEVERITIES.index(one.severity))


def plain(found: list[errors.Finding] | tuple[errors.Finding, ...]) -> list[dict[str, Any]]:
    """Findings for the editor, in the reader's language."""
    return [
        {
            "file": one.file,
            "element": one.element,
            "line": one.line,
            "rule": one.rule,
            "page": url_for("rules.page", rule=one.rule),
            "severity": one.severity,
            "message": say(one.message),
            "remedy": say(one.remedy),
        }
        for one in found
    ]


def with_diagram(content: bytes, file: str) -> bytes:
    """A drawing with every step and flow placed, as an editor needs it; as it is where that cannot be, or no use."""
    if len(content) > LARGEST:  # neither shown nor edited here
        return content
    try:
        return bpmn.with_diagram(content, file)
    except errors.Rejected:
        return content


def file_of(kind: str, name: str) -> str:
    """The name of a file in a deployment."""
    folder, suffix = drafts.FOLDERS[kind]
    return f"{folder}/{name}.{suffix}"
