"""Kill -9 at 500 moments: nothing lost, doubled or stuck; and the harness has teeth."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bench.kill import Harness
from bench.kill_process import effect
from engine import advance, calls, jobs, starts, work
from engine.core import Engine
from engine.live import Live
from engine.spiff.watching import Watch
from engine.tables import history_event, job, process_instance
from engine.transaction import Transaction


def harness(tmp_path: Path, seed: int, mutate: Callable[[], None] | None = None) -> Harness:
    return Harness(f"sqlite:///{tmp_path / 'kill.db'}", seed, mutate)


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_is_lost_doubled_or_stuck_in_250_kills(tmp_path: Path, seed: int) -> None:
    assert harness(tmp_path, seed).run(250).broken == []


def trusting_every_result() -> None:
    """The handler's record is written without asking whether the token still waits: a second guard, taken away."""
    original = work._settle_call

    def settle(engine: Engine, transaction: Transaction, lease: jobs.Lease, outcome: Any) -> None:
        row = {"instance_id": lease.instance_id, "element": lease.element, "key": f"{lease.instance_id}:{lease.token}"}
        query = select(history_event.c.seq).where(
            history_event.c.instance_id == lease.instance_id,
            history_event.c.element == lease.element,
            history_event.c.kind == "step.done",
        )
        if transaction.execute(query).first() is not None:
            transaction.execute(effect.insert(), row)
        original(engine, transaction, lease, outcome)

    work._settle_call = settle


def without_fence() -> None:
    def take(transaction: Transaction, lease: jobs.Lease) -> None:
        transaction.execute(job.delete().where(job.c.id == lease.id))

    trusting_every_result()
    jobs.take = take


def enqueueing_after_commit() -> None:
    original = calls.queue

    def queue(live: Live, call: calls.Call, *rest: Any, **more: Any) -> str:
        def later() -> None:
            with live.engine.database.write() as transaction:
                live.transaction = transaction
                original(live, call, *rest, **more)

        live.transaction.after_commit(later)
        return "later"

    calls.queue = queue


def acknowledging_in_a_second_transaction() -> None:
    trusting_every_result()
    original, take = work._do_call, jobs.take

    def do_call(engine: Engine, lease: jobs.Lease) -> None:
        jobs.take = lambda transaction, taken: None
        original(engine, lease)
        with engine.database.write() as transaction:
            take(transaction, lease)

    work._do_call = do_call


def without_version_check() -> None:
    def save(live: Live) -> None:
        values = {"blob": live.execution.save(), "row_version": live.row_version + 1}
        mine = process_instance.c.id == live.instance_id
        live.transaction.execute(process_instance.update().where(mine).values(**values))

    original = advance.save

    def either(live: Live) -> None:
        stale = (
            not live.actor
            and live.journal.seq
            and live.transaction.execute(process_instance.select().where(process_instance.c.id == live.instance_id))
            .one()
            .row_version
            != live.row_version
        )
        (save if stale else original)(live)

    advance.save = either


def beginning_after_commit() -> None:
    original = starts.queue

    def queue(engine: Engine, transaction: Transaction, *rest: Any, **more: Any) -> None:
        def later() -> None:
            with engine.database.write() as another:
                original(engine, another, *rest, **more)

        transaction.after_commit(later)

    starts.queue = queue


def overlooking_conditions() -> None:
    Watch.written = lambda watch, scope, names: None


MUTATIONS = [
    overlooking_conditions,
    beginning_after_commit,
    without_fence,
    enqueueing_after_commit,
    acknowledging_in_a_second_transaction,
    without_version_check,
]


@pytest.mark.parametrize("mutate", MUTATIONS, ids=lambda mutation: mutation.__name__)
def test_the_harness_catches_what_is_broken_on_purpose(tmp_path: Path, mutate: Callable[[], None]) -> None:
    """Within 200 kills; what remains is finished and compared after every 40."""
    broken = harness(tmp_path, 7, mutate)

    assert any(broken.run(40).broken for _ in range(5))
