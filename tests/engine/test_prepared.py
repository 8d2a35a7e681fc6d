"""Statements compiled once and run by the driver: the same as Core's, on both databases."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, select
from sqlalchemy.exc import IntegrityError, OperationalError

from engine import Database
from engine.errors import Busy
from engine.prepared import Prepared, given
from engine.tables import Moment

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
note = Table(
    "note",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("text", String(20)),
    Column("state", String(10), nullable=False),
    Column("at", Moment),
)
ADD = Prepared(note.insert(), "id", "text", "state", "at")
CLOSE = Prepared(note.update().where(note.c.id == given("which")).values(state="closed", at=given("now")))
READ = Prepared(select(note.c.id, note.c.at).where(note.c.state == given("wanted")).order_by(note.c.id))
EITHER = Prepared(select(note.c.id).where(note.c.state.in_(["open", "new"])))


def row(identity: int, state: str = "open") -> dict[str, object]:
    return {"id": identity, "text": "Müller", "state": state, "at": AT}


@pytest.fixture
def notes(database: Database) -> Database:
    note.metadata.create_all(database.engine)
    with database.write() as transaction:
        ADD.run(transaction.connection, row(1))
        ADD.many(transaction.connection, [row(2), row(3, "closed")])
    return database


def states(database: Database) -> list[str]:
    with database.read() as connection:
        return list(connection.execute(select(note.c.state).order_by(note.c.id)).scalars())


def test_rows_come_back_as_their_types_say(notes):
    with notes.read() as connection:
        assert READ.rows(connection, {"wanted": "open"}) == [{"id": 1, "at": AT}, {"id": 2, "at": AT}]
        assert READ.first(connection, {"wanted": "closed"}) == {"id": 3, "at": AT}
        assert READ.first(connection, {"wanted": "lost"}) is None
        core = connection.execute(select(note).where(note.c.id == 1)).mappings().one()
        assert dict(core) == row(1)


def test_a_change_says_how_many_rows_it_changed(notes):
    with notes.write() as transaction:
        assert CLOSE.run(transaction.connection, {"which": 1, "now": None}) == 1
        assert CLOSE.run(transaction.connection, {"which": 9, "now": None}) == 0
    assert states(notes) == ["closed", "open", "closed"]


def test_values_that_the_statement_holds_itself_are_kept(notes):
    with notes.read() as connection:
        assert [found["id"] for found in EITHER.rows(connection, {})] == [1, 2]


def test_a_missing_value_is_refused_and_nothing_changed(notes):
    with pytest.raises(KeyError, match="now"), notes.write() as transaction:
        ADD.run(transaction.connection, row(4))
        CLOSE.run(transaction.connection, {"which": 1})
    assert states(notes) == ["open", "open", "closed"]


def test_errors_are_those_of_core(notes):
    with pytest.raises(IntegrityError), notes.write() as transaction:
        ADD.run(transaction.connection, row(1))


def test_a_reader_sees_one_moment_from_its_first_statement(notes):
    with notes.engine.connect() as connection:
        READ.rows(connection, {"wanted": "open"})
        assert connection.in_transaction()


def test_a_failed_change_leaves_the_next_one_alone(notes):
    for number in range(3):
        with pytest.raises(ZeroDivisionError), notes.write() as transaction:
            ADD.run(transaction.connection, row(10 + number))
            raise ZeroDivisionError
        with notes.write() as transaction:
            ADD.run(transaction.connection, row(20 + number))
    assert len(states(notes)) == 6


def test_part_of_a_change_can_be_undone(notes):
    with notes.write() as transaction:
        ADD.run(transaction.connection, row(4))
        with pytest.raises(IntegrityError), transaction.savepoint():
            ADD.run(transaction.connection, row(5))
            ADD.run(transaction.connection, row(1))
        with transaction.savepoint():
            ADD.run(transaction.connection, row(6))
    assert len(states(notes)) == 5


def test_a_savepoint_that_is_undone_leaves_the_one_around_it_to_be_undone(notes):
    with notes.write() as transaction:
        with pytest.raises(ValueError), transaction.savepoint():
            ADD.run(transaction.connection, row(4, "outer"))
            with pytest.raises(IntegrityError), transaction.savepoint():
                ADD.run(transaction.connection, row(1))
            raise ValueError

    with notes.read() as connection:
        assert READ.rows(connection, {"wanted": "outer"}) == []


def test_statements_are_hooked_on_both_sides_and_commits_afterwards(notes):
    seen = []
    notes.hooks.statement = lambda: seen.append("statement")
    notes.hooks.commit = lambda: seen.append("commit")
    with notes.write() as transaction:
        begun = len(seen)
        CLOSE.run(transaction.connection, {"which": 1, "now": AT})
        assert len(seen) == begun + 2
    assert seen[-1] == "commit"


def test_a_locked_sqlite_is_said_to_be_busy(sqlite, monkeypatch):
    monkeypatch.setattr("engine.transaction.LOCK_WAIT_SECONDS", 0)
    impatient = Database(str(sqlite.url))
    with sqlite.write(), pytest.raises(Busy), impatient.write():
        raise AssertionError("the other transaction holds the lock")
    impatient.dispose()


def test_a_statement_that_cannot_run_is_an_error_of_core(sqlite):
    missing = Prepared(select(Table("nowhere", MetaData(), Column("id", Integer)).c.id))
    with pytest.raises(OperationalError, match="no such table: nowhere"), sqlite.write() as transaction:
        missing.rows(transaction.connection, {})
