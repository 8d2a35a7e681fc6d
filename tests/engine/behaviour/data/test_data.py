"""Data in a drawing (BPMN 2.0, 10.3): what moves between data objects and steps, and how long it lives."""

from datetime import UTC, datetime

from engine.bpmn import lint, normalise, read
from engine.port import EventThrown
from tests.engine.behaviour.play import drawing, known, play, refusals


def inside(player, element):
    """The variables that a waiting step sees."""
    return player.execution.variables(player.token(element))


def test_a_step_gets_its_inputs_from_data_objects_transformations_and_assignments():
    """10.3.2: a data input is a copy of its source, of what a transformation makes of it, or is assigned."""
    player = play(__file__, "associations").start(amount=4, rate=1, order={"item": "lamp"})

    seen = inside(player, "fill")

    assert (seen["draft"], seen["twice"], seen["sum"], seen["fixed"]) == ({"item": "lamp"}, 8, 5, "text")


def test_the_inputs_of_a_step_end_with_it():
    player = play(__file__, "associations").start(amount=4, rate=1, order={"item": "lamp"})

    player.complete("fill", draft={"item": "changed"}, result={"item": "desk"})

    assert not {"draft", "twice", "sum", "fixed"} & player.variables.keys()


def test_the_outputs_of_a_step_reach_data_objects_in_the_same_ways():
    player = play(__file__, "associations").start(amount=4, rate=1, order={"item": "lamp"})

    player.complete("fill", result={"item": "desk"}, remark="soon")

    seen = inside(player, "look")
    assert (seen["order"], seen["Short_note"], seen["total"]) == ({"item": "desk"}, "SOON", 50)
    assert "result" not in seen and "remark" not in seen


def test_an_output_that_a_step_has_not_given_leaves_its_data_object_as_it_is():
    """10.3.2: only what is available is copied."""
    player = play(__file__, "associations").start(amount=4, rate=1, order={"item": "lamp"})

    player.complete("fill", remark="soon")

    assert inside(player, "look")["order"] == {"item": "lamp"}


def same_names(**answers):
    """The order after three steps with an output of its name, each of which gives what is said, or nothing."""
    player = play(__file__, "same-names", "noting").start(order="first")
    for step in ("write", "change", "note"):
        player.complete(step, **({"order": answers[step]} if step in answers else {}))
    return inside(player, "look")


def test_an_output_called_like_its_data_object_is_written_when_it_is_given():
    """10.3.2: in a task, in one that has a copy as input, and in a call."""
    assert same_names() == {"order": "first"}
    assert same_names(write="second") == {"order": "second"}
    assert same_names(write="second", change="third") == {"order": "third"}
    assert same_names(change="third", note="fourth") == {"order": "fourth"}


def test_two_references_in_two_states_are_one_data_object():
    """10.3.1: a reference shows the object in a state; there is one value."""
    player = play(__file__, "associations").start(amount=1, rate=1, order="new")
    player.complete("fill", result="paid")

    assert player.variables["order"] == "paid"
    assert not [name for name in player.variables if name.startswith("order_")]


def test_data_of_a_sub_process_is_empty_when_it_begins_and_gone_when_it_ends():
    """10.3.1: a data object lives and ends with the process or sub-process that contains it."""
    player = play(__file__, "local-data").start(order="outer", count=1)
    assert inside(player, "first")["order"] is None and inside(player, "first")["count"] is None

    player.complete("first", order="inner", count=7)
    player.complete("second").complete("third")

    assert player.variables["order"] == "outer" and player.variables["count"] == 1


def test_data_of_a_sub_process_is_seen_and_written_by_the_sub_processes_in_it():
    """10.3.1: visible to all that the sub-process contains."""
    player = play(__file__, "local-data").start(order="outer")
    player.complete("first", order="inner")
    assert inside(player, "second")["order"] == "inner"

    player.complete("second", order="nested")

    assert inside(player, "third")["order"] == "nested"


def test_data_of_a_sub_process_is_not_seen_beside_it():
    player = play(__file__, "local-data").start(order="outer")

    player.complete("first", order="inner")

    assert inside(player, "beside")["order"] == "outer"


