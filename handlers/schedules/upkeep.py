"""What is tidied up at night, when nobody works: no process, but a job of its own."""

from __future__ import annotations

from engine.contract import Schedule

FORGET_FILES = "forget_files"

ALL: tuple[Schedule, ...] = (
    Schedule(
        "unused_files",
        "40 3 * * 0",
        {"en": "Attached files that nothing refers to", "zh-Hans": "无人引用的附件"},
        job=FORGET_FILES,
    ),
)
