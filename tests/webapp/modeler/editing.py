"""What an editor's script sends, and the files the tests change."""

from __future__ import annotations

from typing import Any

from werkzeug.test import TestResponse

from engine import bundles, drafts
from tests.webapp.world import Client, World

DRAWING, TABLE, FORM = "prioritize-opportunity", "d16-opportunity-segment", "prioritize-opportunity.identify_priority"
FOLDERS = {"bpmn": DRAWING, "dmn": TABLE, "form": FORM}
# The way out of gw_fast_track gets another condition.
OLD_CONDITION, NEW_CONDITION = b"fast_track = true and pursue_decision", b"rfp = true and pursue_decision"


def address(kind: str, verb: str = "", name: str = "") -> str:
    """The address of a file's editor, or of what its script asks."""
    return f"/editor/{kind}/{name or FOLDERS[kind]}" + (f"/{verb}" if verb else "")


def send(
    client: Client,
    kind: str,
    verb: str,
    content: bytes,
    version: int | str | None = None,
    name: str = "",
    base: str = "",
) -> TestResponse:
    """A request as the editor's script makes it."""
    headers = {"X-CSRFToken": client.token(), "Accept": "application/json"}
    if version is not None:
        headers["X-Draft-Version"] = str(version)
    if base:
        headers["X-Draft-Base"] = base
    return client.client.post(address(kind, verb, name), data=content, headers=headers)


def source(world: World, kind: str, name: str = "") -> bytes:
    """The deployed file."""
    with world.application.database.read() as connection:
        if kind == "bpmn":
            row = bundles.latest(connection, name or DRAWING)
            assert row is not None
            return bundles.source(connection, row.id)
        return bundles.current_files(connection, kind)[name or FOLDERS[kind]]


def replaced(content: bytes, old: bytes, new: bytes) -> bytes:
    """The content with one text changed; the text must be there."""
    assert old in content
    return content.replace(old, new)


def all_drafts(world: World) -> list[drafts.Draft]:
    with world.application.database.read() as connection:
        return drafts.listing(connection)


def only_draft(world: World) -> drafts.Draft:
    (found,) = all_drafts(world)
    return found


def changed_drawing(world: World, client: Client, **more: Any) -> drafts.Draft:
    """A saved draft of the drawing with another condition."""
    answer = send(client, "bpmn", "save", replaced(source(world, "bpmn"), OLD_CONDITION, NEW_CONDITION), **more)
    assert answer.status_code == 200, answer.text
    return only_draft(world)
