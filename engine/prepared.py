"""Statements of the busiest path: written in SQLAlchemy Core, compiled once for each dialect, run by the driver.

Core's own execution costs several times what a small statement does. A `Prepared` keeps Core as the one place
where a statement is written, and its column types as the one place that knows how values are stored.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, Connection, Dialect, bindparam
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import ClauseElement
from sqlalchemy.sql.compiler import SQLCompiler

Values = Mapping[str, Any]
Convert = Callable[[Any], Any]
Moment = Callable[[], None]

HOOKS = "hooks"
"""The execution option that holds the database's `Hooks`."""


@dataclass
class Hooks:
    """What is called before and after every statement run here, and after every commit (for tests that kill there)."""

    statement: Moment | None = None
    commit: Moment | None = None


@dataclass(frozen=True)
class _Form:
    """A statement as one dialect's driver takes it.

    `names` are its parameters in order, `fixed` the values that the statement itself holds; `storing`
    and `reading` turn values into what is stored and back, by position.
    """

    text: str
    named: bool
    names: tuple[str, ...]
    fixed: Values
    storing: tuple[tuple[int, Convert], ...]
    columns: tuple[str, ...]
    reading: tuple[tuple[int, Convert], ...]

    def bind(self, values: Values) -> Any:
        """The driver's parameters for these values."""
        known = {**self.fixed, **values} if self.fixed else values
        found = [known[name] for name in self.names]
        for position, store in self.storing:
            found[position] = store(found[position])
        return dict(zip(self.names, found, strict=True)) if self.named else found

    def row(self, raw: Sequence[Any]) -> dict[str, Any]:
        """A result row by column name, its values as the column types give them."""
        row = dict(zip(self.columns, raw, strict=True))
        for position, read in self.reading:
            row[self.columns[position]] = read(raw[position])
        return row


class Prepared:
    """A Core statement run at driver level inside the connection's transaction.

    `columns` names what an insert sets; its values come by column name. Any other statement takes
    its values by the names `given` in it. A missing one is a KeyError; the database's errors are SQLAlchemy's own.
    """

    def __init__(self, statement: ClauseElement, *columns: str) -> None:
        self._statement, self._column_keys = statement, list(columns) or None
        self._forms: dict[str, _Form] = {}

    def run(self, connection: Connection, values: Values) -> int:
        """Runs it once; gives the number of rows that it changed."""
        form = self._form(connection)
        count = _execute(connection, form.text, form.bind(values)).rowcount
        return int(count)

    def many(self, connection: Connection, rows: Iterable[Values]) -> None:
        """Runs it once for each row."""
        form = self._form(connection)
        _execute(connection, form.text, [form.bind(row) for row in rows], many=True)

    def rows(self, connection: Connection, values: Values) -> list[dict[str, Any]]:
        """The rows that it finds, each by column name."""
        form = self._form(connection)
        return [form.row(raw) for raw in _execute(connection, form.text, form.bind(values)).fetchall()]

    def first(self, connection: Connection, values: Values) -> dict[str, Any] | None:
        """The first row that it finds, or None."""
        form = self._form(connection)
        raw = _execute(connection, form.text, form.bind(values)).fetchone()
        return None if raw is None else form.row(raw)

    def _form(self, connection: Connection) -> _Form:
        if not connection.in_transaction():
            connection.begin()
        dialect = connection.dialect
        form = self._forms.get(dialect.name)
        if form is None:
            form = self._forms[dialect.name] = self._compile(dialect)
        return form

    def _compile(self, dialect: Dialect) -> _Form:
        compiled = self._statement.compile(
            dialect=dialect, column_keys=self._column_keys, compile_kwargs={"render_postcompile": True}
        )
        assert isinstance(compiled, SQLCompiler)
        binds = {name: bind for bind, name in compiled.bind_names.items()}
        names = tuple((compiled.positiontup if compiled.positional else compiled.params) or ())
        storing = {name: _storing(binds[name], dialect) for name in names if name in binds}
        fixed = {name: compiled.params[name] for name in names if _is_fixed(binds.get(name), compiled.params[name])}
        columns = list(getattr(self._statement, "exported_columns", ()))
        readers = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        return _Form(
            str(compiled),
            not compiled.positional,
            names,
            {name: value if (store := storing.get(name)) is None else store(value) for name, value in fixed.items()},
            tuple((at, store) for at, name in enumerate(names) if name not in fixed and (store := storing.get(name))),
            tuple(str(column.key) for column in columns),
            tuple((position, read) for position, read in enumerate(readers) if read is not None),
        )


def given(name: str) -> BindParameter[Any]:
    """A value that every run of a `Prepared` brings under this name."""
    return bindparam(name, required=False)


def _storing(bind: BindParameter[Any], dialect: Dialect) -> Convert | None:
    return bind.type.dialect_impl(dialect).bind_processor(dialect)


def _is_fixed(bind: BindParameter[Any] | None, value: Any) -> bool:
    return value is not None and not (bind is not None and bind.required)


def run_text(connection: Connection, text: str) -> None:
    """Runs a statement without parameters, such as SAVEPOINT."""
    _execute(connection, text, ())


def _execute(connection: Connection, text: str, parameters: Any, many: bool = False) -> Any:
    hooks: Hooks | None = connection.get_execution_options().get(HOOKS)
    around = None if hooks is None else hooks.statement
    if around is not None:
        around()
    driver: Any = connection.connection.dbapi_connection
    cursor = driver.cursor()
    try:
        (cursor.executemany if many else cursor.execute)(text, parameters)
    except connection.dialect.loaded_dbapi.Error as error:
        raise _as_sqlalchemy(connection, text, parameters, error) from error
    if around is not None:
        around()
    return cursor


def _as_sqlalchemy(connection: Connection, text: str, parameters: Any, error: Exception) -> BaseException:
    """The exception that Core would have raised; a lost connection is not used again."""
    lost = connection.dialect.is_disconnect(error, connection.connection.dbapi_connection, None)  # type: ignore[arg-type]
    known = connection.dialect.loaded_dbapi.Error
    found = DBAPIError.instance(text, parameters, error, known, connection_invalidated=lost, dialect=connection.dialect)
    if lost:
        connection.invalidate(error)
    return found
