"""What the page says when a task is done: where it goes on, and what the reader does next."""

from engine import worker
from tests.webapp.inbox.test_task import RATINGS, REVIEW, send, started
from tests.webapp.world import World

__all__ = ["started"]

HIGH = {**RATINGS, "priority": "high", "override_reason": "A reference customer"}


def told(world: World, element: str, language: str = "en", **answers: str) -> str:
    """What is said above the page that follows."""
    rep = world.client("lin.wei")
    rep.post("/language", language=language, next="/inbox")
    page = rep.get(send(world, rep, element, **answers).headers["Location"]).text
    return page.partition('id="flash"')[2].partition("</div>")[0]


def test_the_next_task_of_the_same_process_needs_no_more_words(started: World) -> None:
    assert "Done. Here is your next task.</p>" in told(started, "review_pipeline_and_plans", **REVIEW)


def test_what_others_go_on_with_is_named(started: World) -> None:
    told(started, "review_pipeline_and_plans", **REVIEW)

    said = told(started, "identify_priority", **HIGH)

    assert "goes on with “Review Opportunity Priority”, which waits for others. Nothing else is waiting" in said


def test_a_next_task_about_something_else_is_told_to_be_one(started: World) -> None:
    told(started, "review_pipeline_and_plans", **REVIEW)
    started.start(business_key="opportunity:OPP-1002")
    worker.run_due(started.engine)

    said = told(started, "identify_priority", "zh-Hans", **HIGH)

    assert "的下一步是“审核商机优先级”，由他人办理。这是您的下一个任务，属于另一事项。" in said
