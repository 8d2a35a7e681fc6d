"""Plays the stories: a clock that jumps from event to event, and people who work their tasks through the engine."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Any

from cli.sample import deals, errands, hours
from cli.sample.answers import Writer
from cli.sample.customers import Customer
from cli.sample.desk import Clerk
from cli.sample.people import ABSENCE, ABSENT, OPERATIONS, PEOPLE, SUBSTITUTE
from cli.sample.stories import BRISK, Story
from crm import snapshots
from crm.calendars import Calendar
from engine import Engine, SimulatedClock, errors, inbox, instances, jobs, tables, transaction, user_tasks, worker

KEY = "prioritize-opportunity"
TOLD = (KEY, "manage-pended-opportunity")
PLANNING = "develop-update-opportunity-plan"
PLANNED_HERE = timedelta(days=32)
"""Since when plans of opportunities are written in Salesflow."""
PLAN_STEPS = (0, 0, 0, 0, 1, 14, 20)
ALL_STEPS = 50
OPEN = ("open", "claimed")
APPROVALS = ("review_priority", "confirm_extension")
MISSING = ("OPP-0977", "OPP-1O12")  # a number of the old system, and a letter O for a zero
CHINESE = {one.login for one in PEOPLE if one.language != "en"}

Action = Callable[[], None]


class Player:
    """The sample company at work until `now`; the same seed gives the same year."""

    def __init__(self, engine: Engine, clock: SimulatedClock, seed: int, when: Calendar, now: datetime) -> None:
        self._engine, self._clock, self._when, self._now = engine, clock, when, now
        self._seed = seed
        self._agenda: list[tuple[datetime, int, Action]] = []
        self._count = 0
        self._writers: dict[str, Writer] = {}
        self._times: Counter[tuple[str, str]] = Counter()
        self._last_seen = ""
        self._left: dict[str, int] = {}

    def play(self, stories: Sequence[Story], customers: Sequence[Customer]) -> None:
        """Plays all stories side by side and what else goes on, and keeps the pipeline's figures every night."""
        for number, story in enumerate(stories):
            self._expect(number, story)
        for errand in errands.every(customers, self._when, self._now):
            self._at(errand.starts, self._set_out(errand))
        self._at(hours.midnight(self._clock.now().date()), self._night)
        for place, mistyped in enumerate(MISSING):
            moment = hours.before(self._when, self._now, 9 + 8 * place)
            self._at(moment, self._start(f"opportunity:{mistyped}", "zhao.lei"))
        while (due := self._next()) is not None:
            self._clock.set(max(due, self._clock.now()))
            worker.run_due(self._engine)
            while self._agenda and self._agenda[0][0] <= due:
                heapq.heappop(self._agenda)[2]()
            self._look()
        self._clock.set(self._now)

    def _at(self, moment: datetime, action: Action) -> None:
        if moment < self._now:
            self._count += 1
            heapq.heappush(self._agenda, (moment, self._count, action))

    def _next(self) -> datetime | None:
        with self._engine.database.read() as connection:
            due = jobs.next_due(connection)
        coming = [moment for moment in (due, self._agenda[0][0] if self._agenda else None) if moment is not None]
        moment = min(coming, default=None)
        return moment if moment is not None and moment < self._now else None

    def _expect(self, number: int, story: Story) -> None:
        random = Random(f"{self._seed}:{number}")
        writer = Writer(story, random, story.owner in CHINESE)

        def arrive() -> None:
            with self._engine.database.write() as into:
                deal = deals.enter(into, story, random, self._clock.now())
            self._writers[deal.business_key] = writer
            if story.starts is not None:
                soon = self._clock.now() + timedelta(hours=3)
                self._at(max(story.starts, soon), self._start(deal.business_key, story.started_by))

        assert story.created is not None
        self._at(story.created, arrive)

    def _set_out(self, errand: errands.Errand) -> Action:
        def start() -> None:
            begun = instances.start(self._engine, errand.process, errand.business_key, {}, errand.by)
            self._left[begun] = errand.steps

        return start

    def _start(self, business_key: str, by: str) -> Action:
        def start() -> None:
            instances.start(self._engine, KEY, business_key, {}, by)

        return start

    def _night(self) -> None:
        now = self._clock.now()
        with self._engine.database.write() as into:
            snapshots.take_nightly(into.connection, self._when.today(now), at=now)
        self._at(now + timedelta(days=1), self._night)

    def _look(self) -> None:
        """Has somebody plan to work every task that has come up."""
        table = tables.user_task.c
        query = tables.user_task.select().where(table.id > self._last_seen, table.state.in_(OPEN)).order_by(table.id)
        with self._engine.database.read() as connection:
            found = connection.execute(query).mappings().all()
        for row in found:
            self._last_seen = row["id"]
            self._take_up(row)

    def _take_up(self, row: Any) -> None:
        writer = self._writers.get(row["business_key"])
        if row["process_key"] not in TOLD:
            self._take_up_untold(row, writer)
            return
        if writer is None:
            return
        if row["kind"] == "warning":
            moment = hours.after(self._when, row["created_at"], writer.random.uniform(10, 30))
            self._at(moment, lambda: self._acknowledge(row["id"]))
            return
        turn = self._times[row["business_key"], row["element"]]
        self._times[row["business_key"], row["element"]] += 1
        if _is_left(writer.story, row["element"], turn):
            return
        if writer.story.cancelled_before_approval and row["element"] in APPROVALS:
            self._at(row["created_at"] + timedelta(minutes=10), self._cancel(row["business_key"]))
        moment = hours.after(self._when, row["created_at"], _pace(writer, row["element"]))
        self._at(moment, lambda: self._work(row["id"], writer, turn))

    def _take_up_untold(self, row: Any, writer: Writer | None) -> None:
        """A task that no story tells about is worked as long as its process has steps left."""
        instance, random = row["instance_id"], Random(row["id"])
        if instance not in self._left:
            if row["process_key"] == PLANNING and row["created_at"] < self._now - PLANNED_HERE:
                chinese = writer is not None and writer.chinese
                self._cancel_run(
                    instance, "计划仍在原系统中维护。" if chinese else "The plan is kept in the old system."
                )
                return
            self._left[instance] = random.choice(PLAN_STEPS) if row["process_key"] == PLANNING else ALL_STEPS
        if self._left[instance] > 0:
            self._left[instance] -= 1
            moment = hours.after(self._when, row["created_at"], random.uniform(0.5, 8))
            self._at(moment, lambda: self._work_untold(row["id"]))

    def _work_untold(self, task_id: str) -> None:
        row = self._open_task(task_id)
        if row is None:
            return
        with self._engine.database.read() as connection:
            who = self._worker_of(row, connection)
            page = inbox.page(self._engine, connection, task_id, who)
            answers = Clerk(Random(task_id), who in CHINESE).fill(self._engine, connection, page, who)
        try:
            user_tasks.complete(self._engine, task_id, who, answers)
        except errors.InvalidForm:
            return  # what the form asks for is not at hand: the task stays open

    def _acknowledge(self, task_id: str) -> None:
        if self._open_task(task_id) is not None:
            user_tasks.complete(self._engine, task_id, OPERATIONS, {"acknowledged": "true"})

    def _work(self, task_id: str, writer: Writer, turn: int) -> None:
        row = self._open_task(task_id)
        if row is None:
            return
        with self._engine.database.read() as connection:
            who = self._worker_of(row, connection)
            values = inbox.page(self._engine, connection, task_id, who).values
        answers = writer.answer(row["element"], turn, values, self._clock.now())
        user_tasks.complete(self._engine, task_id, who, answers)
        if row["element"] == "update_opportunity_profile":
            self._go_on(row["business_key"], writer)

    def _open_task(self, task_id: str) -> Any:
        table = tables.user_task
        with self._engine.database.read() as connection:
            query = table.select().where(table.c.id == task_id, table.c.state.in_(OPEN))
            return connection.execute(query).mappings().one_or_none()

    def _worker_of(self, row: Any, connection: Any) -> str:
        """Whom the task is assigned or offered to; the substitute during the absence."""
        table = tables.task_candidate
        query = table.select().where(table.c.task_id == row["id"]).order_by(table.c.kind.desc(), table.c.name)
        found = connection.execute(query).mappings().first()
        who = str(row["assignee"] or (self._one_of(found, connection) if found else OPERATIONS))
        gone = self._now.date() + ABSENCE[0] <= self._clock.now().date()
        return SUBSTITUTE if who == ABSENT and gone else who

    def _one_of(self, candidate: Any, connection: transaction.Connection) -> str:
        if candidate["kind"] == "user":
            return str(candidate["name"])
        return self._engine.directory(connection).members_of(candidate["name"])[0]

    def _cancel(self, business_key: str) -> Action:
        number = business_key.partition(":")[2]
        return lambda: self._change(lambda into: deals.cancel(into, number, self._clock.now()))

    def _change(self, change: Callable[[transaction.Transaction], None]) -> None:
        with self._engine.database.write() as into:
            change(into)

    def _go_on(self, business_key: str, writer: Writer) -> None:
        """Lays out the further way of an opportunity that entered the pipeline: stages, then its end."""
        number, story, random = business_key.partition(":")[2], writer.story, writer.random
        moment = self._clock.now()
        for _step in range(story.moves):
            moment = hours.after(self._when, moment, random.uniform(80, 130))
            self._at(moment, self._stage(number))
        if story.outcome is None:
            return
        outcome = "won" if story.outcome == "closed" else story.outcome
        moment = hours.after(self._when, moment, random.uniform(40, 90))
        self._at(moment, self._end(number, outcome, writer))
        if story.outcome == "closed":
            moment = hours.after(self._when, moment, random.uniform(150, 200))
            self._at(moment, lambda: self._change(lambda into: deals.close(into, number, self._clock.now())))

    def _stage(self, number: str) -> Action:
        return lambda: self._change(lambda into: deals.next_stage(into, number, self._clock.now()))

    def _end(self, number: str, outcome: str, writer: Writer) -> Action:
        def end(into: transaction.Transaction) -> None:
            deals.finish(into, number, outcome, writer.chinese, writer.random, self._clock.now())

        def finish() -> None:
            self._stop(f"opportunity:{number}", "商机已结束。" if writer.chinese else "The opportunity has ended.")
            self._change(end)

        return finish

    def _stop(self, business_key: str, reason: str) -> None:
        """Operations end what still runs about a record."""
        with self._engine.database.read() as connection:
            found = instances.running(connection, [business_key])
        for one in found:
            self._cancel_run(one.id, reason)

    def _cancel_run(self, instance_id: str, reason: str) -> None:
        instances.cancel(self._engine, instance_id, OPERATIONS, reason)


def _is_left(story: Story, element: str, turn: int) -> bool:
    if story.left_at == (element, turn + 1):
        return True
    return element == "review_priority" and turn < story.silent


def _pace(writer: Writer, element: str) -> float:
    """Working hours until somebody does a step."""
    if writer.story.brisk:
        return writer.random.uniform(0.2, 0.9) * BRISK
    return writer.random.uniform(1, 10) if element in APPROVALS else writer.random.uniform(0.5, 14)
