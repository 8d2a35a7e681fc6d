"""Complex gateways (BPMN 2.0, 10.5.5 and 13.3.5)."""

import pytest

from engine.bpmn import lint, read
from engine.errors import Stuck
from tests.engine.behaviour.play import drawing, known, play
from tests.engine.bpmn.drafts import chain
from tests.engine.bpmn.drafts import drawing as draft


def warned(one):
    return [(finding.rule, finding.element) for finding in lint(one, known())]


def test_it_starts_when_its_activation_condition_holds_and_takes_the_rest_of_the_round_away():
    player = play(__file__, "complex-two-of-three").start().complete("b")
    assert player.tasks == ["a", "c"]
    assert player.complete("c").tasks == ["a", "after"]
    assert player.complete("a").tasks == ["after"]
    assert player.complete("after").ended
    assert player.passed.count("enough") == 1


def test_it_ends_with_the_process_although_the_rest_of_the_round_comes_last():
    player = play(__file__, "complex-two-of-three").start().complete("a").complete("b").complete("after")
    assert player.ended is None
    assert player.complete("c").ended


def test_the_condition_can_count_the_tokens_of_each_flow():
    player = play(__file__, "complex-by-flow").start().complete("b").complete("c")
    assert player.tasks == ["a"]
    assert player.complete("a").tasks == ["after"]


def test_when_it_resets_it_takes_the_flows_whose_condition_holds_then():
    player = play(__file__, "complex-reset").start().complete("b")
    assert player.tasks == ["a", "c", "go"]
    assert player.complete("a").tasks == ["c", "go"]
    assert player.complete("c").tasks == ["close", "go"]
    assert player.complete("go").complete("close").ended


def test_a_token_of_the_next_round_waits_until_it_has_reset():
    player = play(__file__, "complex-loop").start().complete("a").complete("b").complete("review", more=True)
    assert player.tasks == ["a", "b", "c", "c"]
    player.complete("a").complete("b")
    assert player.tasks == ["c", "c"], "the first round's token on the third flow is still to come"
    player.complete("c")
    assert player.tasks == ["c", "review"]
    assert player.complete("c").complete("review", more=False).ended
    assert player.passed.count("enough") == 2


def test_it_resets_when_no_more_can_come():
    player = play(__file__, "complex-no-more").start().complete("a").complete("b").complete("after")
    assert player.complete("c", leave=True).ended


def test_it_splits_as_an_inclusive_gateway_does():
    assert play(__file__, "complex-split").start(x=True, y=True).tasks == ["a", "b"]
    assert play(__file__, "complex-split").start(x=False, y=False).tasks == ["c"]


def test_without_an_activation_condition_it_waits_as_an_inclusive_gateway_does_and_lint_says_so():
    player = play(__file__, "complex-plain").start(y=True).complete("b")
    assert player.tasks == ["c"]
    assert player.complete("c").tasks == ["after"]
    assert play(__file__, "complex-plain").start(y=False).complete("a").tasks == ["after"]
    assert ("complex-gateway", "join") in warned(drawing(__file__, "complex-plain"))


def test_its_condition_looks_at_the_data_too():
    player = play(__file__, "complex-data").start(needed=2).complete("a")
    assert player.tasks == ["b", "c"]
    assert player.complete("c", needed=1).tasks == ["after", "b"]


def test_a_condition_that_never_holds_is_a_standstill_by_name():
    player = play(__file__, "complex-data").start(needed=3).complete("a").complete("c")
    with pytest.raises(Stuck) as caught:
        player.complete("b")
    assert (caught.value.trouble.code, caught.value.trouble.element) == ("STANDSTILL", "enough")


def test_conditions_that_are_looked_at_twice_are_warned_of():
    assert warned(drawing(__file__, "complex-reset")) == []
    text = drawing(__file__, "complex-reset").xml.decode().replace("not(waitingForStart)", "late")
    assert warned(read(text.encode(), "changed.bpmn")) == [("complex-gateway", "enough_close")]


def test_a_default_flow_is_taken_at_the_reset_too_and_is_warned_of():
    player = play(__file__, "complex-default").start(good=False).complete("a").complete("b")
    assert player.tasks == ["bad", "c"]
    assert player.complete("c").tasks == ["bad", "bad"]
    assert ("complex-gateway", "enough_bad") in warned(drawing(__file__, "complex-default"))


def test_a_complex_gateway_that_its_own_output_feeds_is_warned_of():
    assert warned(drawing(__file__, "complex-loop")) == []
    text = drawing(__file__, "complex-loop").xml.decode().replace('targetRef="round"', 'targetRef="enough"')
    assert ("complex-gateway", "enough") in warned(read(text.encode(), "changed.bpmn"))


@pytest.mark.parametrize(("name", "found"), [("activationCount", []), ("activationCountz", ["variables"])])
def test_the_names_it_gives_are_not_taken_for_each_other_misspelt(name, found):
    gateways = "".join(
        f'<complexGateway id="g{number}"><activationCondition>{text} > 1</activationCondition></complexGateway>'
        for number, text in enumerate(("activationCounts.a", "activationCounts.b", name))
    )
    inside = f'<startEvent id="start"/>{gateways}<endEvent id="end"/>{chain("start", "g0", "g1", "g2", "end")}'
    assert [rule for rule, _ in warned(draft(inside))] == found
