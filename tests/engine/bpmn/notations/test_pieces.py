"""Cutting a text where its expressions begin and end."""

from time import process_time

from engine.bpmn.notations.expressions import pieces


def test_a_brace_in_quotes_closes_nothing():
    assert pieces("a ${b = '}'} c") == [(False, "a "), (True, "b = '}'"), (False, " c")]


def test_quotes_that_never_close_take_no_longer_than_they_are_many():
    began = process_time()
    text = "${'" + "\\'" * 20_000
    assert pieces(text) == [(False, text)]
    assert process_time() - began < 5
