"""What happens with each of the 150 opportunities, laid out backwards from the present."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from cli.sample import hours
from cli.sample.customers import Customer
from cli.sample.people import REPS
from crm.calendars import Calendar

BANDS = {
    "minor": (20, 95),
    "standard": (105, 480),
    "major": (520, 1_900),
    "strategic": (2_100, 6_000),
}
USUAL_BANDS = ("minor", "minor", "standard", "standard", "standard", "major", "major", "strategic")
# How long one step takes somebody who works on it at once, in working hours.
BRISK = 0.5
EURO_REP = "anna.keller"


@dataclass(frozen=True)
class Story:
    """One opportunity and what its people do.

    `band` of the amount; `starts` when the process is started (None: never); `answers` to the
    pursue question and `resumes` to the question whether to resume, in turn; `refusals` where the
    manager sends the priority back to, in turn; `silent` how many managers never answer;
    `left_at` the step at which it stays open, and which time that step comes up; `moves` how many
    stages it goes on afterwards; `outcome` how it ends; `status` where it begins.
    """

    starts: datetime | None
    owner: str = ""
    band: str = "minor"
    answers: tuple[str, ...] = ("pursue",)
    refusals: tuple[str, ...] = ()
    resumes: tuple[str, ...] = ()
    resume_days: int = 30
    silent: int = 0
    left_at: tuple[str, int] | None = None
    brisk: bool = False
    moves: int = 0
    outcome: str | None = None
    status: str = "assessed"
    mode: str = "complex"
    held: bool = False
    discount: int = 0
    started_by: str = ""
    cancelled_before_approval: bool = False
    customer: Customer | None = field(default=None, compare=False)
    amount: Decimal = Decimal(0)
    probability: int = 50
    currency: str = "CNY"
    close: date | None = None
    created: datetime | None = None


def every(random: Random, customers: Sequence[Customer], when: Calendar, now: datetime) -> list[Story]:
    """The 150 stories, each with owner, customer, amount and dates; the oldest first."""
    told = [*_rep_desks(when, now), *_manager_desks(when, now), *_resting(now), *_history(random, when, now)]
    desks = iter(_desks())
    owned = [story if story.owner else replace(story, owner=next(desks)) for story in told]
    full = [_filled(random, story, customers, when, now) for story in owned]
    return sorted(full, key=_created)


def _created(story: Story) -> datetime:
    assert story.created is not None
    return story.created


def _desks() -> Iterator[str]:
    while True:
        yield from REPS


def _rep_desks(when: Calendar, now: datetime) -> Iterator[Story]:
    """Eight open tasks for each rep, two of them overdue."""
    for place, rep in enumerate(REPS):
        spread = place * 1.3
        yield Story(_back(when, now, 30 + spread, 0), rep, "standard", left_at=("review_pipeline_and_plans", 1))
        yield Story(_back(when, now, 2 + spread, 0), rep, "major", left_at=("review_pipeline_and_plans", 1))
        yield Story(_back(when, now, 26 + spread, 1), rep, "standard", left_at=("identify_priority", 1), brisk=True)
        yield Story(
            _back(when, now, 3 + spread, 3),
            rep,
            "major",
            refusals=("priority",),
            left_at=("identify_priority", 2),
            brisk=True,
        )
        yield Story(
            _back(when, now, 4 + spread, 2), rep, "minor", left_at=("update_opportunity_profile", 1), brisk=True
        )
        yield Story(
            _back(when, now, 12 + spread, 3), rep, "major", left_at=("update_opportunity_profile", 1), brisk=True
        )
        yield Story(
            _back(when, now, 5 + spread, 1),
            rep,
            "standard",
            answers=("defer",),
            left_at=("defer_opportunity", 1),
            brisk=True,
        )
        yield Story(
            _weeks_before(_back(when, now, 3 + 6 * place, 1), 6),
            rep,
            "standard",
            answers=("defer",),
            resume_days=42,
            left_at=("ask_resume", 1),
            brisk=True,
        )


def _manager_desks(when: Calendar, now: datetime) -> Iterator[Story]:
    """Open approvals on every level; the oldest strategic ones have climbed to the head of sales."""
    asked = (
        Story(None, "lin.wei", "minor", held=True),
        Story(None, "lin.wei", "major"),
        Story(None, "zhao.lei", "major", discount=18),
        Story(None, "zhao.lei", "standard", held=True),
        Story(None, "he.ting", "major"),
        Story(None, "he.ting", "minor", held=True),
        Story(None, "deng.kai", "major"),
        Story(None, "anna.keller", "major"),
        Story(None, "anna.keller", "major", discount=20),
    )
    for place, story in enumerate(asked):
        starts = _back(when, now, 1.5 + place * 1.7, 2)
        yield replace(story, starts=starts, left_at=("review_priority", 1), brisk=True)
    yield Story(
        _weeks_before(_back(when, now, 2, 1), 12),
        "zhao.lei",
        "standard",
        answers=("defer",),
        resumes=("extend", "extend", "extend"),
        resume_days=28,
        left_at=("confirm_extension", 1),
        brisk=True,
    )
    yield Story(
        _back(when, now, 9, 2), "deng.kai", "major", brisk=True, cancelled_before_approval=True, answers=("pursue",)
    )
    for place, rep in enumerate(REPS):
        yield Story(_back(when, now, 6 + place * 5, 2), rep, "strategic", left_at=("review_priority", 1), brisk=True)
    for place, rep in enumerate(REPS[:4]):
        starts = _back(when, now, 58 + place * 9, 2)
        yield Story(starts, rep, "strategic", left_at=("review_priority", 2), silent=1, brisk=True)


def _resting(now: datetime) -> Iterator[Story]:
    """Opportunities nobody has started on, and deferred ones that wait for their date."""
    for number in range(10):
        yield Story(None, band=USUAL_BANDS[number % 8], created=now - timedelta(days=4 + 2 * number))
    for number in range(4):
        yield Story(None, status="prequalified", band="standard", created=now - timedelta(days=3 + number))
        yield Story(None, status="draft", band="minor", created=now - timedelta(days=1 + number))
    for number in range(12):
        ago = 8 + 6 * number
        yield Story(
            now - timedelta(days=ago),
            band=USUAL_BANDS[number % 6],
            answers=("defer",),
            resume_days=ago + 6 + 9 * number,
        )


def _history(random: Random, when: Calendar, now: datetime) -> Iterator[Story]:
    """Finished and running opportunities of the past year."""
    for number in range(22):
        yield _running(number, now)
    for number in range(18):
        ago = 50 + 16 * number
        outcome = "won" if number < 10 else "closed"
        yield Story(
            now - timedelta(days=ago),
            band=USUAL_BANDS[number % 8],
            outcome=outcome,
            moves=min(4, 1 + number // 3),
            silent=int(USUAL_BANDS[number % 8] == "major"),
            mode="tender" if number % 6 == 5 else "complex",
        )
    for number in range(11):
        outcome = "lost" if number < 8 else "no_decision"
        yield Story(
            now - timedelta(days=110 + 21 * number), band=USUAL_BANDS[number % 7], outcome=outcome, moves=number % 4
        )
    for number in range(6):
        starts = now - timedelta(days=12 + 33 * number)
        yield Story(starts, band=("minor", "standard")[number % 2], answers=("no",))
    for number in range(2):
        starts = now - timedelta(days=90 + 40 * number)
        yield Story(starts, band="minor", answers=("defer",), resumes=("drop",), resume_days=35)
    # A manager who sells himself has nobody of the first level above him: operations pick the approver.
    yield Story(_back(when, now, 4, 2), "gu.tao", "major", left_at=("review_priority", 1), brisk=True)


def _running(number: int, now: datetime) -> Story:
    starts = now - timedelta(days=25 + 5 * number)
    band = USUAL_BANDS[number % 8]
    moves = min(3, number // 4)
    if number % 4 == 3:
        resumes = ("extend", "resume") if number % 8 == 7 else ("resume",)
        earlier = starts - timedelta(days=60)
        return Story(earlier, band=band, answers=("defer", "pursue"), resumes=resumes, resume_days=25, moves=moves)
    if band in ("major", "strategic"):
        return Story(starts, band=band, refusals=("priority",) if number % 3 == 0 else ("pursuit",), moves=moves)
    return Story(starts, band=band, moves=moves, mode="tender" if number % 7 == 6 else "complex")


def _back(when: Calendar, now: datetime, ago: float, steps: float) -> datetime:
    """When to start so that after `steps` brisk steps the task opens `ago` working hours before now."""
    return hours.before(when, now, ago + steps * BRISK)


def _weeks_before(moment: datetime, weeks: int) -> datetime:
    """The same weekday earlier, so that dates counted in weeks fall on working days."""
    return moment - timedelta(weeks=weeks)


def _filled(random: Random, story: Story, customers: Sequence[Customer], when: Calendar, now: datetime) -> Story:
    mine = [one for one in customers if one.owner == story.owner] or list(customers)
    fitting = [one for one in mine if (one.credit == "hold") == story.held]
    begins = story.created or story.starts or now
    created = hours.before(when, begins, random.uniform(4, 30)) if story.starts else begins
    low, high = BANDS[story.band]
    return replace(
        story,
        customer=random.choice(fitting or mine),
        amount=Decimal(random.randrange(low, high)) * 1000,
        currency="CNY" if story.owner != EURO_REP else "EUR",
        probability=random.choice((20, 35, 40, 50, 55, 60, 70, 75)),
        close=(created if story.outcome else now).date() + timedelta(days=random.randint(12, 140)),
        created=created,
        started_by=story.owner,
    )
