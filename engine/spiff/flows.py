"""A running process and the sub-processes inside it, as SpiffWorkflow's workflow objects."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

from SpiffWorkflow.bpmn.util.subworkflow import BpmnSubWorkflow
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow

from engine.errors import expected
from engine.port import Effect, Ended
from engine.spiff.counts import Counts
from engine.spiff.expressions import NO_PYTHON, stuck
from engine.spiff.tokens import Scope, Token
from engine.spiff.watching import Watch

MAX_NESTED = 60
"""How deep called processes and sub-processes may run inside each other."""
REMEMBERED = 200
"""How many of the last steps are kept, to name the elements of an endless loop."""


class Frame:
    """What a running process and a running sub-process have in common."""

    tasks: dict[int, Token]
    spec: Any
    scope: Scope
    completed: bool
    kept: dict[str, Any]
    """Plain values to be remembered while this runs, each under a name; saved with it."""

    @property
    def drawn(self) -> Any:
        """The frame that the steps in here are drawn in: itself, unless something is being undone in it."""
        flow: Any = self
        while (undoing := flow.spec.undoing) is not None and flow.spec is undoing.target:
            if flow.host.workflow.spec.undoing is not undoing:
                break
            flow = flow.host.workflow
        return flow

    def open(self, start: Any) -> None:
        """Arms the event sub-processes and puts a token on a start event."""
        self.arm_event_subs()
        start.enter(self, None)

    def arm_event_subs(self) -> None:
        """Begins to wait for the starts of the event sub-processes."""
        for event_sub in self.spec.event_subs:
            event_sub.arm(self)

    def clear(self) -> None:
        """Cancels every token in here."""
        for token in tuple(self.tasks.values()):
            token.cancel()

    def check_end(self) -> None:
        """Ends when no token is left but those that wait for event sub-processes."""
        if self.completed:
            return
        for token in self.tasks.values():
            if not token.triggered:
                return
        self.clear()
        self.completed = True
        self.over()

    def over(self) -> None:
        """What happens after the last token."""
        raise TypeError("Expected a process or a sub-process.")


class Flow(Frame, BpmnWorkflow):
    """One process instance: the top of SpiffWorkflow's tree of workflows."""

    host: Token | None = None
    depth = 0

    def __init__(self, bundle: Any, services: Any, scope: Scope, counts: Counts) -> None:
        self.top = self
        self.bundle = bundle
        self.services = services
        self.scope = scope
        self.kept = {}
        self.counts = counts
        self.live: dict[int, Token] = {}
        self.parked: dict[int, Token] = {}
        self.watch = Watch(bundle.watched_in_runs, self.parked) if bundle.conditional else None
        scope.watch = self.watch
        self.unpack_run: Callable[[Token, bytes], None] = _nothing_packed
        self.last_token = 0
        self.effects: list[Effect] = []
        self.ready: deque[Token] = deque()
        self.ends: list[str] = []
        self.steps: int = services.step_budget
        self.steps_left = self.steps
        self.passed: deque[str] = deque(maxlen=REMEMBERED)
        super().__init__(bundle.main, script_engine=NO_PYTHON, deserializing=True)

    def find(self, token: int) -> Token | None:
        """The live token with this number, also among packed runs."""
        while token not in self.live:
            holders = [one for one in self.parked.values() if one.holds(token)]
            if not holders:
                return None
            holders[0].unpack_runs(token)
        return self.live[token]

    def everything(self) -> list[Token]:
        """All live tokens, oldest first, packed runs as well."""
        while self.parked:
            for container in tuple(self.parked.values()):
                container.unpack_runs()
        return sorted(self.live.values(), key=lambda token: token.id)

    def over(self) -> None:
        """The instance has ended normally."""
        self.effects.append(Ended(tuple(self.ends)))

    def fail(self, code: str) -> None:
        """The instance has ended by an error that nobody caught."""
        self.clear()
        self.completed = True
        self.effects.append(Ended(tuple(self.ends), code))


def _nothing_packed(container: Token, packed: bytes) -> None:
    raise TypeError("Expected packed runs only in a loaded instance.")


def _around(host: Token | None) -> list[str]:
    """The processes that a token runs inside of, outermost first."""
    found: list[str] = []
    while host is not None:
        found.insert(0, str(host.task_spec.process))
        host = host.workflow.host
    return found


class SubFlow(Frame, BpmnSubWorkflow):
    """A running sub-process or called process, carried by its host token."""

    def __init__(self, spec: Any, host: Token, scope: Scope) -> None:
        self.host = host
        self.top = host.top
        self.scope = scope
        self.kept = {}
        super().__init__(spec, parent_task_id=host.id, top_workflow=host.top, deserializing=True)
        host.top.subprocesses[host.id] = self
        if self.top.watch is not None and scope.watch is None:
            self.top.watch.adopt(scope)

    def _calculate_depth(self) -> int:
        depth = int(self.host.workflow.depth) + 1
        if depth > MAX_NESTED:
            element = self.host.task_spec.element
            message = expected(
                "processes nested at most %(limit)s deep",
                "'%(element)s' goes deeper; does it call itself? It runs inside: %(chain)s",
                limit=MAX_NESTED,
                element=element,
                chain=" > ".join(dict.fromkeys(_around(self.host))),
            )
            raise stuck("TOO_DEEP", element, message)
        return depth

    def over(self) -> None:
        """Hands back to the activity that started this."""
        self.top.subprocesses.pop(self.host.id, None)
        self.host.task_spec.returned(self.host, self)
