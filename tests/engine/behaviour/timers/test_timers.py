"""When timers are due: dates, durations and cycles, as literals and as FEEL (BPMN 2.0, 10.4.5 and table 10.101).

The standard leaves the notation to ISO 8601, and so do we; a cron expression is one of the cycles that
other tools write. Where ISO 8601 leaves something open, the rule is that of `engine.bpmn.times`.
"""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from engine.errors import Stuck
from engine.port import TimerArmed, TimerUnset
from tests.engine.behaviour.play import play
from tests.engine.spiff.player import MORNING

BERLIN = ZoneInfo("Europe/Berlin")


def due(player):
    """The moments for which timers are armed."""
    return [one.due for one in player.execution.waiting() if isinstance(one, TimerArmed)]


def comings(name, count, **variables):
    """The moments at which a repeating timer on an activity comes, each handled a minute late."""
    player = play(__file__, name).start(**variables)
    found = []
    while due(player) and len(found) < count:
        found += due(player)
        player.around.time = max(player.around.time, found[-1]) + timedelta(minutes=1)
        player.due("remind")
    assert player.tasks.count("reminded") == len(found)
    return found


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


LITERALS = {
    "moment": "2026-05-01T06:00",
    "day": "2026-05-01T00:00",
    "local": "2026-05-01T08:00",
    "zone": "2026-05-01T06:00",
    "span": "2026-03-02T10:30",
    "mixed": "2026-04-04T12:00",
    "weeks": "2026-03-16T09:00",
    "past": "2026-03-02T08:00",
}


@pytest.mark.parametrize("name", LITERALS)
def test_a_timer_waits_until_what_is_drawn(name):
    player = play(__file__, name).start()

    assert due(player) == [at(LITERALS[name])]
    player.around.time = max(MORNING, at(LITERALS[name]))
    assert player.due("pause").ended


VALUES = [
    (datetime(2026, 5, 1, 8, tzinfo=UTC), "2026-05-01T08:00"),
    (datetime(2026, 5, 1, 8, tzinfo=BERLIN), "2026-05-01T06:00"),
    (datetime(2026, 5, 1, 8), "2026-05-01T08:00"),  # noqa: DTZ001
    (date(2026, 5, 1), "2026-05-01T00:00"),
    (timedelta(hours=2), "2026-03-02T11:00"),
    ("P1M", "2026-04-02T09:00"),
    ("P1M2DT3H", "2026-04-04T12:00"),
    ("2026-05-01T08:00:00@Europe/Berlin", "2026-05-01T06:00"),
]


@pytest.mark.parametrize(("value", "expected"), VALUES)
@pytest.mark.parametrize("name", ["said", "date_said"])
def test_a_timer_waits_until_what_feel_gives(name, value, expected):
    assert due(play(__file__, name).start(when=value)) == [at(expected)]


CYCLES = {
    "thrice": "2026-03-02T09:10 2026-03-02T09:20 2026-03-02T09:30",
    "months": "2026-03-31T08:00 2026-04-30T08:00 2026-05-31T08:00 2026-06-30T08:00",
    "clock": "2026-03-27T07:00 2026-03-28T07:00 2026-03-29T06:00 2026-03-30T06:00",
    "backwards": "2026-03-02T10:00 2026-03-02T11:00 2026-03-02T12:00",
    "between": "2026-03-02T10:00 2026-03-02T10:30",
    "late": "2026-03-03T08:00 2026-03-04T08:00 2026-03-05T08:00",
    "over": "2026-01-02T08:00",
    "cron": "2026-03-03T09:00 2026-03-04T09:00 2026-03-05T09:00 2026-03-06T09:00 2026-03-09T09:00",
    "quartz": "2026-03-06T08:30 2026-04-03T08:30",
}
ENDLESS = {"clock": 4, "cron": 5, "quartz": 2}


@pytest.mark.parametrize("name", CYCLES)
def test_a_cycle_comes_as_often_and_when_it_says(name):
    assert comings(name, ENDLESS.get(name, 9)) == [at(text) for text in CYCLES[name].split()]


