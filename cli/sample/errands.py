"""What else goes on in the sample company around the present: leads, calls, plans, forecasts, measuring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from cli.sample import hours
from cli.sample.customers import Customer
from cli.sample.people import OPERATIONS, REPS
from crm.calendars import Calendar

MARKETING = "maria.rossi"
CALL_STEPS = (0, 1, 3, 6, 9, 14)


@dataclass(frozen=True)
class Errand:
    """A process that somebody starts; after `steps` tasks its people leave the rest for later."""

    starts: datetime
    process: str
    business_key: str
    by: str
    steps: int


def every(customers: Sequence[Customer], when: Calendar, now: datetime) -> Iterator[Errand]:
    """All of them, in no order."""
    for place, by in enumerate((MARKETING, MARKETING, MARKETING, *REPS[:2])):
        yield Errand(hours.before(when, now, 9 + 7 * place), "lead-management", f"user:{by}", by, place)
    for place, rep in enumerate(REPS):
        starts = hours.before(when, now, 20 + place)
        yield Errand(starts, "develop-update-sales-forecast", f"user:{rep}", rep, place % 2)
        yield from _calls(place, rep, [one for one in customers if one.owner == rep], when, now)
    yield from _planning(customers, when, now)
    yield Errand(hours.before(when, now, 30), "area-reporting-analysis", f"user:{OPERATIONS}", OPERATIONS, 2)
    for place, rep in enumerate(REPS[1:3]):
        starts = hours.before(when, now, 40 + 11 * place)
        yield Errand(starts, "opportunity-lifecycle-u8", f"user:{rep}", rep, 2 + 3 * place)


def _calls(place: int, rep: str, mine: Sequence[Customer], when: Calendar, now: datetime) -> Iterator[Errand]:
    for number, customer in enumerate(mine[:2]):
        starts = hours.before(when, now, 28 + 5 * place + 9 * number)
        steps = CALL_STEPS[(place + number) % len(CALL_STEPS)]
        yield Errand(starts, "schedule-sales-call", f"account:{customer.number}", rep, steps)


def _planning(customers: Sequence[Customer], when: Calendar, now: datetime) -> Iterator[Errand]:
    starts = hours.before(when, now, 60)
    yield Errand(starts, "identify-target-accounts", f"user:{OPERATIONS}", OPERATIONS, 2)
    for place, customer in enumerate(customers[:4]):
        process = ("develop-account-plan", "develop-account-profile")[place % 2]
        starts = hours.before(when, now, 50 + 8 * place)
        yield Errand(starts, process, f"account:{customer.number}", customer.owner, 2 + 2 * place)
