"""Whether a missing record can be created on the spot, and which form then asks what to do."""

from __future__ import annotations

from engine.bpmn.lint.sheet import Known

GUARDED = "load_context"
CREATOR = "maintain_account_and_contact"
FORM, FORM_WITH_CREATE = "shared.resolve_missing_record", "shared.resolve_missing_record_create"


def creates(process: str, known: Known) -> bool:
    """Whether the process can call the one that creates accounts (never from within that one)."""
    return CREATOR in known.processes and process != CREATOR and process not in known.calls.get(CREATOR, frozenset())


def form_for(process: str, known: Known) -> str:
    """The form of the task that resolves a missing record."""
    return FORM_WITH_CREATE if creates(process, known) else FORM
