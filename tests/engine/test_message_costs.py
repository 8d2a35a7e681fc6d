"""What messages cost: one that nobody awaits, and asking whether one is awaited."""

from __future__ import annotations

from sqlalchemy import event

from engine import Database, operations
from engine.testing import Kit
from tests.engine.demo import chain, drawing, end, start, user

NEWS = '<message id="m_news" name="news"/>'
ON_NEWS = '<startEvent id="on_news"><messageEventDefinition messageRef="m_news"/></startEvent>'
PLAIN = drawing("plain", start() + user("look") + end() + chain("start", "look", "end"))
HEARS = drawing("hears", ON_NEWS + user("read") + end() + chain("on_news", "read", "end"), NEWS)


def test_drawings_are_read_for_the_messages_they_begin_with_only_once(sqlite: Database) -> None:
    kit = Kit(sqlite, files={"bpmn/plain.bpmn": PLAIN, "bpmn/hears.bpmn": HEARS})
    run = kit.start("plain", "deal:1")
    assert run.message("gossip").kept
    read: list[str] = []

    def note(*args: object) -> None:
        if "process_definition.source" in str(args[2]):
            read.append(str(args[2]))

    event.listen(sqlite.engine, "before_cursor_execute", note)
    kept, begun = run.message("gossip"), run.message("news")
    event.remove(sqlite.engine, "before_cursor_execute", note)

    assert kept.kept and len(begun.instances) == 1 and read == []


def test_whether_a_message_is_awaited_about_a_record_is_found_by_an_index(sqlite: Database) -> None:
    wait = drawing(
        "wait", start() + '<receiveTask id="hear" messageRef="m_news"/>' + end() + chain("start", "hear", "end"), NEWS
    )
    Kit(sqlite, files={"bpmn/wait.bpmn": wait}).start("wait", "deal:1")
    asked: list[tuple[str, object]] = []

    with sqlite.read() as connection:
        event.listen(connection, "before_cursor_execute", lambda *args: asked.append((args[2], args[3])))
        found = operations.awaited(connection, "deal:1", ["news", "gossip"])
        others = operations.awaited(connection, "deal:1", ["gossip"])
        (text, values), *_ = asked
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", values).all()  # type: ignore[arg-type]

    assert (sorted(found), sorted(others)) == (["news"], [])
    assert "name=? AND business_key=?" in str(plan)
