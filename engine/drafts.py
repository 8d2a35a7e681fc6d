"""Changes to drawings, tables and forms before they are deployed: saved, submitted, and deployed by a second person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, select

from engine import bundles, definitions
from engine.contract import Notice
from engine.core import Engine
from engine.errors import Conflict, Finding, NotAllowed, NotFound, Rejected, Sentence
from engine.identity import new_id
from engine.notices import send
from engine.states import DraftState, move, said
from engine.tables import Row, draft
from engine.transaction import Transaction

FOLDERS = {"bpmn": ("bpmn", "bpmn"), "dmn": ("dmn", "dmn"), "form": ("forms", "form")}


@dataclass(frozen=True)
class Draft:
    """A change in the making: `kind` is bpmn, dmn or form; `name` the file's stem.

    `base` is the digest of what was deployed when the change was begun; empty when nothing was.
    """

    id: str
    kind: str
    name: str
    content: bytes
    author: str
    base: str
    state: DraftState
    note: str
    created_at: datetime
    updated_at: datetime
    decided_by: str | None
    decided_at: datetime | None
    reason: str
    row_version: int

    @property
    def file(self) -> str:
        """The file name in a deployment."""
        folder, suffix = FOLDERS[self.kind]
        return f"{folder}/{self.name}.{suffix}"


def save(
    engine: Engine,
    actor: str,
    kind: str,
    name: str,
    content: bytes,
    draft_id: str | None = None,
    base: str | None = None,
) -> Draft:
    """Keeps a change as a draft, new or (by its author) again; it may still be wrong. Raises `NotAllowed`.

    `base` tells from which deployed content a new change was begun, when that is not what is deployed now.
    """
    if kind not in FOLDERS:
        raise NotFound("Expected bpmn, dmn or form, but got %(kind)s.", kind=kind)
    now = engine.clock.now()
    with engine.database.write() as transaction:
        if draft_id is None:
            begun_from = base_of(transaction.connection, kind, name) if base is None else base
            return _insert(transaction, actor, kind, name, content, begun_from, now)
        row = _own(transaction, draft_id, actor)
        state = DraftState(row["state"])
        if state != DraftState.DRAFT:
            state = DraftState(move("draft", state, DraftState.DRAFT))
        values = {"content": content, "state": state, "updated_at": now, "row_version": row["row_version"] + 1}
        transaction.execute(draft.update().where(draft.c.id == draft_id).values(**values))
        return get(transaction.connection, draft_id)


def _insert(
    transaction: Transaction, actor: str, kind: str, name: str, content: bytes, base: str, now: datetime
) -> Draft:
    values = {
        "id": new_id(),
        "kind": kind,
        "name": name,
        "content": content,
        "author": actor,
        "base": base,
        "state": DraftState.DRAFT,
        "created_at": now,
        "updated_at": now,
    }
    transaction.execute(draft.insert(), values)
    return get(transaction.connection, str(values["id"]))


def submit(engine: Engine, actor: str, draft_id: str, note: str = "") -> list[Finding]:
    """Hands a draft in for deployment and tells the administrators.

    Raises `Rejected` while it cannot run, `Conflict` while it was begun from what is no longer deployed.
    """
    with engine.database.read() as connection:
        found = get(connection, draft_id)
        _refuse_outdated(connection, found)
    findings = definitions.check(engine, {found.file: found.content})
    if any(finding.severity == "error" for finding in findings):
        raise Rejected(findings)
    with engine.database.write() as transaction:
        row = _own(transaction, draft_id, actor)
        _move(engine, transaction, row, DraftState.SUBMITTED, note=note)
        text = Sentence("A change of %(name)s waits for you to deploy it.", name=found.name)
        directory = engine.directory(transaction.connection)
        send(transaction, directory, engine.clock.now(), [Notice(None, "adm", text)], f"/editor/drafts/{draft_id}")
    return findings


def deploy(engine: Engine, actor: str, draft_id: str) -> definitions.Deployment:
    """A second person deploys a submitted draft; new instances follow it, running ones stay on their version.

    Raises `NotAllowed` for its author, `Conflict` when it is not submitted or something newer was deployed since
    it was begun, `Rejected` when it no longer fits.
    """
    with engine.database.read() as connection:
        found = get(connection, draft_id)
    if found.author == actor:
        raise NotAllowed("Expected somebody else than the author to deploy a change (four eyes).")
    if found.state != DraftState.SUBMITTED:
        raise Conflict("Expected a submitted change, but this one is %(state)s.", state=said(found.state))
    package = definitions.prepared(engine, {found.file: found.content})
    with engine.database.write() as transaction:
        row = _row(transaction, draft_id)
        if row["row_version"] != found.row_version:
            raise Conflict("Expected the change as you saw it, but it was changed since; look at it again.")
        _refuse_outdated(transaction.connection, found)
        _decide(engine, transaction, row, actor, DraftState.DEPLOYED, "")
        return definitions.deploy_in(engine, transaction, package, actor, found.note or found.author)


def base_of(connection: Connection, kind: str, name: str) -> str:
    """What a change that is begun now starts from, as a digest; empty when nothing of this name is deployed."""
    content = bundles.content(connection, kind, name)
    return "" if content is None else bundles.digest(content)


def is_outdated(connection: Connection, found: Draft) -> bool:
    """Whether somebody deployed something else since this change was begun, which it would undo."""
    return found.state != DraftState.DEPLOYED and base_of(connection, found.kind, found.name) != found.base


def _refuse_outdated(connection: Connection, found: Draft) -> None:
    if is_outdated(connection, found):
        raise Conflict(
            "Expected a change of what is deployed, but a newer %(name)s was deployed after this change was begun. "
            "Take what is new over into the change first.",
            name=found.name,
        )


def rebase(engine: Engine, actor: str, draft_id: str, base: str) -> None:
    """The author says that the change holds what was deployed meanwhile: `base` is what he or she compared it with.

    A change that was handed in goes back to its author's drafts. Raises `NotAllowed` for anybody else, `Conflict` when
    something newer still was deployed.
    """
    with engine.database.write() as transaction:
        row = _own(transaction, draft_id, actor)
        if base_of(transaction.connection, row["kind"], row["name"]) != base:
            raise Conflict("Expected what is deployed as you saw it, but it was changed since; compare again.")
        state = DraftState(row["state"])
        if state != DraftState.DRAFT:
            state = DraftState(move("draft", state, DraftState.DRAFT))
        values = {"base": base, "state": state, "updated_at": engine.clock.now(), "row_version": row["row_version"] + 1}
        transaction.execute(draft.update().where(draft.c.id == draft_id).values(**values))


def reject(engine: Engine, actor: str, draft_id: str, reason: str) -> None:
    """Sends a submitted draft back to its author, with a reason."""
    if not reason.strip():
        raise NotAllowed("Expected a reason for sending the change back, but none was given.")
    with engine.database.write() as transaction:
        row = _row(transaction, draft_id)
        _decide(engine, transaction, row, actor, DraftState.REJECTED, reason.strip())


def _decide(
    engine: Engine, transaction: Transaction, row: RowMapping, actor: str, state: DraftState, reason: str
) -> None:
    now = engine.clock.now()
    _move(engine, transaction, row, state, decided_by=actor, decided_at=now, reason=reason)
    template = (
        "Your change of %(name)s was deployed."
        if state == DraftState.DEPLOYED
        else "Your change of %(name)s was sent back: %(reason)s"
    )
    text = Sentence(template, name=row["name"], reason=reason)
    directory = engine.directory(transaction.connection)
    send(transaction, directory, now, [Notice(row["author"], None, text)], f"/editor/drafts/{row['id']}")


def _move(engine: Engine, transaction: Transaction, row: RowMapping, state: DraftState, **values: Any) -> None:
    move("draft", DraftState(row["state"]), state)
    changed = {"state": state, "updated_at": engine.clock.now(), "row_version": row["row_version"] + 1, **values}
    transaction.execute(draft.update().where(draft.c.id == row["id"]).values(**changed))


def _row(transaction: Transaction, draft_id: str) -> RowMapping:
    query = select(draft).where(draft.c.id == draft_id).with_for_update()
    row = transaction.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFound("Expected a draft %(id)s, but there is none.", id=draft_id)
    return row


def _own(transaction: Transaction, draft_id: str, actor: str) -> RowMapping:
    row = _row(transaction, draft_id)
    if row["author"] != actor:
        raise NotAllowed("Expected to change a draft of your own, but this one is %(who)s's.", who=row["author"])
    return row


def get(connection: Connection, draft_id: str) -> Draft:
    """One draft; raises `NotFound`."""
    row = connection.execute(select(draft).where(draft.c.id == draft_id)).mappings().one_or_none()
    if row is None:
        raise NotFound("Expected a draft %(id)s, but there is none.", id=draft_id)
    return _draft(row)


def listing(connection: Connection, limit: int = 100) -> list[Draft]:
    """Drafts, the last changed first."""
    rows = connection.execute(select(draft).order_by(draft.c.updated_at.desc()).limit(limit)).mappings()
    return [_draft(row) for row in rows]


def undecided(connection: Connection, author: str, kind: str, name: str) -> Draft | None:
    """The author's newest change of a file that is not deployed yet, or None."""
    query = select(draft).where(
        draft.c.author == author, draft.c.kind == kind, draft.c.name == name, draft.c.state != DraftState.DEPLOYED
    )
    row = connection.execute(query.order_by(draft.c.updated_at.desc()).limit(1)).mappings().one_or_none()
    return None if row is None else _draft(row)


def _draft(row: Row) -> Draft:
    return Draft(**{**row, "content": bytes(row["content"]), "state": DraftState(row["state"])})
