"""The page on which operations see and set what begins by the clock."""

from engine import schedules, worker
from tests.webapp.steps import OPERATIONS, text
from tests.webapp.world import World


def row(world: World, name: str) -> schedules.ScheduleRow:
    with world.application.database.read() as connection:
        return next(one for one in schedules.listing(world.application.engine, connection) if one.name == name)


def test_other_times_count_at_once_and_are_given_back(world: World) -> None:
    operations = world.client(OPERATIONS)
    usual = row(world, "weekly_forecast").cron

    assert operations.post("/schedules/weekly_forecast", cron=" 30 9 * * 2 ").status_code == 302
    changed = row(world, "weekly_forecast")
    assert (changed.cron, changed.changed, changed.next_at is not None) == ("30 9 * * 2", True, True)
    assert "Weekly forecast weekly_forecast" in text(operations.get("/schedules/").text)
    operations.post("/schedules/weekly_forecast", cron="")

    assert (row(world, "weekly_forecast").cron, row(world, "weekly_forecast").changed) == (usual, False)


def test_what_are_no_times_is_refused_at_its_row_and_stays_typed(world: World) -> None:
    answer = world.client(OPERATIONS).post("/schedules/weekly_forecast", cron="on Mondays")

    assert answer.status_code == 422
    assert "but got on Mondays." in answer.text and 'value="on Mondays"' in answer.text
    assert answer.text.count('aria-invalid="true"') == 1
    assert not row(world, "weekly_forecast").changed


def test_a_schedule_is_begun_at_once(world: World) -> None:
    operations = world.client(OPERATIONS)

    assert operations.post("/schedules/weekly_forecast/now").status_code == 302
    worker.run_due(world.application.engine)

    processes = text(operations.get("/instances/?key=develop-update-sales-forecast").text)
    assert "Develop/Update Sales Forecast" in processes


def test_only_schedules_that_exist_can_be_set(world: World) -> None:
    operations = world.client(OPERATIONS)

    assert operations.post("/schedules/none-such", cron="0 8 * * 1").status_code == 404
    assert operations.post("/schedules/none-such/now").status_code == 404
