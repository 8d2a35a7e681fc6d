"""Several pools in one file (BPMN 2.0, chapter 9): which of them run, and how their messages find each other."""

import re

import pytest

from engine import Database, bundles, drafts, instances
from engine.bpmn import lint, model, read
from engine.errors import Rejected
from engine.port import EventAwaited
from engine.tables import process_instance
from engine.testing import Kit, Run
from tests.engine.behaviour.play import drawing, known, play, refusals

TRADE = "buying-and-selling"


def trading(database):
    return Kit(database, files={f"bpmn/{TRADE}.bpmn": drawing(__file__, TRADE).xml})


def runs_of(kit, key):
    """The runs of a process, oldest first."""
    with kit.database.read() as connection:
        rows = connection.execute(process_instance.select().order_by(process_instance.c.id)).mappings()
        return [Run(kit, row["id"]) for row in rows if bundles.definition(connection, row["definition_id"]).key == key]


def reasons(name):
    with pytest.raises(Rejected) as refused:
        drawing(__file__, name)
    return [(str(one.message), str(one.remedy)) for one in refused.value.findings]


def test_every_executable_process_of_a_file_becomes_a_definition_with_the_whole_file(sqlite: Database) -> None:
    """9.2: each pool refers to a process of its own; one file may hold several."""
    kit = trading(sqlite)

    with kit.database.read() as connection:
        found = bundles.listing(connection)
        sources = {bundles.source(connection, one.id) for one in found}

    assert [(one.key, one.process_id, one.version) for one in found] == [("buyer", "buyer", 1), ("seller", "seller", 1)]
    assert sources == {drawing(__file__, TRADE).xml}


def test_a_message_flow_to_a_start_event_starts_the_other_process_about_the_same_record(sqlite: Database) -> None:
    """9.3 and 10.4.2."""
    kit = trading(sqlite)

    kit.start("buyer", "order:7", item="lamp")

    (seller,) = runs_of(kit, "seller")
    assert (seller.row()["business_key"], seller.variables["item"]) == ("order:7", "lamp")


def test_the_answer_reaches_the_buyer_of_the_same_record_only(sqlite: Database) -> None:
    kit = trading(sqlite)
    first, second = kit.start("buyer", "order:1", item="lamp"), kit.start("buyer", "order:2", item="desk")

    seller = next(run for run in runs_of(kit, "seller") if run.variables["item"] == "desk")
    seller.complete("pack")

    assert seller.ended_at("deliver")
    assert "goods_came" in second.path() and "goods_came" not in first.path()


def test_a_message_from_a_black_box_pool_takes_the_name_of_its_flow(sqlite: Database) -> None:
    kit = trading(sqlite)
    run = kit.start("buyer", "order:1", item="lamp")
    runs_of(kit, "seller")[0].complete("pack")

    assert run.message("statement", total=3).instances == (run.instance_id,)
    assert run.ended_at("bought") and run.variables["total"] == 3


def test_a_flow_between_two_processes_names_the_message_at_both_ends(sqlite: Database) -> None:
    """9.3: neither end names one."""
    kit = Kit(sqlite, files={"bpmn/named-by-flow.bpmn": drawing(__file__, "named-by-flow").xml})

    assert kit.start("asker").ended_at("end")


def test_a_message_that_a_flow_names_is_told_at_the_event_that_takes_it():
    one = drawing(__file__, TRADE)

    told = [(one.element, one.severity, one.message.values["becomes"]) for one in lint(one, known(*one.parts()))]

    assert told == [
        ("send_order", "info", "message order"),
        ("statement_came", "info", "message statement"),
        ("thank", "info", "message thanks"),
        ("order_came", "info", "message order"),
        ("deliver", "info", "message goods"),
    ]


def test_flows_that_do_not_agree_on_a_message_leave_it_to_be_named():
    assert refusals(__file__, "ambiguous-flows") == [("messages", "hear"), ("messages", "say")]


def test_a_process_that_is_not_executable_is_kept_in_the_file_and_not_deployed():
    one = drawing(__file__, TRADE)

    assert [part.process_id for part in one.parts()] == ["buyer", "seller"]
    assert "look" not in {element for part in one.parts() for element in model(part).elements}


def test_a_file_in_which_no_process_is_marked_executable_is_refused_with_the_remedy():
    assert reasons("none-marked") == [
        (
            "Expected an executable process, but none of first, second is marked so.",
            "Mark each process that is to run as executable (isExecutable) in your editor.",
        )
    ]


