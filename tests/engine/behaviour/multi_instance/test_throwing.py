"""What one run throws reaches the others, and costs nothing where none of them awaits it (BPMN 2.0, 10.4.6)."""

import pytest

from engine.spiff import load_execution
from tests.engine.behaviour.play import play


def telling(*kinds):
    return play(__file__, "telling", "listens-inside").start(kinds=list(kinds), wanted="news")


@pytest.mark.parametrize("kind", ["hear", "wonder", "aside", "call"])
def test_a_signal_reaches_what_awaits_it_in_another_run_however_deep(kind):
    player = telling("ask", kind).complete("ask")

    assert {"told", f"after_{kind}"} <= set(player.tasks)


def test_what_no_run_awaits_leaves_the_others_as_they_are_stored():
    player = telling("write", *["hear"] * 40)
    acting = load_execution(player.spec, player.state, player.around)

    acting.complete(player.token("write"), {})

    assert len(acting._flow.live) < 10
    assert player.complete("write").tasks == ["sent"]
