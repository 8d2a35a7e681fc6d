"""Tasks for people and calls to handlers, and the gateways that only choose."""

from __future__ import annotations

from SpiffWorkflow.bpmn.specs.defaults import ExclusiveGateway as LibraryExclusiveGateway
from SpiffWorkflow.bpmn.specs.defaults import ManualTask as LibraryManualTask
from SpiffWorkflow.bpmn.specs.defaults import NoneTask as LibraryNoneTask
from SpiffWorkflow.bpmn.specs.defaults import ServiceTask as LibraryServiceTask
from SpiffWorkflow.bpmn.specs.defaults import UserTask as LibraryUserTask

from engine.port import CallWanted, Effect, TaskOpened
from engine.spiff.steps import Activity, Step, Way
from engine.spiff.tokens import Token


class HumanTask(Activity):
    """Opens a task for a person and waits until it is completed."""

    awaits_outside = True

    def _run_hook(self, token: Token) -> bool | None:
        self.announce(token)
        return None

    def waiting(self, token: Token) -> Effect | None:
        return TaskOpened(token.place)


class UserTask(HumanTask, LibraryUserTask):
    """A user task."""


class ManualTask(HumanTask, LibraryManualTask):
    """A manual task."""


class PlainTask(HumanTask, LibraryNoneTask):
    """A task without a type: somebody does it and says so."""


class Call(Activity, LibraryServiceTask):
    """A service, send, script or business rule task: stops until the engine has performed it."""

    awaits_outside = True
    call = "service"

    def _run_hook(self, token: Token) -> bool | None:
        self.announce(token)
        return None

    def waiting(self, token: Token) -> Effect | None:
        return CallWanted(token.place, self.call)


class ExclusiveGateway(Step, LibraryExclusiveGateway):
    """Takes the first flow whose condition holds, else the default flow."""

    def choose(self, token: Token) -> tuple[Way, ...]:
        if not self.conditional:
            return self.ways[:1] if len(self.ways) > 1 else self.ways
        variables, now = token.scope.view(), token.top.services.now()
        default: tuple[Way, ...] = ()
        for way in self.ways:
            if way.default:
                default = (way,)
            elif way.condition is None or way.condition.holds(variables, now):
                return (way,)
        return default or self.no_way()
