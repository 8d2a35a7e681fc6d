"""What the page of a draft says about it: what it changes, what is wrong with it, how it looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from engine import bpmn, bundles, drafts
from webapp import diagrams
from webapp.current import reading
from webapp.languages import language
from webapp.later import Failed, Later
from webapp.modeler import documents
from webapp.modeler.differences import Comparison, compare
from webapp.tables import Connection

AT_ONCE = 300_000
"""Bytes of a draft that is looked at within the request; with more, that takes several seconds."""
MOST = 300
"""How many changes, and how many findings, are told."""


@dataclass(frozen=True)
class Newer:
    """What was deployed since a draft was begun: what that changed, the first and how many, and its digest."""

    comparison: Comparison
    changes: int
    base: str


@dataclass(frozen=True)
class Assessment:
    """A draft compared with `base`, its findings for people, and its picture; of long lists only the first.

    `changes` and `found` tell how many there are.
    """

    base: str
    comparison: Comparison
    changes: int
    newer: Newer | None
    findings: Sequence[dict[str, Any]]
    found: int
    svg: Markup


_LARGE: Later[Assessment] = Later(kept=8)


def assessed(connection: Connection, draft: drafts.Draft) -> Assessment | Failed | None:
    """A draft looked at, as it would be deployed now; None as long as a large one is still being looked at."""
    if len(draft.content) <= AT_ONCE:
        return _assess(draft)
    return _LARGE.get(_key(connection, draft), lambda: _assess(draft))


def look_again(connection: Connection, draft: drafts.Draft) -> None:
    """Lets a large draft be looked at once more when that has failed."""
    _LARGE.forget(_key(connection, draft))


def _key(connection: Connection, draft: drafts.Draft) -> str:
    return f"{draft.id} {draft.row_version} {bundles.mark(connection)} {language()}"


def _assess(draft: drafts.Draft) -> Assessment:
    with reading() as connection:
        base, label = _base(connection, draft)
        newer = _newer(connection, draft)
    comparison = compare(draft.kind, base, draft.content)
    found = documents.findings(draft.file, draft.content) if draft.state in documents.OPEN else []
    return Assessment(
        base=label,
        comparison=_first(comparison),
        changes=len(comparison.changes),
        newer=newer,
        findings=documents.plain(found[:MOST]),
        found=len(found),
        svg=_picture(draft, comparison),
    )


def _first(comparison: Comparison) -> Comparison:
    return replace(comparison, changes=comparison.changes[:MOST])


def _base(connection: Connection, draft: drafts.Draft) -> tuple[bytes | None, str]:
    """What the draft is compared with, and what that is called."""
    if draft.state != "deployed":
        return bundles.content(connection, draft.kind, draft.name), _("what is deployed now")
    if draft.kind != "bpmn":
        return draft.content, ""
    for row in bundles.versions_of_file(connection, draft.name):
        content = bundles.source(connection, row.id)
        if content != draft.content and draft.decided_at is not None and row.created_at <= draft.decided_at:
            return content, _("version %(number)s", number=row.version)
    return None, ""


def _newer(connection: Connection, draft: drafts.Draft) -> Newer | None:
    """What somebody deployed after the draft was begun; None when the draft is up to date."""
    if not drafts.is_outdated(connection, draft):
        return None
    now = bundles.content(connection, draft.kind, draft.name)
    if now is None:
        return None
    before = bundles.former_content(connection, draft.kind, draft.name, draft.base)
    comparison = compare(draft.kind, before, now)
    return Newer(_first(comparison), len(comparison.changes), bundles.digest(now))


def _picture(draft: drafts.Draft, comparison: Comparison) -> Markup:
    if draft.kind != "bpmn" or not comparison.readable:
        return Markup()
    marks = {name: bpmn.Mark(classes) for name, classes in comparison.marks.items()}
    return diagrams.picture(bpmn.read(draft.content, draft.file), marks, draft.name)
