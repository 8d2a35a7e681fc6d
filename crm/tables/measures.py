"""Measures of performance, their results, the reports filed, and what is done about them (catalogue 8.1, 11)."""

from __future__ import annotations

from sqlalchemy import JSON, Boolean, CheckConstraint, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from crm.tables.columns import identity, login, metadata, numbered, owned, versioned
from crm.tables.types import Fixed, Moment

GROUPS = ("account", "call", "opportunity", "approval")

# Without a target of its own a measure is shown and not rated.
performance_measure = Table(
    "performance_measure",
    metadata,
    Column("key", String(60), primary_key=True),
    Column("group", String(20), nullable=False),
    Column("name", String(200), nullable=False),
    Column("name_zh", String(200), nullable=False),
    Column("formula", Text, nullable=False),
    Column("unit", String(20), nullable=False),
    Column("direction", String(10), nullable=False, default="higher"),
    Column("target", Fixed(14, 4)),
    Column("cycle", String(10), nullable=False),
    Column("active", Boolean, nullable=False, default=True),
    *versioned(),
    CheckConstraint(f'"group" IN {GROUPS}', name="group"),
    CheckConstraint("direction IN ('higher', 'lower')", name="direction"),
    CheckConstraint("cycle IN ('month', 'quarter', 'year')", name="cycle"),
)

# One measuring of a period; `teams` are codes of org units, `patterns` what was found in the figures.
measure_run = Table(
    "measure_run",
    metadata,
    *numbered(),
    Column("group", String(20), nullable=False),
    Column("period", String(10), nullable=False),
    Column("teams", JSON, nullable=False, default=list),
    Column("measures", JSON, nullable=False, default=list),
    Column("call_types", JSON, nullable=False, default=list),
    Column("issues", JSON, nullable=False, default=list),
    Column("patterns", JSON, nullable=False, default=list),
    Column("status", String(20), nullable=False, default="open"),
    Column("published_at", Moment()),
    *owned(),
    *versioned(),
    CheckConstraint(f'"group" IN {GROUPS}', name="group"),
    CheckConstraint("status IN ('open', 'computed', 'published')", name="status"),
)

# `scope_kind` says what `scope` names: a team by its code, a rep by login, an account by number, or everything.
# Without a denominator there is no value (n/a). Results without a run come from account planning.
measure_result = Table(
    "measure_result",
    metadata,
    identity(),
    Column("measure_run_id", ForeignKey("measure_run.id"), index=True),
    Column("measure", String(60), nullable=False),
    Column("scope_kind", String(10), nullable=False),
    Column("scope", String(80), nullable=False),
    Column("period", String(10), nullable=False),
    Column("value", Fixed(18, 4)),
    Column("numerator", Fixed(18, 4)),
    Column("denominator", Fixed(18, 4)),
    Column("target", Fixed(14, 4)),
    Column("attainment_pct", Fixed(10, 2)),
    Column("rating", String(20)),
    Column("comment", Text),
    Column("causes", JSON, nullable=False, default=list),
    *versioned(),
    CheckConstraint("scope_kind IN ('all', 'team', 'rep', 'account')", name="scope_kind"),
    Index("ix_measure_result_measure", "measure", "scope_kind", "scope"),
)

improvement_action = Table(
    "improvement_action",
    metadata,
    identity(),
    Column("measure_run_id", ForeignKey("measure_run.id"), index=True),
    Column("measure", String(60)),
    Column("text", Text, nullable=False),
    login("owner"),
    Column("due", Date, nullable=False, index=True),
    Column("status", String(10), nullable=False, default="open"),
    Column("done_at", Moment()),
    *versioned(),
    CheckConstraint("status IN ('open', 'done', 'dropped')", name="status"),
)

change_proposal = Table(
    "change_proposal",
    metadata,
    identity(),
    Column("measure_run_id", ForeignKey("measure_run.id"), index=True),
    Column("process_key", String(80), nullable=False),
    Column("change", Text, nullable=False),
    Column("expected_effect", Text),
    login("owner"),
    Column("status", String(10), nullable=False, default="open"),
    *versioned(),
    CheckConstraint("status IN ('open', 'taken', 'refused')", name="status"),
)

# A report as it was filed: `content` is a list of tables, each with a title, heads and rows.
report_run = Table(
    "report_run",
    metadata,
    *numbered(),
    Column("report", String(10), nullable=False),
    Column("title", String(200), nullable=False),
    Column("title_zh", String(200), nullable=False),
    Column("period", String(10), nullable=False),
    Column("measure_run_id", ForeignKey("measure_run.id"), index=True),
    Column("content", JSON, nullable=False),
    Column("readers", JSON, nullable=False, default=list),
    Column("version", Integer, nullable=False, default=1),
    Column("distributed_at", Moment()),
    *owned(),
    *versioned(),
)
