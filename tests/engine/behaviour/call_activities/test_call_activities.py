"""Calling other processes and global tasks (BPMN 2.0, 10.2.6 call activity, 10.2.7 global task)."""

import pytest
from sqlalchemy import select

from engine import Database, bundles, definitions, instances, verify
from engine.bpmn import model, read
from engine.errors import Rejected, Stuck
from engine.port import CallWanted, TaskOpened
from engine.spiff import compile_bundle
from engine.tables import subscription, user_task
from engine.testing import Kit
from tests.engine.behaviour.play import drawing, play, refusals
from tests.engine.spiff.player import Player


def inside(player, element):
    """The variables that a waiting step sees."""
    return dict(player.execution.variables(player.token(element)))


def files(*names, **changed):
    """The files of these drawings; `changed` gives a new id to the step of one."""
    made = {}
    for name in names:
        step = changed.get(name.replace("-", "_"), "step")
        made[f"bpmn/{name}.bpmn"] = drawing(__file__, name).xml.replace(b'"step"', f'"{step}"'.encode())
    return made


def reasons(kit, found):
    with pytest.raises(Rejected) as refused:
        kit.deploy(found)
    return [(one.rule, one.element, str(one.message)) for one in refused.value.findings if one.severity == "error"]


@pytest.mark.parametrize("name", ["prefixed", "constant"])
def test_a_called_process_may_be_named_with_a_prefix_or_a_constant(name):
    """10.2.6: calledElement is a qualified name."""
    player = play(__file__, name, "called").start(amount=4)

    assert inside(player, "step") == {"amount": 4}
    assert player.complete("step", answer="yes").ended
    assert player.variables == {"amount": 4, "answer": "yes"}


def test_a_called_process_that_only_an_instance_could_name_is_refused_with_a_remedy():
    assert ("calls", "step") in refusals(__file__, "expression-call")


def test_only_what_the_mappings_name_goes_in_and_comes_back():
    player = play(__file__, "mappings", "called").start(amount=4, secret=1, record="order:7")
    assert inside(player, "step") == {"sum": 4, "twice": 8, "business_record": "order:7"}

    player.complete("step", answer="yes", noise=1)

    assert player.variables == {"amount": 4, "secret": 1, "record": "order:7", "result": "yes", "shout": "yes!"}


def test_without_mappings_nothing_goes_in_or_comes_back():
    """10.2.6: a called element has data of its own."""
    player = play(__file__, "plain-call", "called").start(amount=4)
    assert inside(player, "step") == {}

    player.complete("step", answer="yes")

    assert player.variables == {"amount": 4}


def test_local_mappings_take_the_calls_own_variables_and_give_to_them():
    player = play(__file__, "local-mappings", "called").start(amount=4, secret=1)
    assert inside(player, "step") == {"mine": 4}

    player.complete("step", answer=9)

    assert player.variables == {"amount": 4, "secret": 1, "result": 10}


def test_all_that_a_called_process_gives_may_stay_with_the_call():
    player = play(__file__, "local-all", "called").start(amount=4, secret=1)
    assert inside(player, "step") == {"amount": 4, "secret": 1, "mine": 4}

    player.complete("step", answer=9, secret=2)

    assert player.variables == {"amount": 4, "secret": 1, "result": 10}


def test_data_associations_are_the_mappings_of_a_call():
    """10.2.6 and 10.3.2: data is handed to the inputs, and taken from the outputs, of the called element."""
    player = play(__file__, "standard-data", "called").start(amount=4)
    assert inside(player, "step") == {"sum": 5}

    player.complete("step", answer="yes")

    assert player.variables == {"amount": 4, "result": "yes"}


def test_a_process_is_called_once_for_each_item_and_its_answers_are_collected():
    """10.2.8: multi-instance, of a call."""
    player = play(__file__, "each", "called").start(items=["a", "b"])
    tokens = {inside_of(player, one)["item"]: one for one in tokens_at(player, "step")}

    player.act(lambda execution: execution.complete(tokens["b"], {"answer": "B"}))
    player.act(lambda execution: execution.complete(tokens["a"], {"answer": "A"}))

    assert player.ended and player.variables["answers"] == ["A", "B"]


