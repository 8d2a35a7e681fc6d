"""Link events: from several sources to one target of the same name, at one level (BPMN 2.0, 10.4.3 and 10.4.5)."""

import pytest

from tests.engine.behaviour.play import play, refusals


@pytest.mark.parametrize("way", ["long", "short"])
def test_each_source_leads_to_the_target_of_its_name(way):
    player = play(__file__, "several-throws").start().complete("ask", way=way)

    if way == "long":
        player.complete("between")

    assert player.tasks == ["after"]
    assert player.complete("after").ended.ends == ("end",)


def test_sub_processes_have_links_of_their_own_even_by_one_name():
    player = play(__file__, "in-sub-processes").start()

    assert player.tasks == ["first"]
    assert player.complete("first").tasks == ["second"]
    assert player.complete("second").ended


def test_a_link_may_lead_back():
    player = play(__file__, "loop").start().complete("work", more=True).complete("work", more=True)

    assert player.tasks == ["work"]
    assert player.complete("work", more=False).ended


@pytest.mark.parametrize("name", ["two-targets", "no-target", "other-level"])
def test_a_source_without_exactly_one_target_beside_it_is_refused(name):
    assert ("links", "there") in refusals(__file__, f"refused-{name}")


def test_a_target_without_a_source_is_refused():
    assert refusals(__file__, "refused-no-source") == [("links", "one")]


def test_ends_on_two_levels_are_refused_once():
    assert refusals(__file__, "refused-other-level") == [("links", "there")]
