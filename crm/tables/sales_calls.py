"""Sales calls: conversations with a customer, who takes part, what was said, and what follows (catalogue 8.1)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from crm.tables.columns import identity, imported, login, metadata, numbered, owned, versioned
from crm.tables.types import Moment


def _call() -> Column[Any]:
    return Column("sales_call_id", ForeignKey("sales_call.id"), nullable=False, index=True)


# The columns follow the call through its processes: agreed (3.3.4.1.1), prepared (3.3.4.1.2), held (3.3.4.2.1 to
# 3.3.4.2.3), reported (3.3.4.2.4), followed up (3.3.4.3.1). Lists without a life of their own are JSON.
sales_call = Table(
    "sales_call",
    metadata,
    *numbered(),
    Column("account_id", ForeignKey("account.id"), nullable=False, index=True),
    Column("opportunity_id", ForeignKey("opportunity.id"), index=True),
    Column("previous_call_id", ForeignKey("sales_call.id")),
    Column("status", String(20), nullable=False, default="draft", index=True),
    Column("purpose", String(20), nullable=False),
    Column("customer_reason", Text),
    Column("channel", String(10), nullable=False),
    Column("call_priority", Integer),
    Column("proposed_times", JSON, nullable=False, default=list),
    Column("start_at", Moment(), index=True),
    Column("duration_min", Integer, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("coordination", String(10)),
    Column("coordination_note", Text),
    Column("cancel_reason", String(20)),
    Column("brief", JSON, nullable=False, default=list),
    Column("depth", String(10)),
    Column("primary_objective", Text),
    Column("minimum_outcome", Text),
    Column("success_signal", Text),
    Column("learn_goals", JSON, nullable=False, default=list),
    Column("questions", JSON, nullable=False, default=list),
    Column("value_messages", JSON, nullable=False, default=list),
    Column("expected_concerns", JSON, nullable=False, default=list),
    Column("documents", JSON, nullable=False, default=list),
    Column("agenda_approved", Boolean, nullable=False, default=False),
    Column("agenda_sent_at", Moment()),
    Column("rehearsed", Boolean, nullable=False, default=False),
    Column("actual_start", Moment()),
    Column("actual_end", Moment()),
    Column("key_person_present", Boolean),
    Column("introductions_done", Boolean),
    Column("purpose_stated", Boolean),
    Column("value_for_customer", Text),
    Column("time_confirmed", Boolean),
    Column("agenda_answer", String(10)),
    Column("interest", Integer),
    Column("suggested_commitment", String(100)),
    Column("agreed_points", JSON, nullable=False, default=list),
    Column("open_points", JSON, nullable=False, default=list),
    Column("customer_confirms", Boolean),
    Column("asked", Text),
    Column("commitment", String(10)),
    Column("fallback_asked", Text),
    Column("fallback_accepted", Boolean),
    Column("reason", String(20)),
    Column("reason_text", Text),
    Column("next_call_wanted", Boolean, nullable=False, default=False),
    Column("objective_result", String(10)),
    Column("outcome", String(20), index=True),
    Column("summary", Text),
    Column("sentiment", Integer),
    Column("documented_at", Moment()),
    Column("customer_message", Text),
    Column("customer_attachments", Text),
    Column("summary_sent_at", Moment()),
    *owned(),
    *imported(),
    *versioned(),
    CheckConstraint("channel IN ('visit', 'video', 'phone')", name="channel"),
    CheckConstraint("duration_min > 0", name="duration_min"),
    CheckConstraint("interest BETWEEN 1 AND 5", name="interest"),
    CheckConstraint("sentiment BETWEEN 1 AND 5", name="sentiment"),
    UniqueConstraint("source_system", "external_id"),
)

# Whom the call is with; `present` is empty until the call has begun.
sales_call_contact = Table(
    "sales_call_contact",
    metadata,
    identity(),
    _call(),
    Column("contact_id", ForeignKey("contact.id"), nullable=False, index=True),
    Column("invited", Boolean, nullable=False, default=True),
    Column("present", Boolean),
    *versioned(),
    UniqueConstraint("sales_call_id", "contact_id"),
)

# Who of us takes part besides the owner.
sales_call_attendee = Table(
    "sales_call_attendee",
    metadata,
    identity(),
    _call(),
    login("login"),
    Column("role", String(100)),
    Column("invited", Boolean, nullable=False, default=True),
    Column("present", Boolean),
    *versioned(),
    UniqueConstraint("sales_call_id", "login"),
)

# A topic that was taken off the agenda keeps its row, as dropped.
call_agenda_item = Table(
    "call_agenda_item",
    metadata,
    identity(),
    _call(),
    Column("position", Integer, nullable=False),
    Column("topic", String(200), nullable=False),
    Column("minutes", Integer, nullable=False),
    login("lead", nullable=True),
    Column("status", String(10), nullable=False, default="open"),
    *versioned(),
    CheckConstraint("minutes > 0", name="minutes"),
    CheckConstraint("status IN ('open', 'covered', 'dropped')", name="status"),
    UniqueConstraint("sales_call_id", "position"),
)

# `detail` holds what only this kind of note has: a need's impact and priority, a concern's type and response.
# `resolved` is for concerns, `confirmed` for needs.
call_note = Table(
    "call_note",
    metadata,
    identity(),
    _call(),
    Column("kind", String(20), nullable=False),
    Column("text", Text, nullable=False),
    Column("detail", JSON, nullable=False, default=dict),
    Column("confirmed", Boolean),
    Column("resolved", Boolean),
    *versioned(),
    CheckConstraint(
        "kind IN ('need', 'qualification', 'message', 'evidence', 'concern', 'expert_answer', 'competitor_news')",
        name="kind",
    ),
)

# Ours have an owner, the customer's a contact. `planned` until 3.3.4.3.1 starts to work them.
call_follow_up = Table(
    "call_follow_up",
    metadata,
    identity(),
    _call(),
    Column("action", Text, nullable=False),
    Column("side", String(10), nullable=False),
    login("owner", nullable=True),
    Column("contact_id", ForeignKey("contact.id")),
    Column("due", Date, nullable=False, index=True),
    Column("status", String(10), nullable=False, default="planned", index=True),
    Column("done_at", Moment()),
    Column("result", String(10)),
    Column("note", Text),
    *versioned(),
    CheckConstraint("side IN ('us', 'customer')", name="side"),
    CheckConstraint("status IN ('planned', 'open', 'done', 'not_done', 'dropped')", name="status"),
    CheckConstraint("result IN ('done', 'partly', 'not_done')", name="result"),
)

# For the rep and the management line only. `owner` is the rep, `author` the coach.
coaching_note = Table(
    "coaching_note",
    metadata,
    identity(),
    login("owner"),
    login("author"),
    Column("sales_call_id", ForeignKey("sales_call.id"), index=True),
    Column("kind", String(20), nullable=False),
    Column("text", Text, nullable=False),
    Column("due", Date),
    Column("status", String(10), nullable=False, default="open"),
    *versioned(),
    CheckConstraint("kind IN ('rehearsal', 'call', 'measure')", name="kind"),
    CheckConstraint("status IN ('open', 'done')", name="status"),
)
