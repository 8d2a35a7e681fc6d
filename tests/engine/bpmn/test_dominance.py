"""Which elements every way to another passes, against trying it out: without the one, is the other still reached?"""

from random import Random

import pytest

from engine.bpmn.lint.connected import reached
from engine.bpmn.lint.dominance import Dominance


def without(starts, following, gone):
    kept = {ident: targets - {gone} for ident, targets in following.items()}
    return reached([one for one in starts if one != gone], kept)


@pytest.mark.parametrize("seed", range(200))
def test_an_element_is_passed_before_another_when_that_is_not_reached_without_it(seed):
    random = Random(seed)
    idents = [f"n{number}" for number in range(random.randint(2, 9))]
    following = {ident: set(random.sample(idents, random.randint(0, min(3, len(idents))))) for ident in idents}
    starts = random.sample(idents, random.randint(1, 2))
    dominance, found = Dominance(starts, following), reached(starts, following)

    for ident in idents:
        for before in idents:
            needed = ident in found and before in found and ident not in without(starts, following, before)
            assert dominance.passed(ident, before) == needed