def tokens_at(player, element):
    return [one.place.token for one in player.execution.waiting() if one.place.element == element]


def inside_of(player, token):
    return player.execution.variables(token)


def test_an_error_passes_through_the_calls_between_to_whoever_catches_it():
    """10.4.6: an error goes to the nearest enclosing catching event, over called processes."""
    player = play(__file__, "guarded", "middle", "failing").start().complete("ask")

    assert player.ended.ends == ("mended",)


def test_an_error_that_no_caller_catches_ends_the_whole_instance():
    player = play(__file__, "middle", "failing").start().complete("ask")

    assert player.ended.error == "REFUSED"


def test_a_ring_of_calls_is_refused_when_deployed(sqlite: Database) -> None:
    kit = Kit(sqlite)

    found = reasons(kit, files("round-a", "round-b"))

    assert ("calls", "step") in {(rule, element) for rule, element, _ in found}
    assert "round_a > round_b > round_a" in found[0][2]


def test_calls_that_never_come_to_an_end_are_stopped_with_the_way_they_took():
    """A ring is refused when deployed; what gets past that is bounded."""
    a, b = drawing(__file__, "round-a"), drawing(__file__, "round-b")

    with pytest.raises(Stuck, match="nested at most 60 deep, but 'step' goes deeper.* round_a > round_b"):
        Player(compile_bundle(a, {"round_b": b, "round_a": a})).start()


def step_of(kit, key):
    """The step at which a new instance of a caller waits, inside what it calls."""
    (step,) = kit.start(key).open_tasks()
    return step


def test_the_newest_version_is_called_and_running_instances_keep_theirs(database: Database) -> None:
    """Binding latest: deploying a called process deploys its callers again; an instance never changes its version."""
    kit = Kit(database, files=files("by-latest", "called"))
    old = kit.start("by-latest")

    made = kit.deploy(files("called", called="renewed")).versions

    assert sorted((one.key, one.version) for one in made) == [("by-latest", 2), ("called", 2)]
    assert step_of(kit, "by-latest") == "renewed"
    assert old.open_tasks() == ["step"]
    old.complete("step")
    assert old.ended_at("end")


def test_a_numbered_version_is_called_whatever_is_deployed_later(database: Database) -> None:
    """Binding version."""
    kit = Kit(database, files=files("by-version", "called"))

    made = kit.deploy(files("called", called="renewed")).versions

    assert [(one.key, one.version) for one in made] == [("called", 2)]
    assert step_of(kit, "by-version") == "step"


def test_a_tagged_version_is_called_until_another_carries_the_tag(sqlite: Database) -> None:
    """Binding versionTag: the newest version with that tag."""
    kit = Kit(sqlite, files=files("by-tag", "called"))
    untagged = {name: xml.replace(b'"first"', b'"second"') for name, xml in files("called", called="renewed").items()}

    kit.deploy(untagged)
    assert step_of(kit, "by-tag") == "step"

    kit.deploy(files("called", called="again"))
    assert step_of(kit, "by-tag") == "again"


def test_the_version_of_the_same_deployment_is_called_until_the_caller_is_deployed_again(sqlite: Database) -> None:
    """Binding deployment."""
    kit = Kit(sqlite, files=files("by-deployment", "called"))

    kit.deploy(files("called", called="renewed"))
    assert step_of(kit, "by-deployment") == "step"

    kit.deploy(files("by-deployment", "called", called="renewed"))
    assert step_of(kit, "by-deployment") == "renewed"


@pytest.mark.parametrize(
    ("name", "kind"),
    [("by-version", "version 7"), ("by-tag", "version tag unheard")],
)
def test_a_version_that_is_not_there_is_refused_by_name(sqlite: Database, name: str, kind: str) -> None:
    kit = Kit(sqlite, files=files("called"))
    wanted = {
        file: xml.replace(b'Version="1"', b'Version="7"').replace(b'Tag="first"', b'Tag="unheard"')
        for file, xml in files(name).items()
    }

    (found,) = reasons(kit, wanted)

    assert found[:2] == ("calls", "step") and kind in found[2]
    assert [str(one.message) for one in definitions.check(kit.engine, wanted)] == [found[2]]