def test_a_single_process_without_the_mark_runs():
    text = drawing(__file__, "conversations").xml.replace(b' isExecutable="true"', b"")

    assert read(text, "conversations.bpmn").process.get("id") == "talking"


def test_of_several_processes_without_the_mark_the_only_one_with_steps_runs():
    """Pools that are closed boxes are written as empty processes by some editors."""
    text = drawing(__file__, TRADE).xml.replace(b' isExecutable="true"', b"").replace(b' isExecutable="false"', b"")
    closed = re.sub(rb'(<process id="(?:seller|auditing)"[^>]*)>.*?</process>', rb"\1/>", text, flags=re.DOTALL)

    assert read(closed, "x.bpmn").process.get("id") == "buyer"
    with pytest.raises(Rejected):
        read(text, "x.bpmn")


def test_a_file_of_too_many_processes_is_refused_with_the_limit():
    text = drawing(__file__, "conversations").xml.decode()
    process = text[text.index("<process") : text.index("</process>") + len("</process>")]
    many = "".join(process.replace('id="', f'id="n{number}_') for number in range(26))

    with pytest.raises(Rejected, match="at most 25 executable processes in a file, but there are 26"):
        read(text.replace(process, many).encode(), "many.bpmn")


def test_a_file_with_a_choreography_only_is_refused_by_name():
    assert reasons("choreography-only")[0][0] == "Expected a process, but the file only has a choreography."


def test_conversations_choreographies_and_partners_beside_a_process_change_no_run():
    """9.4, 11, 8.4: they describe; the process runs."""
    player = play(__file__, "conversations").start()

    (awaited,) = [one for one in player.execution.waiting() if one.place.element == "hear"]
    assert isinstance(awaited, EventAwaited) and awaited.name == "hello"
    assert player.catch("hear").ended


def test_a_file_deployed_again_makes_a_new_version_of_each_of_its_processes(sqlite: Database) -> None:
    kit = trading(sqlite)
    changed = drawing(__file__, TRADE).xml.replace(b'name="Buyer" isExec', b'name="Purchaser" isExec')

    made = kit.deploy({f"bpmn/{TRADE}.bpmn": changed}).versions

    assert sorted((one.key, one.version) for one in made) == [("buyer", 2), ("seller", 2)]
    assert kit.deploy({f"bpmn/{TRADE}.bpmn": changed}).versions == ()


def test_the_newest_file_with_a_process_wins_whatever_other_files_hold_it_too(sqlite: Database) -> None:
    kit = trading(sqlite)
    alone = drawing(__file__, TRADE).xml.replace(b'id="buyer" name="Buyer" isExecutable="true"', b'id="buyer"')
    kit.deploy({"bpmn/seller.bpmn": alone.replace(b'id="pack"', b'id="wrap"').replace(b'"pack"', b'"wrap"')})

    kit.deploy({"bpmn/other.bpmn": drawing(__file__, "conversations").xml.replace(b'"talking"', b'"other"')})
    kit.start("buyer", "order:1", item="lamp")

    (seller,) = runs_of(kit, "seller")
    assert seller.open_tasks() == ["wrap"] and seller.row()["state"] == "running"


def test_a_process_of_a_file_can_be_changed_by_its_name_and_takes_the_whole_file_along(sqlite: Database) -> None:
    kit = trading(sqlite)
    xml = drawing(__file__, TRADE).xml.replace(b'<userTask id="pack"', b'<userTask id="pack" name="Pack it"')
    draft = drafts.save(kit.engine, "mara", "bpmn", "seller", xml)

    drafts.submit(kit.engine, "mara", draft.id)
    made = drafts.deploy(kit.engine, "boss", draft.id).versions

    assert sorted((one.key, one.version, one.file) for one in made) == [
        ("buyer", 2, "bpmn/seller.bpmn"),
        ("seller", 2, "bpmn/seller.bpmn"),
    ]


def test_the_model_of_a_drawing_is_that_of_the_process_its_file_is_named_after():
    xml = drawing(__file__, TRADE).xml

    assert model(read(xml, "bpmn/seller.bpmn")).process_id == "seller"
    assert model(read(xml, "anything.bpmn")).process_id == "buyer"


def test_a_process_that_hears_of_an_order_while_none_waits_is_started_each_time(sqlite: Database) -> None:
    kit = trading(sqlite)
    kit.start("buyer", "order:1", item="lamp")
    kit.start("buyer", "order:1", item="desk")

    assert len(runs_of(kit, "seller")) == 2
    assert instances.view(kit.engine, runs_of(kit, "seller")[0].instance_id).row.names == {"en": "Seller"}
