"""The public test kit: run a process in a few lines, with a clock that the test moves.

kit = Kit(files={"bpmn/x.bpmn": …}, handlers=[…])
run = kit.start("x", amount=5)
run.complete("check", decision="approve")
run.pass_time(timedelta(days=2))
assert run.ended_at("end")
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import select

from engine import definitions, history, instances, jobs, messages, user_tasks, worker
from engine.clock import SimulatedClock
from engine.contract import Handler, Outcome, Schedule, TaskContext
from engine.core import Engine, Limits, References, no_references
from engine.errors import NotFound
from engine.registry import Registry
from engine.states import TaskState
from engine.tables import metadata, process_instance, task_candidate, user_task
from engine.transaction import Database

START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
Decisions = Mapping[str, Any]


@dataclass
class People:
    """A small company for tests: groups, approvers by level, substitutes, people below. Hours are plain hours."""

    groups: Mapping[str, Sequence[str]] = field(
        default_factory=lambda: {"rep": ("rep",), "mgr": ("mgr",), "boss": ("mgr",), "head": ("mgr",), "ops": ("ops",)}
    )
    levels: Mapping[int, Sequence[str]] = field(default_factory=lambda: {1: ("mgr",), 2: ("boss",), 3: ("head",)})
    away: Mapping[str, str] = field(default_factory=dict)
    mail: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    below: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def exists(self, user: str) -> bool:
        return user in self.groups

    def display_name(self, user: str) -> str:
        return user

    def names(self, user: str) -> Mapping[str, str]:
        return {"en": user}

    def groups_of(self, user: str) -> tuple[str, ...]:
        return tuple(self.groups.get(user, ()))

    def group_names(self, group: str) -> Mapping[str, str]:
        return {"en": group}

    def known_groups(self) -> frozenset[str]:
        return frozenset(group for groups in self.groups.values() for group in groups)

    def members_of(self, group: str) -> tuple[str, ...]:
        return tuple(user for user, groups in self.groups.items() if group in groups)

    def approvers(self, level: int, requester: str) -> tuple[str, ...]:
        return tuple(user for user in self.levels.get(level, ()) if user != requester)

    def substitutes(self, user: str, on: date, process: str) -> tuple[str, ...]:
        return (self.away[user],) if user in self.away else ()

    def stands_in_for(self, user: str, on: date, process: str) -> tuple[str, ...]:
        return tuple(absent for absent, substitute in self.away.items() if substitute == user)

    def reports_of(self, manager: str) -> tuple[str, ...]:
        return tuple(self.below.get(manager, ()))

    def mail_address(self, user: str) -> tuple[str, str] | None:
        return self.mail.get(user)

    def due_after(self, party: str, start: datetime, hours: Decimal) -> datetime:
        return start + timedelta(hours=float(hours))


class Kit:
    """An engine for tests of processes, on a `new` database or on one that has its tables already."""

    def __init__(
        self,
        database: Database,
        *,
        handlers: Iterable[Handler] = (),
        files: Mapping[str, bytes] | None = None,
        people: People | None = None,
        references: References = no_references,
        limits: Limits | None = None,
        schedules: Iterable[Schedule] = (),
        new: bool = True,
    ) -> None:
        company = people or People()
        self.clock = SimulatedClock(START)
        self.database = database
        if new:
            metadata.create_all(database.engine)
        self.engine = Engine(
            database=database,
            directory=lambda connection: company,
            registry=Registry(handlers),
            clock=self.clock,
            references=references,
            limits=limits or Limits(),
            schedules={one.name: one for one in schedules},
        )
        if files:
            self.deploy(files)

    def deploy(self, files: Mapping[str, bytes]) -> definitions.Deployment:
        """Deploys files as an analyst would."""
        return definitions.deploy(self.engine, files, "analyst")

    def start(
        self,
        key: str,
        business_key: str = "case:1",
        actor: str | None = "rep",
        at: str | None = None,
        **variables: Any,
    ) -> Run:
        """Starts a process, at one of its start events if it is named, and does what is due at once."""
        run = Run(self, instances.start(self.engine, key, business_key, variables, actor, at=at))
        run.work()
        return run


@dataclass
class Run:
    """One process instance under test."""

    kit: Kit
    instance_id: str

    def work(self) -> int:
        """Does the jobs that are due now."""
        return worker.run_due(self.kit.engine)

    def pass_time(self, span: timedelta) -> None:
        """Moves the clock from due job to due job until `span` has passed, doing each at its time."""
        until = self.kit.clock.now() + span
        while True:
            self.work()
            with self.kit.database.read() as connection:
                due = jobs.next_due(connection)
            if due is None or due > until:
                break
            self.kit.clock.set(max(due, self.kit.clock.now()))
        self.kit.clock.set(until)
        self.work()

    def open_tasks(self) -> list[str]:
        """The elements of the open tasks, in the order of their opening."""
        return [row["element"] for row in self._tasks()]

    def _tasks(self) -> list[Any]:
        open_states = user_task.c.state.in_([TaskState.OPEN, TaskState.CLAIMED])
        query = select(user_task).where(user_task.c.instance_id == self.instance_id, open_states)
        with self.kit.database.read() as connection:
            return list(connection.execute(query.order_by(user_task.c.id)).mappings())

    def task_id(self, element: str) -> str:
        """The id of the (first) open task of an element; raises `NotFound` naming the open ones."""
        for row in self._tasks():
            if row["element"] == element:
                return str(row["id"])
        found = ", ".join(self.open_tasks()) or "none"
        raise NotFound("Expected an open task %(element)s, but open are: %(open)s.", element=element, open=found)

    def complete(self, element: str, by: str | None = None, **answers: Any) -> None:
        """Finishes the (first) open task of an element as somebody who may, and does what is due at once."""
        task_id = self.task_id(element)
        user_tasks.complete(self.kit.engine, task_id, by or self._somebody(task_id), answers)
        self.work()

    def _somebody(self, task_id: str) -> str:
        with self.kit.database.read() as connection:
            row = connection.execute(select(user_task.c.assignee).where(user_task.c.id == task_id)).one()
            if row.assignee is not None:
                return str(row.assignee)
            query = select(task_candidate.c.kind, task_candidate.c.name).where(task_candidate.c.task_id == task_id)
            found = connection.execute(query).first()
            directory = self.kit.engine.directory(connection)
        by_name = found is not None and found.kind == "user"
        named = () if found is None else (str(found.name),) if by_name else directory.members_of(found.name)
        if not named:
            raise NotFound("Expected somebody who may work task %(id)s, but it is offered to nobody.", id=task_id)
        return named[0]

    def message(self, name: str, message_id: str | None = None, **payload: Any) -> messages.Correlated:
        """Sends a message about this run's record."""
        row = self.row()
        sent = messages.correlate(self.kit.engine, name, row["business_key"], payload, message_id=message_id)
        self.work()
        return sent

    def row(self) -> Any:
        """The instance's row."""
        with self.kit.database.read() as connection:
            query = select(process_instance).where(process_instance.c.id == self.instance_id)
            return connection.execute(query).mappings().one()

    @property
    def variables(self) -> Mapping[str, Any]:
        """The variables of the instance's top level."""
        return instances.view(self.kit.engine, self.instance_id).variables

    @property
    def state(self) -> str:
        """running, completed or cancelled."""
        return str(self.row()["state"])

    def ended_at(self, element: str) -> bool:
        """Whether the instance is completed and an end event with this id was reached."""
        row = self.row()
        return row["state"] == "completed" and element in (row["outcome"] or "").split(", ")

    def events(self, kind: str | None = None) -> list[history.Event]:
        """The history, or the events of one kind."""
        with self.kit.database.read() as connection:
            found = history.of_instance(connection, self.instance_id)
        return [event for event in found if kind is None or event.kind == kind]

    def path(self) -> list[str]:
        """The elements that were finished, in order."""
        return [event.element for event in self.events("element.left")]


def perform(handler: Handler, context: TaskContext[Any]) -> Outcome:
    """Calls a handler as the engine would, with a context of the test's making."""
    return handler(context)


def context(
    session: Any,
    *,
    business_key: str = "case:1",
    variables: Mapping[str, Any] | None = None,
    form: Mapping[str, Any] | None = None,
    result: Any = None,
    decisions: Decisions | None = None,
    actor: str | None = "rep",
    now: datetime = START,
    element: str = "step",
    process: str = "process",
) -> TaskContext[Any]:
    """A context for `perform`; `decisions` gives the answer of each decision that the handler may ask."""
    answers = decisions or {}
    return TaskContext(
        instance_id="instance",
        process=process,
        element=element,
        business_key=business_key,
        variables=variables or {},
        now=now,
        key="instance:step:1",
        session=session,
        decide=lambda decision, inputs: answers[decision],
        actor=actor,
        form=form or {},
        result=result,
    )


def files_of(folder: Path) -> dict[str, bytes]:
    """The deployable files below a folder, by their names relative to it."""
    wanted = {".bpmn", ".dmn", ".form"}
    return {
        str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.suffix in wanted
    }
