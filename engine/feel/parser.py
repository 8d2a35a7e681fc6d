"""The grammar of FEEL (DMN 10.3.1.2): text to syntax tree."""

from collections.abc import Callable, Collection
from decimal import Decimal
from typing import NamedTuple

from engine.feel.nodes import (
    And,
    Arithmetic,
    Between,
    Compare,
    Const,
    For,
    If,
    In,
    InstanceOf,
    Iteration,
    Negate,
    Node,
    Or,
    Quantified,
    Test,
    children,
)
from engine.feel.primaries import TEST_OPERATORS, Primaries
from engine.feel.problems import FeelSyntaxError, Reason

MAX_NODES = 20_000
MAX_DEPTH = 120
"""Depth of the tree, which is the depth of the calls that evaluate it."""


class Parsed(NamedTuple):
    """Trees of one text and the free names they use. ``negated``: unary tests inside ``not(...)``."""

    nodes: tuple[Node, ...]
    names: frozenset[str]
    negated: bool = False


class Parser(Primaries):
    """Operators and the words for, if, some, every."""

    def expression(self) -> Node:
        """Any expression."""
        with self.nested():
            if self.at("for", "if", "some", "every") and not self._starts_longer_name():
                return self._worded()
            return self._or()

    def _worded(self) -> Node:
        word = self.expect("for", "if", "some", "every")
        if word == "if":
            condition = self.expression()
            self.expect("then")
            then = self.expression()
            self.expect("else")
            return If(condition, then, self.expression())
        with self.scope() as names:
            iterations = [self._iteration()]
            names.add(iterations[0].name)
            while self.accept(","):
                iterations.append(self._iteration())
                names.add(iterations[-1].name)
            if word == "for":
                names.add("partial")
                self.expect("return")
                return For(tuple(iterations), self.expression())
            self.expect("satisfies")
            return Quantified(word == "every", tuple(iterations), self.expression())

    def _iteration(self) -> Iteration:
        name = self.member()
        self.expect("in")
        domain = self.expression()
        return Iteration(name, domain, self.expression() if self.accept("..") else None)

    def _or(self) -> Node:
        terms = self._series(self._and, "or")
        return terms[0] if len(terms) == 1 else Or(terms)

    def _and(self) -> Node:
        terms = self._series(self._comparison, "and")
        return terms[0] if len(terms) == 1 else And(terms)

    def _series(self, part: Callable[[], Node], word: str) -> tuple[Node, ...]:
        terms = [part()]
        while self.accept(word):
            terms.append(part())
        return tuple(terms)

    def _comparison(self) -> Node:
        left = self.additive()
        while True:
            if op := self.accept(*TEST_OPERATORS):
                left = Compare(op, left, self.additive())
            elif self.accept("between"):
                low = self.additive()
                self.expect("and")
                left = Between(left, low, self.additive())
            elif self.accept("in"):
                left = In(left, self._in_tests())
            else:
                return left

    def _in_tests(self) -> tuple[Node, ...]:
        if not self.accept("("):
            return (self._test(self.additive),)
        with self.nested():
            tests = [self._test(self.expression)]
            if self.accept(".."):
                return (self._range_end(tests[0], False),)
            while self.accept(","):
                tests.append(self._test(self.expression))
        self.expect(")")
        return tuple(tests)

    def _test(self, operand: Callable[[], Node]) -> Node:
        op = self.accept(*TEST_OPERATORS)
        return Test(op, self.additive()) if op else operand()

    def additive(self) -> Node:
        """Sums and differences."""
        return self._chain(self._multiplicative, ("+", "-"))

    def _multiplicative(self) -> Node:
        return self._chain(self._power, ("*", "/"))

    def _power(self) -> Node:
        return self._chain(self._unary, ("**",))

    def _chain(self, part: Callable[[], Node], operators: tuple[str, ...]) -> Node:
        first = part()
        ops: list[str] = []
        terms: list[Node] = []
        while op := self.accept(*operators):
            ops.append(op)
            terms.append(part())
        return Arithmetic(first, tuple(ops), tuple(terms)) if ops else first

    def _unary(self) -> Node:
        if not self.accept("-"):
            return self._instance()
        with self.nested():
            operand = self._unary()
        if isinstance(operand, Const) and type(operand.value) is int:
            return Const(-operand.value)
        if isinstance(operand, Const) and isinstance(operand.value, Decimal):
            return Const(operand.value.copy_negate())
        return Negate(operand)

    def _instance(self) -> Node:
        node = self.postfix()
        while self.at("instance") and self.peek().text == "of":
            self.index += 2
            node = InstanceOf(node, self.type_name())
        return node

    def unary_tests(self) -> tuple[Node, ...]:
        """Tests between commas, up to the end of the text."""
        tests = [self._test(self.expression)]
        while self.accept(","):
            tests.append(self._test(self.expression))
        return tuple(tests)

    def finish(self, nodes: tuple[Node, ...], negated: bool = False) -> Parsed:
        """Refuse what is left of the text, and trees too big to evaluate."""
        if self.token.kind != "end":
            self.unexpected(Reason("the end of the expression"))
        for node in nodes:
            self._measure(node)
        return Parsed(nodes, frozenset(self.used), negated)

    def _measure(self, root: Node) -> None:
        count, todo = 0, [(root, 1)]
        while todo:
            node, depth = todo.pop()
            count += 1
            if depth > MAX_DEPTH or count > MAX_NODES:
                raise FeelSyntaxError(self.text, 0, "The expression is too large or nested too deeply")
            todo.extend((child, depth + 1) for child in children(node))


def parse_expression(text: str, names: Collection[str]) -> Parsed:
    """The tree of an expression; raises FeelSyntaxError."""
    parser = Parser(text, names)
    return parser.finish((parser.expression(),))


def parse_unary_tests(text: str, names: Collection[str]) -> Parsed:
    """The trees of unary tests (no tree for ``-``); raises FeelSyntaxError."""
    known = {"?", *names}
    if text.strip() == "-":
        return Parsed((), frozenset())
    parser = Parser(text, known)
    if parser.at("not") and parser.peek().text == "(":
        parser.index += 2
        tests = parser.unary_tests()
        if parser.accept(")") and parser.token.kind == "end":
            return parser.finish(tests, negated=True)
        parser = Parser(text, known)
    return parser.finish(parser.unary_tests())