def test_what_a_sub_process_does_not_declare_is_seen_outside_at_once():
    player = play(__file__, "local-data").start()

    player.complete("first", order="inner", customer="C-1")

    assert inside(player, "beside")["customer"] == "C-1"


def test_each_run_of_a_sub_process_has_its_own_data_and_calls_take_it_along():
    """10.2.8 and 10.3.1."""
    player = play(__file__, "local-data-of-runs", "noting").start(items=["a", "b"], note="outer")
    for item in ("a", "b"):
        token = run_of(player, "write", item)
        player.act(lambda execution, token=token, item=item: execution.complete(token, {"note": f"of {item}"}))
    assert sorted(inside_of(player, one)["text"] for one in asked(player, "note")) == ["of a", "of b"]

    token = run_of(player, "note", "b")
    player.act(lambda execution: execution.complete(token, {"answer": "changed"}))

    assert inside(player, "read")["note"] == "changed"
    assert player.variables == {"items": ["a", "b"], "note": "outer"}


def run_of(player, element, item):
    return next(one.place.token for one in asked(player, element) if inside_of(player, one)["item"] == item)


def inside_of(player, waiting):
    return player.execution.variables(waiting.place.token)


def test_each_run_of_an_event_sub_process_has_its_own_data():
    """10.2.5 and 10.3.1."""
    player = play(__file__, "local-data-again").start(order="outer")
    player.catch("again", order="one")
    first = player.token("ask")
    assert player.execution.variables(first)["order"] is None

    player.act(lambda execution: execution.set_variables({"order": "mine"}, first) or ())
    player.catch("again")

    orders = [player.execution.variables(one.place.token)["order"] for one in asked(player, "ask")]
    assert sorted(orders, key=str) == [None, "mine"]


def asked(player, element):
    return [one for one in player.execution.waiting() if one.place.element == element]


def test_a_property_of_a_step_lives_only_while_the_step_runs():
    """10.3.1: properties belong to one activity and nobody else sees them."""
    player = play(__file__, "task-property").start(scratch="outer")
    assert inside(player, "ask")["scratch"] is None

    player.complete("ask", scratch="inner", kept=1)

    assert inside(player, "look") == {"scratch": "outer", "kept": 1}


def test_a_multi_instance_step_runs_over_the_collection_behind_its_data_input():
    """10.2.8: loopDataInputRef names a data input, which a data association fills."""
    player = play(__file__, "collections").start(orders=[{"n": 1}, {"n": 2}, {"n": 3}])

    seen = [player.execution.variables(one.place.token)["order"]["n"] for one in asked(player, "each")]

    assert sorted(seen) == [1, 2, 3]


def test_the_results_of_a_multi_instance_step_reach_the_data_object_behind_its_data_output():
    """10.2.8: loopDataOutputRef collects outputDataItem, in the order of the items."""
    player = play(__file__, "collections").start(orders=[10, 20])
    for one in sorted(asked(player, "each"), key=lambda one: -one.place.token):
        order = player.execution.variables(one.place.token)["order"]
        player.act(lambda execution, one=one, order=order: execution.complete(one.place.token, {"total": order + 1}))

    assert inside(player, "look")["totals"] == [11, 21]


def test_a_called_process_gets_the_item_of_its_run_and_its_answer_is_collected():
    """10.2.6 and 10.2.8: the data items of a multi-instance call, moved by data associations alone."""
    player = play(__file__, "items", "noting").start(orders=["lamp", "desk"])
    assert sorted(inside_of(player, one)["order"] for one in asked(player, "note")) == ["desk", "lamp"]

    for order in ("desk", "lamp"):
        token = next(one.place.token for one in asked(player, "note") if inside_of(player, one)["order"] == order)
        player.act(lambda execution, token=token, order=order: execution.complete(token, {"answer": f"a {order}"}))

    assert player.ended and player.variables == {"orders": ["lamp", "desk"], "answers": ["a lamp", "a desk"]}


def test_a_variable_that_is_missing_and_called_like_a_function_is_null():
    player = play(__file__, "messages").start(offer=None)
    (thrown,) = [one for one in player.seen if isinstance(one, EventThrown)]
    assert thrown.payload == {"about": None, "pieces": None}

    counted = play(__file__, "counted").start()
    assert inside(counted, "ask") == {"number": None}


