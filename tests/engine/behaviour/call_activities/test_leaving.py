"""Errors and escalations that climb out of a called process (BPMN 2.0, 10.4.6), and the variables they take along."""

from tests.engine.behaviour.play import play


def test_an_escalation_brings_what_the_mappings_name_while_the_called_process_goes_on():
    player = play(__file__, "leaving", "left").start(found="nothing").complete("try", state="stuck")

    assert player.tasks == ["hurry", "mend"]
    assert player.variables["found"] == "stuck"
    player.complete("mend", state="mended", fails=False)
    assert player.variables["found"] == "mended"


def test_an_error_brings_what_the_mappings_name_out_of_what_it_ends():
    player = play(__file__, "leaving", "left").start().complete("try", state="stuck")

    player.complete("mend", state="worse", fails=True)

    assert player.tasks == ["hurry", "repair"]
    assert player.variables == {"found": "worse"}


def test_an_error_that_somebody_reports_in_the_called_process_brings_them_as_well():
    player = play(__file__, "leaving", "left").start().complete("try", state="stuck").throw("mend", "BROKEN")

    assert player.tasks == ["hurry", "repair"]
    assert player.variables == {"found": "stuck"}


def test_the_run_that_escalates_is_the_one_that_brings_its_variables():
    player = play(__file__, "leaving-runs", "left").start(items=[1, 5, 9])
    token = sorted(one.place.token for one in player.execution.waiting() if one.place.element == "try")[1]

    player.act(lambda execution: execution.complete(token, {}))

    assert player.tasks == ["hurry"]
    assert player.variables["next"] == 6


def test_data_associations_of_the_standard_wait_until_the_called_process_has_completed():
    """10.3.2: data outputs are given when the activity completes."""
    player = play(__file__, "leaving-data", "left").start().complete("try", state="stuck")

    assert player.tasks == ["hurry", "mend"]
    assert player.variables.get("found") is None
    assert player.complete("mend", state="mended", fails=False).variables["found"] == "mended"
