"""What each role may do at all (catalogue 9); on which records, `access` decides."""

from __future__ import annotations

from collections.abc import Iterable

EVERYBODY = frozenset({"definition.read", "delegation.own", "notice.read", "profile.change", "record.read"})

BY_ROLE: dict[str, frozenset[str]] = {
    "rep": frozenset(
        {
            "account.change",
            "account.read",
            "import.own",
            "instance.read",
            "opportunity.change",
            "opportunity.read",
            "process.start",
            "record.change",
            "report.read",
            "task.work",
        }
    ),
    "mgr": frozenset(
        {
            "account.change",
            "account.read",
            "approval.decide",
            "delegation.team",
            "instance.read",
            "opportunity.change",
            "opportunity.read",
            "process.start",
            "record.change",
            "report.read",
            "task.reassign",
            "task.work",
            "threshold.publish",
        }
    ),
    "team": frozenset(
        {
            "account.read",
            "instance.read",
            "opportunity.read",
            "opportunity.change",
            "record.change",
            "report.read",
            "task.work",
        }
    ),
    "ops": frozenset(
        {
            "account.change",
            "account.read",
            "approval.pick",
            "import.any",
            "import.own",
            "incident.repair",
            "instance.cancel",
            "instance.read",
            "opportunity.change",
            "opportunity.read",
            "process.start",
            "record.change",
            "report.read",
            "settings.change",
            "task.reassign",
            "task.work",
        }
    ),
    "mkt": frozenset(
        {
            "account.read",
            "instance.read",
            "opportunity.read",
            "process.start",
            "record.change",
            "report.read",
            "task.work",
        }
    ),
    "anl": frozenset({"account.read", "definition.draft", "instance.read", "opportunity.read", "report.read"}),
    "adm": frozenset(
        {
            "definition.deploy",
            "incident.repair",
            "record.change",
            "settings.change",
            "threshold.publish",
            "user.manage",
        }
    ),
}

ALL = frozenset().union(EVERYBODY, *BY_ROLE.values())


def of_roles(roles: Iterable[str]) -> frozenset[str]:
    """Everything that somebody with these roles may do; nothing without any role."""
    found = [BY_ROLE[role] for role in roles if role in BY_ROLE]
    return EVERYBODY.union(*found) if found else frozenset()
