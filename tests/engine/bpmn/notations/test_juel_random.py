"""Random JUEL expressions: the FEEL that they become has the value that JUEL's own rules give (JSR 341, chapter 1).

`Judge` works out the value of an expression as it is made, by those rules and without any tree of ours: what is
missing is false in a condition, and unequal to and in no order with everything but itself.
"""

import random
from decimal import Decimal

import pytest

from engine.bpmn.notations.expressions import is_feel
from engine.bpmn.notations.juel import NotJuel
from engine.bpmn.notations.juel_feel import to_feel
from engine.bpmn.notations.juel_text import Unsayable
from engine.feel import compile_expression

NUMBERS = {"n": Decimal(7), "m": Decimal(-3), "z": Decimal(0)}
FLAGS = {"yes": True, "no": False}
TEXTS = {"s": "Ada", "t": ""}
LISTS = {"xs": [Decimal(4), Decimal(5)], "none": []}
MISSING = ("gone", "lost")
GIVEN = {**NUMBERS, **FLAGS, **TEXTS, **LISTS}
ROUNDS = 300


class Judge:
    """Makes expressions: each a text and its value."""

    def __init__(self, seed):
        self.random = random.Random(seed)

    def number(self, depth):
        kind = self.random.choice(["literal", "name", "name", "sum", "product", "modulo", "choice", "item", "size"])
        if depth == 0 or kind == "literal":
            value = self.random.randrange(10)
            return str(value), Decimal(value)
        if kind == "name":
            name = self.random.choice(list(NUMBERS))
            return name, NUMBERS[name]
        if kind == "item":
            at = self.random.randrange(2)
            return f"xs[{at}]", LISTS["xs"][at]
        if kind == "size":
            name = self.random.choice(list(LISTS))
            return f"{name}.size()", Decimal(len(LISTS[name]))
        if kind == "choice":
            return self.choice(self.number, depth)
        (left, a), (right, b) = self.number(depth - 1), self.number(depth - 1)
        if kind == "modulo":
            divisor = self.random.randrange(1, 5)
            return f"({left}) % {divisor}", a % divisor  # Decimal's remainder has the dividend's sign, as Java's
        if kind == "product":
            return f"({left}) * ({right})", a * b
        op = self.random.choice("+-")
        return f"({left}) {op} ({right})", a + b if op == "+" else a - b

    def choice(self, make, depth):
        condition, holds = self.flag(depth - 1)
        (then, a), (otherwise, b) = make(depth - 1), make(depth - 1)
        return f"(({condition}) ? ({then}) : ({otherwise}))", a if holds else b

    def flag(self, depth):
        kind = self.random.choice(["name", "compare", "missing", "and", "or", "not", "empty", "null", "choice", "same"])
        if depth == 0 or kind == "name":
            name = self.random.choice([*FLAGS, *MISSING])
            return name, FLAGS.get(name, False)
        if kind == "compare":
            (left, a), (right, b) = self.number(depth - 1), self.number(depth - 1)
            sign, word, holds = self.random.choice(
                [
                    ("==", "eq", a == b),
                    ("!=", "ne", a != b),
                    ("<", "lt", a < b),
                    (">", "gt", a > b),
                    ("<=", "le", a <= b),
                    (">=", "ge", a >= b),
                ]
            )
            return f"({left}) {self.random.choice([sign, word])} ({right})", holds
        if kind == "missing":
            sign = self.random.choice(["==", "!=", "<", ">", "<=", ">="])
            return f"{self.random.choice(MISSING)} {sign} {self.random.randrange(5)}", sign == "!="
        if kind == "empty":
            name = self.random.choice([*GIVEN, *MISSING])
            return f"empty {name}", GIVEN.get(name) in (None, "", [])
        if kind == "null":
            name, sign = self.random.choice([*GIVEN, *MISSING]), self.random.choice(["==", "!="])
            return f"{name} {sign} null", (name in MISSING) == (sign == "==")
        if kind == "choice":
            return self.choice(self.flag, depth)
        return self.combined(kind, depth)

    def combined(self, kind, depth):
        left, a = self.flag(depth - 1)
        if kind == "not":
            return f"{self.random.choice(['!', 'not '])}({left})", not a
        right, b = self.flag(depth - 1)
        if kind == "same":
            return f"((({left}) && true) == (({right}) || false))", a == b
        sign, word, holds = ("&&", "and", a and b) if kind == "and" else ("||", "or", a or b)
        return f"({left}) {self.random.choice([sign, word])} ({right})", holds


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_condition_holds_in_feel_when_it_holds_in_juel(seed):
    text, holds = Judge(seed).flag(4)

    assert (compile_expression(to_feel(text).text)(GIVEN) is True) is holds, text


@pytest.mark.parametrize("seed", range(ROUNDS))
def test_a_number_in_feel_is_that_in_juel(seed):
    text, value = Judge(seed).number(4)

    assert compile_expression(to_feel(text).text)(GIVEN) == value, text


WORDS = (
    "a b.c xs[0] 'x' \"y\" 1 2.5 .5 null true date time count for item not empty and or eq ( ) [ ] ? : , . ! "
    "- + * / % == < >= && || execution task x.y() size() now() $v é"
).split()


@pytest.mark.parametrize("seed", range(20))
def test_whatever_is_written_is_feel_or_refused(seed):
    words = random.Random(seed)
    for _ in range(400):
        text = " ".join(words.choices(WORDS, k=words.randrange(1, 9)))
        try:
            written = to_feel(text).text
        except (NotJuel, Unsayable):
            continue
        assert is_feel(written), (text, written)