def test_a_start_event_hands_its_message_on_to_a_data_object():
    """10.3.2 and 10.4: the data output of a catching event is what its message brings."""
    player = play(__file__, "events").start("order", number=7)

    assert player.variables["order_number"] == 7


def test_a_catching_event_transforms_what_it_hands_on():
    player = play(__file__, "events").start("order", number=7).catch("paid", amount=3)

    assert player.variables["money"] == 300
    assert "amount" not in player.variables


def test_a_boundary_event_assigns_what_it_brings_each_time_it_happens():
    player = play(__file__, "events").start("order", number=7).catch("paid", amount=3)

    player.catch("more", amount=5).catch("more", amount=6)

    assert player.variables["money"] == 311


def test_a_throwing_event_sends_its_data_inputs():
    """10.3.2: the data inputs of a throwing event are what it sends."""
    player = play(__file__, "events").start("order", number=7).catch("paid", amount=3).complete("ask")

    (thrown,) = [one for one in player.seen if isinstance(one, EventThrown)]
    assert (thrown.name, thrown.payload) == ("done", {"paid": 300})


def test_data_objects_begin_with_the_values_that_a_drawing_gives_them():
    """10.3.1; the value is an extension of Flowable, Activiti and Camunda."""
    player = play(__file__, "first-values").start(amount=9)
    assert inside(player, "ask")["title"] == "Inside"

    seen = inside(player.complete("ask", title="changed inside"), "look")

    assert (seen["title"], seen["amount"], seen["open"]) == ("Hello", 9, True)
    assert seen["since"] == datetime(2026, 3, 1, 8, tzinfo=UTC)


def test_a_send_task_sends_its_data_inputs():
    """10.3.2 and 10.2.3."""
    player = play(__file__, "messages").start(offer=4)

    (thrown,) = [one for one in player.seen if isinstance(one, EventThrown)]
    assert (thrown.name, thrown.payload) == ("asked", {"about": 4, "pieces": None})


def test_a_receive_task_hands_its_message_on_once_also_behind_an_event_gateway():
    player = play(__file__, "messages").start(offer=4).catch("hear", answer=5)
    assert player.variables == {"offer": 6}

    player.catch("hear_again", answer=7)

    assert player.ended and player.variables == {"offer": 70}


def test_data_that_only_shows_what_a_step_works_with_changes_no_run():
    """10.3.1: data stores, references without variables behind them, states, item definitions, imports."""
    player = play(__file__, "descriptive").start(customers=["C-1"])

    assert inside(player, "ask") == {"customers": ["C-1"]}
    assert player.complete("ask").variables == {"customers": ["C-1"]}


def test_data_is_still_drawn_in_what_runs():
    one = drawing(__file__, "descriptive")

    expanded = normalise(one, known(one))

    shown = {node.get("id") for node in expanded.root.iter("{urn:salesflow:shown}*")}
    assert {"shown_object", "store", "a1", "a2", "a3"} <= shown


def test_a_first_value_that_no_start_event_could_give_is_refused():
    text = drawing(__file__, "first-values").xml.decode().replace('<startEvent id="in"/>', "")
    one = read(text.replace('<sequenceFlow id="i1" sourceRef="in" targetRef="ask"/>', "").encode(), "first-values.bpmn")

    errors = [finding.element for finding in lint(one, known(one)) if finding.severity == "error"]

    assert errors == ["d5"]


def test_data_that_cannot_move_is_refused_by_name():
    assert refusals(__file__, "faulty") == [
        ("data", "a1"),
        ("data", "a2"),
        ("expressions", "no_feel"),
        ("data", "a4"),
    ]


def test_associations_stand_beside_each_other():
    player = play(__file__, "beside").start(first="a", second="b")

    seen = inside(player, "swap")

    assert (seen["first"], seen["second"]) == ("b", "a")


def test_items_of_runs_are_variables_like_all_other_data_and_may_replace_their_collection():
    """10.2.8: what no variable can have in its name becomes an underscore."""
    player = play(__file__, "spaced-items").start(order_lines=["lamp", "desk"])
    assert inside(player, "rate")["one_line"] == "lamp"

    player.complete("rate", rated_line=1).complete("rate", rated_line=2)

    assert player.ended and player.variables == {"order_lines": [1, 2]}
