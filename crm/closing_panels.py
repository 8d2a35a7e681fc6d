"""The panels beside the forms that close an opportunity: its win/loss analysis, and the work that is left."""

from __future__ import annotations

from crm import activities, reason_codes, win_loss
from crm.panels import Asked, Panel, Panels


def _win_loss(asked: Asked) -> Panel:
    found = win_loss.latest(asked.connection, asked.deal.id)
    if found is None:
        return Panel("Win/loss analysis", empty="Nothing was analysed yet.")
    facts = (
        ("What decided", found.decisive_factor),
        ("What can be used again", found.reusable_assets),
        ("Lessons", found.lessons),
        ("Look again on", found.revisit_date),
    )
    rows = []
    for reason in win_loss.reasons(asked.connection, found):
        named = reason_codes.get(asked.connection, reason.kind, reason.code)
        rows.append(({"en": named.name, "zh-Hans": named.name_zh}, reason.weight))
    return Panel("Win/loss analysis", facts, ("Reason", "Weight"), tuple(rows))


def _follow_up_work(asked: Asked) -> Panel:
    found = activities.open_tasks(asked.connection, asked.deal.id)
    rows = tuple((task["subject"], task["owner"], task["due"]) for task in found)
    return Panel("Follow-up work", (), ("Task", "Owner", "Due"), rows, "Nothing is left to do.")


PANELS: Panels = {
    "follow_up_work": _follow_up_work,
    "win_loss": _win_loss,
}
