"""The one file that knows everyone: settings in, a wired application out."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import processes
from crm import access, choices, defaults, files, org_units, panels, people, seen, views
from crm.imports import work as imports
from engine import (
    Clock,
    Database,
    Engine,
    Option,
    References,
    Registry,
    Sought,
    SystemClock,
    installing,
    jobs,
    mail,
    mentions,
    transaction,
)
from handlers import ALL, schedules

ROOT = Path(__file__).parent
Process = processes.Process
STEPS_PER_LEASE = 20
View = Callable[[transaction.Connection, str, str, Mapping[str, Any]], panels.Panel]


@dataclass(frozen=True)
class Settings:
    """What can be set from outside; checked at start.

    `environment` is development or production, `data` the folder for the database, key, mail and uploads.
    """

    data: Path
    database_url: str
    secret_key: str = field(repr=False)
    environment: str = "development"
    sqlite_synchronous: str = "FULL"

    @property
    def uploads(self) -> Path:
        """The folder of files that wait to be imported; nothing of it is served."""
        return self.data / "imports"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Reads SALESFLOW_DATA, _DATABASE_URL, _ENV, _SECRET_KEY(_FILE), _SQLITE_SYNCHRONOUS; raises SystemExit."""
        values = os.environ if environ is None else environ
        environment = _one_of(values, "SALESFLOW_ENV", ("development", "production"))
        data = Path(values.get("SALESFLOW_DATA", "var")).absolute()
        data.mkdir(parents=True, exist_ok=True)
        url = values.get("SALESFLOW_DATABASE_URL", f"sqlite:///{data / 'salesflow.db'}")
        synchronous = _one_of(values, "SALESFLOW_SQLITE_SYNCHRONOUS", ("FULL", "NORMAL"))
        return cls(data, url, _secret_key(values, environment, data), environment, synchronous)


def _one_of(values: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    found = values.get(name, allowed[0])
    if found not in allowed:
        raise SystemExit(f"Expected {name} to be one of {', '.join(allowed)}, but it is {found!r}.")
    return found


def _secret_key(values: Mapping[str, str], environment: str, data: Path) -> str:
    if "SALESFLOW_SECRET_KEY" in values:
        return values["SALESFLOW_SECRET_KEY"]
    if "SALESFLOW_SECRET_KEY_FILE" in values:
        return Path(values["SALESFLOW_SECRET_KEY_FILE"]).read_text().strip()
    if environment == "production":
        raise SystemExit("Expected SALESFLOW_SECRET_KEY or SALESFLOW_SECRET_KEY_FILE in production; neither is set.")
    kept = data / "secret.key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_hex(32))
    return kept.read_text().strip()


def importing(folder: Path) -> Callable[[Engine, jobs.Lease], None]:
    """The job of an import: small writes while the file is checked, one for everything; done with the last."""

    def work(engine: Engine, lease: jobs.Lease) -> None:
        steps = imports.steps(engine.database.read, folder, int(lease.payload["run"]), engine.clock.now)
        for number, step in enumerate(steps):
            if number % STEPS_PER_LEASE == 0:
                jobs.extend(engine, lease)
            with engine.database.write() as transaction:
                if step(transaction.connection):
                    jobs.take(transaction, lease)

    return work


def forget_files(engine: Engine, lease: jobs.Lease) -> None:
    """The job that deletes attached files which no record, no history and no form under way refers to.

    The whole history is read before the transaction; in it, only what came meanwhile.
    """
    began = engine.clock.now()
    with engine.database.read() as connection:
        unused = files.uploaded_before(connection, began - files.UNUSED_KEPT)
        if unused:
            unused -= files.named_in(files.in_records(connection))
            unused -= files.named_in(mentions.of(connection, files.ANSWER))
    with engine.database.write() as transaction:
        lately = files.named_in(mentions.of(transaction.connection, files.ANSWER, since=began)) if unused else unused
        files.forget(transaction.connection, unused - lately)
        jobs.take(transaction, lease)


@dataclass(frozen=True)
class Application:
    """The wired application: what the web app and the command line work with.

    `views` are the read-only tables that forms show, by name; `catalogue` is the registry of all processes.
    """

    settings: Settings
    engine: Engine
    views: Mapping[str, View]
    catalogue: processes.Catalogue

    @property
    def database(self) -> Database:
        return self.engine.database


def registry() -> Registry:
    """The handlers of the company, which drawings may name."""
    return Registry(ALL)


def build(
    settings: Settings,
    clock: Clock | None = None,
    wake: Callable[[], None] = lambda: None,
    translate: mail.Translate = mail.in_english,
) -> Application:
    """Wires everything; changes nothing in the database.

    `wake` is called after commits that added work; `translate` gives the words of outgoing mail.
    """
    engine = Engine(
        database=Database(settings.database_url, synchronous=settings.sqlite_synchronous),
        directory=people.Directory,
        registry=registry(),
        clock=clock or SystemClock(),
        references=_references(clock or SystemClock()),
        records=seen.Seen(),
        job_kinds={
            mail.KIND: mail.to_folder(settings.data / "mail", translate),
            "import": importing(settings.uploads),
            schedules.upkeep.FORGET_FILES: forget_files,
        },
        schedules={one.name: one for one in schedules.ALL},
        zone=_zone,
        wake=wake,
    )
    shown = {name: _view(name, engine.clock) for name in views.PANELS}
    return Application(settings, engine, shown, processes.load())


def _zone(connection: transaction.Connection) -> str:
    """The time zone of the company: that of the top org unit."""
    return next((unit.time_zone for unit in org_units.listing(connection) if unit.parent_id is None), "UTC")


def _view(name: str, clock: Clock) -> View:
    def show(
        connection: transaction.Connection, user: str, business_key: str, variables: Mapping[str, Any]
    ) -> panels.Panel:
        return views.panel(name, connection, user, business_key, variables, clock.now())

    return show


def _references(clock: Clock) -> References:
    processes_known = [Option(one.key, one.titles) for one in processes.load().processes]

    def offered(
        connection: transaction.Connection, reference: str, user: str, business_key: str, sought: Sought
    ) -> list[Option]:
        if reference == "process":
            return processes_known
        who = access.reader(connection, user, clock.now().date())
        found = choices.of(connection, reference, business_key, who, text=sought.text, held=sought.values)
        return [Option(value, labels) for value, labels in found]

    return offered


def migrate(database: Database, revision: str = "head") -> None:
    """Brings the database's tables to this version (or an older one), whole or not at all; nothing when they are."""
    config = _alembic()
    with database.reshaping() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)


def is_current(connection: transaction.Connection) -> bool:
    """Whether the database's tables are those of this version."""
    head = ScriptDirectory.from_config(_alembic()).get_current_head()
    return MigrationContext.configure(connection).get_current_revision() == head


def _alembic() -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    return config


def install(application: Application) -> installing.Installation:
    """Migrates, inserts the default configuration and deploys the processes that come with this version.

    Files in whose place somebody deployed others stay as they are.
    """
    migrate(application.database)
    with application.database.write() as running:
        defaults.install(running.connection, at=application.engine.clock.now())
    return installing.install(application.engine, processes.files())
