"""Which instance a message belongs to (BPMN 2.0, 8.3.2): by keys in its payload, by a declared key, by the record."""

from datetime import timedelta

import pytest

from engine import Database, bundles, messages, plain, verify, worker
from engine.errors import Stuck
from engine.port import EventThrown
from engine.tables import message, process_instance
from engine.testing import Kit, Run
from tests.engine.behaviour.play import drawing, play, refusals


def kit_of(database, *names):
    return Kit(database, files={f"bpmn/{name}.bpmn": drawing(__file__, name).xml for name in names})


def send(kit, name, record="order:1", key=None, **payload):
    """Sends a message from outside; what it leads to is sound."""
    sent = messages.correlate(kit.engine, name, record, payload, correlation=key)
    worker.run_due(kit.engine)
    with kit.database.read() as connection:
        assert verify.check(kit.engine, connection) == []
    return sent


def key_at(player, element):
    """The key under which a message is awaited."""
    (found,) = [one for one in player.execution.waiting() if one.place.element == element]
    return found.correlation


def test_the_first_message_of_a_conversation_sets_the_key_that_later_ones_must_carry(database: Database) -> None:
    """8.3.2, key-based correlation; the key is taken out of each message by an expression of its own."""
    kit = kit_of(database, "conversation")
    run = kit.start("conversation", "order:1")

    assert send(kit, "offer", number=7).instances == (run.instance_id,)
    assert send(kit, "answer", about={"number": 8}).kept
    assert "answered" not in run.path()
    assert send(kit, "answer", about={"number": 7}).instances == (run.instance_id,)
    assert "answered" in run.path()


def test_a_key_finds_its_instance_whatever_record_the_message_is_about(sqlite: Database) -> None:
    """8.3.2: the key is in the payload, so the sender need not know anything else of the instance."""
    kit = kit_of(sqlite, "conversation")
    one, two = kit.start("conversation", "order:1"), kit.start("conversation", "order:2")
    send(kit, "offer", "order:1", number=7)
    send(kit, "offer", "order:2", number=8)

    assert send(kit, "answer", "nobody:9", about={"number": 8}).instances == (two.instance_id,)
    assert "answered" in two.path() and "answered" not in one.path()


def test_a_message_that_lacks_the_key_is_no_part_of_the_conversation(sqlite: Database) -> None:
    kit = kit_of(sqlite, "conversation")
    run = kit.start("conversation", "order:1")
    send(kit, "offer", number=7)

    assert send(kit, "answer").kept
    assert send(kit, "answer", about={"number": None}).kept
    assert "answered" not in run.path()


def test_a_message_outside_the_conversation_is_correlated_by_the_record(sqlite: Database) -> None:
    kit = kit_of(sqlite, "conversation")
    run = kit.start("conversation", "order:1")
    send(kit, "offer", number=7)
    send(kit, "answer", about={"number": 7})

    assert send(kit, "news", "order:2").kept
    assert send(kit, "news", "order:1").instances == (run.instance_id,)
    assert run.ended_at("end")


def test_a_kept_message_waits_for_the_instance_with_its_key(database: Database) -> None:
    kit = kit_of(database, "conversation")
    send(kit, "answer", "order:9", about={"number": 8})
    send(kit, "answer", "order:9", about={"number": 7})
    run = kit.start("conversation", "order:1")

    send(kit, "offer", number=7)

    assert "answered" in run.path()
    assert run.variables["about"] == {"number": 7}


def test_a_message_kept_at_the_very_moment_that_its_instance_began_to_wait_is_found(sqlite: Database) -> None:
    """Each was written before it could see the other."""
    kit = kit_of(sqlite, "conversation")
    run = kit.start("conversation", "order:1")
    send(kit, "offer", number=7)
    for number in (8, 7):
        put_aside(kit, "answer", about={"number": number})

    assert messages.deliver_overlooked(kit.engine) == 1

    assert run.variables["about"] == {"number": 7}
    assert messages.deliver_overlooked(kit.engine) == 0


def put_aside(kit, name, **payload):
    """Keeps a message without looking who awaits it."""
    values = {"id": str(payload), "name": name, "business_key": "any:1", "payload": plain.write(payload)}
    now = kit.clock.now()
    with kit.database.write() as transaction:
        kept = {"received_at": now, "keep_until": now + timedelta(days=1), "state": "kept"}
        transaction.execute(message.insert(), values | kept)


def test_the_message_that_an_instance_sends_first_sets_the_key_of_several_properties(sqlite: Database) -> None:
    """8.3.2: sent or received; a key may have several properties, which all have to match."""
    kit = kit_of(sqlite, "asking")
    run = kit.start("asking", "order:1", number=7, branch="north")

    assert send(kit, "answer", number=7, branch="south").kept
    assert send(kit, "answer", "any:1", number=7, branch="north").instances == (run.instance_id,)
    assert run.ended_at("end")


def test_a_subscription_takes_its_key_from_the_variables_of_the_process(sqlite: Database) -> None:
    """8.3.2, context-based correlation; no message has to come first."""
    kit = kit_of(sqlite, "subscribing")
    lamps, desks = (
        kit.start("subscribing", "order:1", article="lamp"),
        kit.start("subscribing", "order:1", article="desk"),
    )

    assert send(kit, "price", item={"product": "desk", "price": 5}).instances == (desks.instance_id,)
    assert "priced" in desks.path() and "priced" not in lamps.path()


def test_a_subscription_follows_the_variables_while_it_waits(database: Database) -> None:
    """8.3.2: the key may change with the data of the process."""
    kit = kit_of(database, "subscribing")
    run = kit.start("subscribing", "order:1", article="lamp")

    run.complete("choose", article="desk")

    assert send(kit, "price", item={"product": "lamp"}).kept
    assert send(kit, "price", item={"product": "desk"}).instances == (run.instance_id,)
    assert run.ended_at("end")


