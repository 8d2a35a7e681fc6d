"""A local handler that hangs: the process is ended, the transaction rolls back, nothing is half done."""

import subprocess
import sys
import textwrap
from pathlib import Path

from engine import Database
from engine.contract import Done, Outcome, TaskContext, handler
from engine.testing import Kit
from tests.engine.demo import chain, drawing, end, service, start, user

BODY = start() + user("first") + service("act", "demo.act") + end() + chain("start", "first", "act", "end")
FILES = {"bpmn/demo.bpmn": drawing("demo", BODY)}
HANGING = """
    import sys, time
    from datetime import timedelta
    from engine import Database, Limits, watchdog
    from engine.contract import handler
    from engine.testing import Kit
    from tests.engine.test_watchdog import FILES

    @handler("demo.act")
    def act(context):
        time.sleep(60)

    limits = Limits(local_handler=timedelta(seconds=0.5))
    kit = Kit(Database(sys.argv[1]), handlers=[act], files=FILES, limits=limits)
    run = kit.start("demo")
    print(run.instance_id, flush=True)
    watchdog.watch()
    run.complete("first")
"""


@handler("demo.act")
def act(context: TaskContext[object]) -> Outcome:
    return Done()


def test_a_hanging_local_handler_ends_the_process_and_loses_nothing(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'test.db'}"

    ended = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(HANGING), url],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=Path(__file__).parents[2],
        check=False,
    )

    assert ended.returncode == -9
    assert "Step act did not come back in time" in ended.stderr
    again = Kit(Database(url), handlers=[act], new=False)
    run = again.start("demo", "case:2")
    run.instance_id = ended.stdout.strip()
    assert run.open_tasks() == ["first"] and run.events("task.completed") == []
    run.complete("first")
    assert run.ended_at("end")
