"""Sales modes and their stages."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import Connection, select

from crm import records
from crm.errors import NoStage
from crm.tables import sales_mode, sales_stage
from crm.titles import Names, both, named


@dataclass(frozen=True)
class Mode:
    """One way of selling; `process_key` is the process that usually works its opportunities."""

    key: str
    name: str
    name_zh: str
    process_key: str | None
    active: bool


@dataclass(frozen=True)
class Stage:
    """One stage of a mode; `probability` in percent, `max_days` the longest healthy stay.

    It is left when its `exit_criteria` are met; only one that `allow_skip` marks may be skipped.
    """

    key: str
    mode: str
    position: int
    name: str
    name_zh: str
    probability: Decimal
    max_days: int
    exit_criteria: list[str]
    quote_required: bool
    allow_skip: bool
    forecast_default: str
    pipeline_entry: bool
    retired: bool

    @property
    def names(self) -> Names:
        """The name by language, for a sentence."""
        return both(self.name, self.name_zh)

    def display_name(self, language: str = "en") -> str:
        """The name in the reader's language."""
        return self.name_zh if language.startswith("zh") else self.name


def modes(connection: Connection) -> tuple[Mode, ...]:
    """All active sales modes, by key."""
    at = sales_mode.c
    query = select(*records.columns(sales_mode, Mode)).where(at.active).order_by(at.key)
    return records.every(connection, Mode, query)


def listing(connection: Connection, mode: str | None = None) -> tuple[Stage, ...]:
    """The stages of one mode, or of all, in order; retired ones included."""
    at = sales_stage.c
    query = select(*records.columns(sales_stage, Stage)).order_by(at.mode, at.position)
    return records.every(connection, Stage, query.where(at.mode == mode) if mode else query)


def get(connection: Connection, key: str) -> Stage:
    """One stage by key, such as `complex.prioritised`; raises `RecordNotFound`."""
    query = select(*records.columns(sales_stage, Stage)).where(sales_stage.c.key == key)
    return records.one(connection, Stage, query, both(f"sales stage {key}", f"销售阶段 {key}"))


def pipeline_entry(connection: Connection, mode: str) -> Stage:
    """The first pipeline stage of a mode (catalogue 8.3); raises `NoStage` when none is marked."""
    entries = [stage for stage in listing(connection, mode) if stage.pipeline_entry and not stage.retired]
    if not entries:
        raise NoStage(mode=named(tuple((one.key, one.name, one.name_zh) for one in modes(connection)), mode))
    return entries[0]