def test_a_subscription_follows_variables_that_operations_correct():
    player = play(__file__, "subscribing").start(article="lamp")
    before = key_at(player, "priced")

    player.act(lambda execution: execution.set_variables({"article": "desk"}))

    assert key_at(player, "priced") == before.replace("lamp", "desk") != before
    assert player.withdrawn == ["priced"]


def test_a_subscription_without_a_value_is_correlated_by_the_record(sqlite: Database) -> None:
    kit = kit_of(sqlite, "subscribing")
    run = kit.start("subscribing", "order:1")

    assert send(kit, "price", "order:2", item={"product": "lamp"}).kept
    assert send(kit, "price", "order:1", item={"product": "lamp"}).instances == (run.instance_id,)


def test_a_message_goes_to_the_running_instance_with_its_key_and_starts_another_for_another_key(
    sqlite: Database,
) -> None:
    """8.3.2 and 10.4.2: a message start event begins a conversation, unless an instance awaits the message."""
    kit = kit_of(sqlite, "beginning")
    (first,) = send(kit, "ordered", "order:1", number=7).instances

    (second,) = send(kit, "ordered", "order:1", number=8).instances
    (again,) = send(kit, "ordered", "order:9", number=8).instances

    assert first != second == again
    assert Run(kit, second).ended_at("end_more") and Run(kit, first).row()["state"] == "running"


def test_the_start_message_sets_the_key_of_the_conversation(sqlite: Database) -> None:
    kit = kit_of(sqlite, "beginning")
    (first,) = send(kit, "ordered", "order:1", number=7).instances

    assert send(kit, "paid", "order:1", number=9).kept
    assert send(kit, "paid", "order:2", number=7).instances == (first,)
    assert Run(kit, first).ended_at("end")


def test_the_key_of_a_conversation_is_stored_with_the_instance():
    """Every step of the player saves and loads."""
    player = play(__file__, "conversation").start()
    assert key_at(player, "offered") is None

    player.catch("offered", number=7)

    assert key_at(player, "answered") == "=about.number=7"


def test_a_declared_key_decides_which_of_several_waiting_steps_gets_a_message_from_inside():
    """Our property `correlation`, on the catching and the throwing side."""
    player = play(__file__, "branches").start(parts=["a", "b", "c"])

    player.complete("choose", chosen="b")

    assert player.variables["told"] == "b"
    waiting = [one.correlation for one in player.execution.waiting() if one.place.element == "await"]
    assert sorted(waiting) == ["a", "c"]


def test_a_message_from_inside_that_nobody_inside_awaits_under_its_key_goes_outside():
    player = play(__file__, "branches").start(parts=["a"])

    player.complete("choose", chosen="x")

    (thrown,) = [one for one in player.seen if isinstance(one, EventThrown)]
    assert (thrown.name, thrown.correlation) == ("part done", "x")


def test_a_key_too_long_to_be_looked_up_is_refused_by_name():
    with pytest.raises(Stuck, match="correlation key of at most 200 characters at 'await', but it has 201"):
        play(__file__, "branches").start(parts=["x" * 201])


def test_a_thrown_message_reaches_another_instance_by_its_declared_key(database: Database) -> None:
    kit = kit_of(database, "branches")
    waiting = kit.start("branches", "order:1", parts=["a", "b"])
    other = kit.start("branches", "order:2", parts=["c"])

    other.complete("choose", chosen="b")
    assert "await" in waiting.path()

    assert send(kit, "part done", "order:3", key="a").instances == (waiting.instance_id,)
    assert send(kit, "part done", "order:2").kept


def test_two_buyers_about_one_record_each_get_the_goods_of_their_own_order(database: Database) -> None:
    """8.3.2 and 9.4: the key of a conversation between two pools of one file; the sender names no instance."""
    kit = kit_of(database, "trading")
    one, two = (kit.start("trading", "customer:1", order={"number": number}) for number in (1, 2))
    shops = {run.variables["order"]["number"]: run for run in runs_of(kit, "shop")}

    shops[2].complete("pack")

    assert two.ended_at("end") and one.row()["state"] == "running"
    shops[1].complete("pack")
    assert one.ended_at("end")


def runs_of(kit, key):
    with kit.database.read() as connection:
        rows = connection.execute(process_instance.select()).mappings().all()
        return [Run(kit, row["id"]) for row in rows if bundles.definition(connection, row["definition_id"]).key == key]


def test_a_message_correlated_by_two_keys_is_refused_by_name():
    """8.3.2 allows it and leaves open which of them decides."""
    assert refusals(__file__, "two-keys") == [("correlation", "m_offer"), ("correlation", "m_answer")]


def test_keys_and_subscriptions_that_cannot_be_worked_out_are_refused():
    found = refusals(__file__, "faulty-keys")

    assert ("correlation", "r1") in found  # what it reads is no FEEL
    assert ("correlation", "k_offer") in found  # it names a property that is not there


def test_each_run_of_a_repeated_sub_process_leads_a_conversation_of_its_own(sqlite: Database) -> None:
    """8.3.2: the first message of each run sets the key that its answer must carry."""
    kit = kit_of(sqlite, "asking-each")
    run = kit.start("asking-each", numbers=[7, 8])

    assert send(kit, "answer", number=9).kept
    assert send(kit, "answer", number=8).instances == (run.instance_id,)
    assert run.open_tasks() == ["read"]
    assert send(kit, "answer", number=7).instances == (run.instance_id,)
    assert run.open_tasks() == ["read", "read"]
