"""Today is the reader's, also in the hours when it is still yesterday in Greenwich."""

from datetime import UTC, datetime

import pytest

from engine import worker
from tests.webapp.inbox.test_task import send
from tests.webapp.world import World

EARLY = datetime(2026, 3, 2, 21, tzinfo=UTC)  # five in the morning of the 3rd in Shanghai


@pytest.mark.parametrize(("day", "status"), [("2026-03-03", 302), ("2026-03-04", 422)])
def test_what_was_decided_today_is_accepted_and_tomorrow_is_not(world: World, day: str, status: int) -> None:
    world.clock.set(EARLY)
    world.start("close-opportunity")
    worker.run_due(world.engine)
    answers = {"outcome": "disqualified", "outcome_date": day, "reason_codes": ["Q01"]}

    answer = send(world, world.client("lin.wei"), "propose_outcome", **answers)

    assert answer.status_code == status
    assert "or earlier, but got Mar 4, 2026" in answer.text or status == 302