@pytest.mark.parametrize("text", ["R2/PT10M", "R2/2026-03-02T09:10:00Z/PT10M", "R2/PT10M/2026-03-02T09:20:00Z"])
def test_a_cycle_may_be_what_feel_gives(text):
    assert comings("cycle_said", 9, when=text) == [at("2026-03-02T09:10"), at("2026-03-02T09:20")]


def test_a_cycle_of_months_that_begins_on_the_last_day_keeps_to_it():
    player = play(__file__, "cycle_said")
    player.around.time = at("2026-01-31T09:00")
    found = due(player.start(when="R3/P1M"))
    for _ in range(2):
        player.around.time = found[-1]
        found += due(player.due("remind"))

    assert found == [at("2026-02-28T09:00"), at("2026-03-31T09:00"), at("2026-04-30T09:00")]


def test_a_cycle_that_feel_gives_as_no_time_never_comes():
    assert comings("cycle_said", 9, when=None) == [] == comings("cycle_said", 9, when="R0/PT10M")


def test_a_timer_that_will_not_come_is_told():
    player = play(__file__, "cycle_said").start(when=None)

    assert [one.expression for one in player.effects if isinstance(one, TimerUnset)] == ["when"]


@pytest.mark.parametrize("name", ["cycle_said", "said", "date_said"])
def test_a_timer_whose_time_nothing_has_set_is_told_with_what_is_missing(name):
    with pytest.raises(Stuck, match="'when' gave null, because nothing has set 'when'; give the timer"):
        play(__file__, name).start()


def test_a_time_that_speaks_of_null_may_be_left_open():
    """The drawing itself says what is meant when nobody has set a deadline."""
    assert due(play(__file__, "open").start()) == []
    assert due(play(__file__, "open").start(deadline=date(2026, 5, 1))) == [at("2026-05-01T00:00")]


def test_a_cron_expression_goes_by_the_clock_of_the_company():
    player = play(__file__, "cron")
    player.around.home = "Asia/Shanghai"

    assert due(player.start()) == [at("2026-03-03T01:00")]
    player.around.time = at("2026-03-03T01:00")
    assert due(player.due("remind")) == [at("2026-03-04T01:00")]


WRONG = [
    (12, "gave 12"),
    ("soon", 'gave "soon"'),
    (True, "gave true"),
    (["P1D"], "gave a list"),
    ("R/PT0S", "more often than once a second"),
    ("R/PT0.001S", "more often than once a second"),
    ("R3/-PT1H", "more often than once a second"),
    ("* * * * * MON 2030", "years such as 2030"),
    ("0 0 31 2 *", "out of range"),
    ("P9999Y", "beyond the calendar"),
    ("P999999999Y", "beyond the calendar"),
]


@pytest.mark.parametrize(("value", "words"), WRONG)
def test_a_value_that_is_no_time_is_told_with_its_timer(value, words):
    player = play(__file__, "said")

    with pytest.raises(Stuck, match="timer 'pause'") as told:
        player.start(when=value)

    assert words in str(told.value) and told.value.trouble.element == "pause"


def test_a_duration_beyond_the_calendar_is_told_with_its_timer():
    with pytest.raises(Stuck, match="timer 'pause', but it lies beyond the calendar|'pause', but its expression gave"):
        play(__file__, "beyond").start()


def test_a_cycle_ends_with_the_calendar():
    player = play(__file__, "cycle_said").start(when="R/P5000Y")

    assert due(player) == [at("7026-03-02T09:00")]
    player.around.time = at("7026-03-02T09:00")
    assert due(player.due("remind")) == []


def test_a_plain_cycle_is_kept_as_before():
    """What was saved by an earlier release holds only these, and goes on."""
    player = play(__file__, "thrice").start()
    (kept,) = [one.internal_data for one in player.execution._flow.live.values() if "due" in one.internal_data]

    assert kept == {"due": at("2026-03-02T09:10"), "again": 2, "every": timedelta(minutes=10), "host": "work"}
