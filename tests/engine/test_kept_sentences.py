"""Sentences survive being stored, so that each reader can be told in his or her own language."""

from decimal import Decimal

from engine import plain
from engine.errors import Sentence
from engine.kept_sentences import kept, restored, told, values_text


def test_a_sentence_comes_back_with_its_values_and_the_sentences_in_them() -> None:
    cause = Sentence("Expected %(what)s.", what=Sentence("a number up to %(most)s", most=Decimal("1.5")))
    whole = Sentence("Step %(step)s cannot go on: %(reason)s", step="Rate", reason=cause)

    again = restored(whole.template, values_text(whole))

    assert str(again) == "Step Rate cannot go on: Expected a number up to 1.5."
    assert isinstance(again.values["reason"], Sentence)
    assert again.values["reason"].template == "Expected %(what)s."


def test_a_sentence_without_values_comes_back() -> None:
    assert restored("Done.", values_text(Sentence("Done."))) == Sentence("Done.")


def test_values_that_look_like_a_kept_sentence_stay_values() -> None:
    tricky = Sentence("%(x)s", x={"template": "y", "values": {}, "sentences": {}})

    assert restored(tricky.template, values_text(tricky)).values == tricky.values


def test_a_sentence_in_the_history_comes_back_and_a_text_from_before_stays_one() -> None:
    reason = Sentence("A %(kind)s is no date.", kind=Sentence("number"))

    again = told(plain.read(plain.write(kept(reason))))

    assert again == reason and isinstance(again, Sentence) and isinstance(again.values["kind"], Sentence)
    assert told("Division by zero.") == "Division by zero."
