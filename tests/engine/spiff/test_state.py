"""The saved state: small, versioned, and indifferent to what variables are called."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal

import msgpack
import pytest

from engine.errors import EngineError
from engine.feel import YearsMonths
from engine.spiff import load_execution, start_execution
from engine.spiff.packing import pack, plain, unpack
from engine.spiff.state import VERSION, dump
from engine.spiff.tokens import Scope
from tests.engine.spiff.player import Player, Surroundings, compiled

VALUES = {
    "nothing": None,
    "yes": True,
    "count": -3,
    "big": -(2**200),
    "money": Decimal("1234567.8900"),
    "tiny": Decimal("1E-20"),
    "text": "价格 ✓",
    "day": date(2026, 2, 28),
    "moment": datetime(2026, 2, 28, 9, 30, 0, 5, tzinfo=UTC),
    "elsewhere": datetime(2026, 2, 28, 9, 30, tzinfo=timezone(timedelta(hours=8))),
    "local": datetime(2026, 2, 28, 9, 30),  # noqa: DTZ001  (FEEL knows moments without a zone)
    "clock": time(9, 30),
    "span": timedelta(days=-2, seconds=3, microseconds=4),
    "months": YearsMonths(-18),
    "list": [1, [2, {"typename": "UUID", "": []}]],
    "context": {"a b": {"c": None}},
}


def test_every_plain_value_survives():
    assert unpack(pack(plain(VALUES))) == VALUES
    assert {name: type(value) for name, value in unpack(pack(VALUES)).items()} == {
        name: type(value) for name, value in VALUES.items()
    }


def test_decimals_keep_their_trailing_zeros():
    assert str(unpack(pack(Decimal("1.500")))) == "1.500"


@pytest.mark.parametrize(
    ("value", "named"),
    [(1.5, "float"), (b"x", "bytes"), ({1, 2}, "set"), (object(), "object"), (Decimal("NaN"), "NaN")],
)
def test_what_is_not_plain_is_refused_with_its_path(value, named):
    with pytest.raises(EngineError, match=rf"'deal\.lines' to be .*{named}"):
        plain({"deal": {"lines": [value]}})


def test_values_nested_without_end_are_refused():
    deep: list = []
    deep.append(deep)
    with pytest.raises(EngineError, match="nested at most 60 deep"):
        plain({"x": deep})


def test_names_that_are_not_text_are_refused():
    with pytest.raises(EngineError, match="names of variables to be texts, but one is 3"):
        plain({"x": {3: 1}})


def test_a_state_of_a_newer_release_is_refused_with_a_remedy():
    player = Player(compiled("tasks")).start()
    content = msgpack.unpackb(player.state, strict_map_key=False)
    content[0] = VERSION + 1
    with pytest.raises(EngineError, match=f"version {VERSION} or older, .* install the release that saved it"):
        load_execution(player.spec, msgpack.packb(content), player.around)


def test_a_state_of_another_process_is_refused():
    player = Player(compiled("tasks")).start()
    with pytest.raises(EngineError, match="it belongs to another"):
        load_execution(compiled("errors"), player.state, player.around)


@pytest.mark.parametrize("bytes_", [b"", b"\xc1", b"\x93\x01", b"hello", b"\x90"])
def test_damaged_bytes_are_refused(bytes_):
    with pytest.raises(EngineError, match="Expected the state of an instance"):
        load_execution(compiled("tasks"), bytes_, Surroundings())


def test_an_ended_instance_can_be_loaded_and_read():
    player = Player(compiled("handover")).start(deal="OPP-1").complete("ask", why="x")
    assert player.execution.ended
    assert player.variables == {"deal": "OPP-1", "why": "x"}


def test_one_spec_serves_many_instances_without_being_changed():
    spec = compiled("event-sub")
    before = [dict(vars(step)) for step in spec.steps]
    for event in ("withdraw", "hint", "withdraw"):
        Player(spec).start().catch(event)
    assert [dict(vars(step)) for step in spec.steps] == before


def test_tokens_keep_their_numbers_over_saving_and_new_ones_are_new():
    player = Player(compiled("rework-loop")).start()
    numbers = {one.place.token for one in player.execution.waiting()}
    assert len(numbers) == 2
    player.complete("legal").complete("finance")
    assert player.token("review") > max(numbers)


def test_the_state_of_a_small_process_is_small():
    player = Player(compiled("tasks")).start()
    assert len(player.state) < 80


def test_a_fresh_execution_has_neither_effects_nor_waits():
    execution = start_execution(compiled("tasks"), Surroundings())
    assert not execution.waiting()
    assert not execution.ended


def test_what_frames_keep_is_saved_and_keeping_nothing_costs_nothing():
    player = Player(compiled("nested-errors")).start()
    plain_size = len(player.state)
    player.execution._flow.kept["note"] = [1, {"day": date(2026, 2, 28)}]
    *_, inner = player.execution._flow.subprocesses.values()
    inner.kept["note"] = "inside"

    state = player.execution.save()
    flow = load_execution(player.spec, state, player.around)._flow

    assert flow.kept == {"note": [1, {"day": date(2026, 2, 28)}]}
    *_, inner = flow.subprocesses.values()
    assert inner.kept == {"note": "inside"}
    flow.kept.clear()
    inner.kept.clear()
    assert len(load_execution(player.spec, state, player.around).save()) == len(state) > plain_size
    assert len(dump(flow)) == plain_size


def test_variables_inside_a_frame_may_begin_further_out_or_be_its_own():
    player = Player(compiled("nested-errors")).start(deal="OPP-1")
    *_, inner = player.execution._flow.subprocesses.values()
    for own, seen in (
        (Scope(inner.scope, {"local": 1}), {"deal": "OPP-1", "local": 1}),
        (Scope(None, {"alone": 2}), {"alone": 2}),
        (Scope(Scope(None, {"alone": 2}), {"local": 3}), {"alone": 2, "local": 3}),
    ):
        inner.scope = own
        loaded = load_execution(player.spec, player.execution.save(), player.around)
        *_, again = loaded._flow.subprocesses.values()
        assert again.scope.view() == seen


def test_a_state_of_the_version_before_goes_on():
    player = Player(compiled("nested-errors")).start(deal="OPP-1")
    content = msgpack.unpackb(player.state, strict_map_key=False)
    assert content[0] == VERSION
    content[0] = 1

    old = load_execution(player.spec, msgpack.packb(content), player.around)

    assert list(old.waiting()) == list(player.execution.waiting())
    assert old.save() == player.state
