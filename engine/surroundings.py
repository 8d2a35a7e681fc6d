"""What the executing side may ask of the engine while it runs one instance."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine import approvals, offers, timers
from engine.core import Engine
from engine.live import Live
from engine.port import Place


class Surroundings:
    """The services of the port; `live` is set as soon as the instance is loaded."""

    def __init__(self, engine: Engine, now: datetime) -> None:
        self.step_budget = engine.limits.steps_per_command
        self.live_tokens = engine.limits.live_tokens
        self._now = now
        self.live: Live | None = None

    def now(self) -> datetime:
        return self._now

    def timer_setting(self, process: str, element: str) -> str | None:
        """The configured replacement of a drawn timer, if operations set one."""
        return timers.setting_of(self._live(), process, element)

    def zone(self) -> str:
        """The time zone of the company."""
        live = self._live()
        return live.engine.zone(live.transaction.connection)

    def timer_context(self, place: Place, attached_to: str | None, variables: Mapping[str, Any]) -> Mapping[str, Any]:
        """Extra names for timer expressions: `approval` and `task` of the guarded step, `config` of the process."""
        live = self._live()
        names: dict[str, Any] = {"config": _configured(live, place.process)}
        if attached_to is None:
            return names
        element = live.bundle.element(place.process, attached_to)
        if element.approval:
            names["approval"] = approvals.timer_context(live, place.process, attached_to, variables)
        elif element.kind in ("userTask", "manualTask", "task"):
            names["task"] = {"due_at": offers.due_moment(live, place.process, element, variables)}
        return names

    def _live(self) -> Live:
        assert self.live is not None
        return self.live


def _configured(live: Live, process: str) -> dict[str, str | None]:
    prefix = f"timer.{process}."
    timers.setting_of(live, process, "")
    found = {name.removeprefix(prefix): value for name, value in live.settings.items() if name.startswith(prefix)}
    return {**dict.fromkeys(live.bundle.models[process].elements), **found}