def test_a_version_given_by_an_expression_is_refused_by_name():
    assert ("calls", "step") in refusals(__file__, "faulty-binding")


def test_two_calls_of_different_versions_in_one_drawing_are_refused():
    assert ("calls", "two") in refusals(__file__, "two-versions")


def test_two_versions_of_one_process_under_one_caller_are_refused(sqlite: Database) -> None:
    kit = Kit(sqlite, files=files("by-version", "called"))
    kit.deploy(files("called", called="renewed"))

    (found,) = reasons(kit, files("both-ways"))

    assert found[:2] == ("calls", "called") and "one version of called" in found[2]
    with kit.database.read() as connection:
        assert bundles.latest(connection, "both-ways") is None


def test_a_called_global_task_is_done_as_that_task():
    """10.2.7: a global task is a reusable task; its call is performed like the task itself."""
    player = play(__file__, "global-tasks", handlers=["judge"]).start(hint="how much?")
    assert inside(player, "ask")["shown"] == "how much?"

    player.complete("ask", answer=4)
    assert player.variables["amount"] == 4
    assert [type(one) for one in waiting_at(player, "compute")] == [CallWanted]
    player.complete("compute").complete("judge").complete("pack").complete("pack")
    assert [type(one) for one in waiting_at(player, "look")] == [TaskOpened]
    player.complete("look").complete("ask_again")

    assert player.ended and player.passed.count("pack") == 3  # two runs, and the whole


def waiting_at(player, element):
    return [one for one in player.execution.waiting() if one.place.element == element]


def test_a_called_global_task_keeps_what_it_says_of_itself():
    elements = model(drawing(__file__, "global-tasks")).elements

    assert [elements[one].kind for one in ("ask", "compute", "judge", "pack", "look")] == [
        "userTask",
        "scriptTask",
        "businessRuleTask",
        "manualTask",
        "task",
    ]
    assert elements["ask"].name == "Ask for the amount" and elements["ask_again"].name == "Ask"
    assert elements["ask_again"].attributes["candidateUsers"] == "rep"
    assert elements["judge"].handler == "judge" and elements["pack"].multi_instance == "parallel"


def test_a_called_process_about_another_record_is_found_by_that_record(sqlite: Database) -> None:
    """The business key of a call."""
    kit = Kit(sqlite, files=files("mappings", "called"))
    run = kit.start("mappings", "order:1", amount=4, record="order:7")

    waiting = instances.view(kit.engine, run.instance_id).waiting

    assert [one.place.element for one in waiting if isinstance(one, TaskOpened)] == ["step"]
    with kit.database.read() as connection:
        assert connection.execute(select(user_task.c.business_key)).scalars().all() == ["order:7"]


@pytest.mark.parametrize(("record", "key"), [(7, "7"), (False, "order:1"), (None, "order:1")])
def test_the_record_of_a_call_is_a_text_for_all_that_waits_in_it(sqlite: Database, record: object, key: str) -> None:
    """The business key of a call: a number is one as well, and what is none leaves the caller's."""
    kit = Kit(sqlite, files=files("mappings", "called"))

    kit.start("mappings", "order:1", amount=4, record=record)

    with kit.database.read() as connection:
        assert connection.execute(select(user_task.c.business_key)).scalars().all() == [key]
        assert set(connection.execute(select(subscription.c.business_key)).scalars()) == {key, "order:1"}
        assert verify.check(kit.engine, connection) == []


def test_calls_of_a_huge_global_task_do_not_multiply_it() -> None:
    text = drawing(__file__, "global-tasks").xml.decode()
    huge = text.replace('<rendering id="rend"/>', "<rendering/>" * 60_000)

    elements = model(read(huge.encode(), "global-tasks.bpmn")).elements

    assert (elements["ask"].kind, elements["ask_again"].kind) == ("userTask", "callActivity")
