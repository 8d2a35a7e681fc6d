"""What conditions give: true, false or null, and nothing else (BPMN 2.0, 8.3.6 and 10.5.2; DMN 1.3, 10.3.2).

The standard wants a condition to be true or false and leaves the language to the tool. JUEL would take some texts for
truth values, but the engines that read conditions in it refuse any value that is none; so it is here.
"""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from engine.errors import Stuck
from tests.engine.behaviour.play import play

NO_TRUTH = [
    ("yes", 'gave "yes"'),
    ("", 'gave ""'),
    ("true", 'gave "true"'),
    (1, "gave 1"),
    (Decimal("0.5"), "gave 0.5"),
    ([True], "gave a list"),
    ({"yes": True}, "gave a context"),
    (date(2026, 5, 1), "gave a date"),
    (timedelta(days=1), "gave a duration"),
]


@pytest.mark.parametrize(("value", "words"), NO_TRUTH)
@pytest.mark.parametrize("name", ["choice", "juel-choice"])
def test_a_flow_whose_condition_gives_no_truth_value_is_told_with_what_it_gave(name, value, words):
    player = play(__file__, name).start()

    with pytest.raises(Stuck, match="Expected true or false from .* at 'which_accepted'") as told:
        player.complete("ask", answer=value)

    assert words in str(told.value) and told.value.trouble.code == "CONDITION"


@pytest.mark.parametrize(("value", "way"), [(True, "accepted"), (False, "rejected"), (None, "rejected")])
@pytest.mark.parametrize("name", ["choice", "juel-choice"])
def test_null_counts_as_false(name, value, way):
    assert play(__file__, name).start().complete("ask", answer=value).tasks == [way]


def test_a_missing_variable_is_null_also_where_it_bears_the_name_of_a_function():
    assert play(__file__, "choice").start().complete("ask").tasks == ["rejected"]


@pytest.mark.parametrize(("value", "words"), NO_TRUTH)
def test_a_condition_that_is_waited_for_and_gives_no_truth_value_is_told_with_its_event(value, words):
    player = play(__file__, "watched").start()

    with pytest.raises(Stuck, match="Expected true or false from 'answer' at 'enough'") as told:
        player.complete("ask", answer=value)

    assert words in str(told.value)
