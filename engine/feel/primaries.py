"""The grammar's innermost part: literals, names, brackets, calls, paths and filters."""

from decimal import Decimal

from engine.feel import registry
from engine.feel.arithmetic import parse_number
from engine.feel.cursor import Cursor
from engine.feel.nodes import (
    Call,
    Const,
    ContextOf,
    External,
    Filter,
    FunctionOf,
    ListOf,
    Name,
    Node,
    Parameter,
    Path,
    RangeOf,
    Test,
    TypeName,
)
from engine.feel.problems import FeelSyntaxError, Reason
from engine.feel.temporal import read_temporal
from engine.feel.tokens import Token

TEST_OPERATORS = ("<", "<=", ">", ">=", "=", "!=")
_CLOSERS = (
    ")",
    "]",
    "}",
    ",",
    ".",
    "..",
    "and",
    "or",
    "then",
    "else",
    "return",
    "satisfies",
    "=",
    "!=",
    "in",
)


class Primaries(Cursor):
    """Everything that binds tighter than an operator."""

    def additive(self) -> Node:
        """Sums and what binds tighter."""
        raise AssertionError("the grammar defines additive()")

    def postfix(self) -> Node:
        """A primary with its paths, filters and calls."""
        node = self.primary()
        while True:
            if self.at("."):
                self.index += 1
                node = Path(node, self.member())
            elif self.at("[") and not self._closes_range():
                node = self._filter(node)
            elif self.at("("):
                node = self._call(node, "")
            else:
                return node

    def _closes_range(self) -> bool:
        # "[1..5[": a bracket before something that cannot begin a filter closes a range from outside.
        following = self.peek()
        return following.kind == "end" or (following.kind != "string" and following.text in _CLOSERS)

    def _filter(self, base: Node) -> Node:
        self.expect("[")
        with self.nested(), self.filtered():
            condition = self.expression()
        self.expect("]")
        return Filter(base, condition)

    def _call(self, callee: Node, builtin: str) -> Node:
        self.expect("(")
        names: list[str] = []
        arguments: list[Node] = []
        with self.nested():
            for _ in self.separated(")"):
                if self.key_length():
                    names.append(self.key())
                elif names:
                    self.unexpected(Reason("a named argument like the ones before"))
                arguments.append(self.expression())
        if names and len(names) < len(arguments):
            self.unexpected(Reason("arguments either all with a name or all without"))
        return Call(callee, tuple(names), tuple(arguments), builtin)

    def primary(self) -> Node:
        """A literal, a name, a bracket or a boxed value."""
        token = self.token
        if token.kind == "number":
            return self._number(token)
        if token.kind == "string":
            self.index += 1
            return Const(token.text)
        if token.kind == "at":
            return self._temporal(token)
        if token.kind == "name":
            return self._word(token)
        opener = {"(": self._parenthesis, "[": self._bracket, "]": self._outside, "{": self._context}
        if token.kind == "op" and token.text in opener:
            with self.nested():
                return opener[token.text]()
        self.unexpected(Reason("a value"))

    def _number(self, token: Token) -> Node:
        known, size = self._longest(self._known)
        if size > 1:
            self.index += size
            self.used.add(known)
            return Name(known)
        self.index += 1
        value = parse_number(token.text)
        if value is None:
            raise FeelSyntaxError(self.text, token.position, "The number is out of range")
        return Const(value)

    def _temporal(self, token: Token) -> Node:
        self.index += 1
        value = read_temporal(token.text)
        if value is None:
            raise FeelSyntaxError(
                self.text,
                token.position,
                '@"%(literal)s" is no date, time, date and time or duration',
                literal=token.text[:40],
            )
        return Const(value)

    def _word(self, token: Token) -> Node:
        literal = {"true": True, "false": False, "null": None}
        if token.text == "function" and self.peek().text == "(":
            return self._function()
        if token.text in literal and not self._starts_longer_name():
            self.index += 1
            return Const(literal[token.text])
        name, is_builtin = self.name()
        if is_builtin and self.at("("):
            return self._call(Name(name), name)
        return Name(name)

    def _starts_longer_name(self) -> bool:
        return max(self._longest(self._known)[1], self._longest(self._locals)[1]) > 1

    def _function(self) -> Node:
        self.expect("function")
        self.expect("(")
        params = [self._parameter() for _ in self.separated(")")]
        external = bool(self.accept("external"))
        with self.nested(), self.scope() as names:
            for param in params:
                names.add(param.name)
            body = self.expression()
        return External() if external else FunctionOf(tuple(params), body)

    def _parameter(self) -> Parameter:
        if self.key_length():
            return Parameter(self.key(), self.type_name())
        return Parameter(self.member(), None)

    def _parenthesis(self) -> Node:
        self.expect("(")
        op = self.accept(*TEST_OPERATORS)
        if op:
            node: Node = Test(op, self.additive())
        else:
            node = self.expression()
            if self.accept(".."):
                return self._range_end(node, False)
        self.expect(")")
        return node

    def _outside(self) -> Node:
        self.expect("]")
        start = self.expression()
        self.expect("..")
        return self._range_end(start, False)

    def _range_end(self, start: Node, included: bool) -> Node:
        end = self.expression()
        closer = self.expect("]", ")", "[")
        if isinstance(start, Const) and isinstance(end, Const):
            self._check_bounds(start.value, end.value)
        return RangeOf(start, end, included, closer == "]")

    def _check_bounds(self, start: object, end: object) -> None:
        numbers = isinstance(start, int | Decimal) and isinstance(end, int | Decimal)
        if start is not None and end is not None and type(start) is not type(end) and not numbers:
            raise FeelSyntaxError(self.text, self.token.position, "The two ends of a range must be of one type")

    def _bracket(self) -> Node:
        self.expect("[")
        items: list[Node] = []
        for _ in self.separated("]"):
            items.append(self._item())
            if len(items) == 1 and self.accept(".."):
                return self._range_end(items[0], True)
        return ListOf(tuple(items))

    def _item(self) -> Node:
        op = self.accept(*TEST_OPERATORS)
        return Test(op, self.additive()) if op else self.expression()

    def _context(self) -> Node:
        self.expect("{")
        keys: list[str] = []
        values: list[Node] = []
        with self.scope() as names:
            for _ in self.separated("}"):
                key = self.key()
                keys.append(key)
                self.remember(key)
                values.append(self.expression())
                names.add(key)
        return ContextOf(tuple(keys), tuple(values))

    def type_name(self) -> TypeName:
        """A type: a name, with its arguments in angle brackets."""
        name = self._type_word()
        if not self.accept("<"):
            return TypeName(name)
        keys: list[str] = []
        arguments: list[TypeName] = []
        with self.nested():
            for _ in self.separated(">"):
                if name == "context":
                    keys.append(self.key())
                arguments.append(self.type_name())
        result = self.type_name() if self.accept("->") else None
        return TypeName(name, tuple(arguments), tuple(keys), result)

    def _type_word(self) -> str:
        found, size = registry.TYPE_NAMES.longest(self.tokens, self.index)
        if size:
            self.index += size
            return found
        if self.accept("function"):
            return "function"
        if self.accept("null"):
            return "Null"
        name = self.member()
        while self.accept("."):
            name += "." + self.member()
        return name
