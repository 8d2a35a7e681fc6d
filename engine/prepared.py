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

HOOK = "statement_hook"
"""The execution option with what is called before and after every statement run here (for tests that kill there)."""


@dataclass(frozen=True)
class _Parameter:
    """One parameter of a compiled statement: its name, its value unless it is given, and how a value is stored."""

    name: str
    given: bool
    fixed: Any
    store: Convert | None


@dataclass(frozen=True)
class _Form:
    """A statement as one dialect's driver takes it."""

    text: str
    named: bool
    parameters: tuple[_Parameter, ...]
    columns: tuple[str, ...]
    reading: tuple[tuple[int, Convert], ...]

    def bind(self, values: Values) -> Any:
        """The driver's parameters for these values."""
        found = [_bound(one, values) for one in self.parameters]
        return dict(zip((one.name for one in self.parameters), found, strict=True)) if self.named else found

    def row(self, raw: Sequence[Any]) -> dict[str, Any]:
        """A result row by column name, its values as the column types give them."""
        row = list(raw)
        for position, read in self.reading:
            row[position] = read(row[position])
        return dict(zip(self.columns, row, strict=True))


def _bound(one: _Parameter, values: Values) -> Any:
    if not one.given:
        return one.fixed
    value = values[one.name]
    return value if one.store is None else one.store(value)


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
        form = self._form(connection.dialect)
        count = _execute(connection, form.text, form.bind(values)).rowcount
        return int(count)

    def many(self, connection: Connection, rows: Iterable[Values]) -> None:
        """Runs it once for each row."""
        form = self._form(connection.dialect)
        _execute(connection, form.text, [form.bind(row) for row in rows], many=True)

    def rows(self, connection: Connection, values: Values) -> list[dict[str, Any]]:
        """The rows that it finds, each by column name."""
        form = self._form(connection.dialect)
        return [form.row(raw) for raw in _execute(connection, form.text, form.bind(values)).fetchall()]

    def first(self, connection: Connection, values: Values) -> dict[str, Any] | None:
        """The first row that it finds, or None."""
        form = self._form(connection.dialect)
        raw = _execute(connection, form.text, form.bind(values)).fetchone()
        return None if raw is None else form.row(raw)

    def _form(self, dialect: Dialect) -> _Form:
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
        names = compiled.positiontup if compiled.positional else list(compiled.params)
        parameters = [_parameter(name, binds.get(name), compiled.params.get(name), dialect) for name in names or ()]
        columns = list(getattr(self._statement, "exported_columns", ()))
        readers = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in columns]
        reading = [(position, read) for position, read in enumerate(readers) if read is not None]
        return _Form(
            str(compiled),
            not compiled.positional,
            tuple(parameters),
            tuple(str(column.key) for column in columns),
            tuple(reading),
        )


def given(name: str) -> BindParameter[Any]:
    """A value that every run of a `Prepared` brings under this name."""
    return bindparam(name, required=False)


def _parameter(name: str, bind: BindParameter[Any] | None, fixed: Any, dialect: Dialect) -> _Parameter:
    store = None if bind is None else bind.type.dialect_impl(dialect).bind_processor(dialect)
    if fixed is None or (bind is not None and bind.required):
        return _Parameter(name, True, None, store)
    return _Parameter(name, False, fixed if store is None else store(fixed), store)


def run_text(connection: Connection, text: str) -> None:
    """Runs a statement without parameters, such as SAVEPOINT."""
    _execute(connection, text, ())


def _execute(connection: Connection, text: str, parameters: Any, many: bool = False) -> Any:
    hook: Moment | None = connection.get_execution_options().get(HOOK)
    if hook is not None:
        hook()
    if not connection.in_transaction():
        connection.begin()
    dialect = connection.dialect
    cursor = connection.connection.cursor()
    driver = dialect.loaded_dbapi.Error
    try:
        (cursor.executemany if many else cursor.execute)(text, parameters)
    except driver as error:
        raise _as_sqlalchemy(connection, text, parameters, error, driver) from error
    if hook is not None:
        hook()
    return cursor


def _as_sqlalchemy(
    connection: Connection, text: str, parameters: Any, error: Exception, driver: type[Exception]
) -> BaseException:
    """The exception that Core would have raised; a lost connection is not used again."""
    lost = connection.dialect.is_disconnect(error, connection.connection.dbapi_connection, None)  # type: ignore[arg-type]
    found = DBAPIError.instance(
        text, parameters, error, driver, connection_invalidated=lost, dialect=connection.dialect
    )
    if lost:
        connection.invalidate(error)
    return found
