"""The steps of Manage Pended Opportunity, one file each."""

from __future__ import annotations

from engine.contract import Handler
from handlers.manage_pended_opportunity import (
    ask_resume,
    confirm_extension,
    extend_pended,
    load_context,
    notify_manager,
    reactivate,
    register_pended,
)

ALL: tuple[Handler, ...] = (
    load_context.load_context,
    register_pended.register_pended,
    ask_resume.ask_resume,
    extend_pended.extend_pended,
    confirm_extension.confirm_extension,
    reactivate.reactivate,
    notify_manager.notify_manager,
)
