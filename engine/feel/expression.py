"""What callers hold: compiled expressions and unary tests."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from engine.feel import (  # noqa: F401  (the built-ins and the compilers register themselves on import)
    boxes,
    builtins_context,
    builtins_conversion,
    builtins_list,
    builtins_number,
    builtins_range,
    builtins_regex,
    builtins_statistics,
    builtins_string,
    builtins_time,
    functions,
    logic,
    operators,
)
from engine.feel.compiling import code
from engine.feel.logic import any_of, check
from engine.feel.nodes import (
    And,
    Arithmetic,
    Between,
    Compare,
    Const,
    If,
    In,
    Name,
    Negate,
    Node,
    Or,
    Path,
    RangeOf,
    Test,
    children,
)
from engine.feel.parser import Parsed, parse_expression, parse_unary_tests
from engine.feel.problems import BudgetExceeded, FeelSyntaxError, Reason
from engine.feel.run import QUIET, Code, Frame, Run, Scope
from engine.feel.values import intake, outlet

_BOUNDED: tuple[type[Node], ...] = (
    And,
    Arithmetic,
    Between,
    Compare,
    Const,
    If,
    In,
    Name,
    Negate,
    Or,
    Path,
    RangeOf,
    Test,
)
_SCALARS = frozenset({bool, type(None), str, int})
_DEEP = "The expression is nested too deeply"


@dataclass(frozen=True, slots=True)
class Explained:
    """A value and, when nulls arose on the way, why: sentences in the order they were met."""

    value: object
    problems: tuple[Reason, ...]


def bounded(nodes: Collection[Node]) -> bool:
    """Whether the work is bounded by the length of the text, so that no budget needs to be kept."""
    todo = list(nodes)
    while todo:
        node = todo.pop()
        if not isinstance(node, _BOUNDED):
            return False
        todo.extend(children(node))
    return True


class Expression:
    """A FEEL expression, ready to be evaluated any number of times, also by several threads."""

    __slots__ = ("_bounded", "_code", "called", "leaves_feel", "names", "text")
    text: str
    names: frozenset[str]
    called: frozenset[str]
    """The names among `names` that are called like functions; a variable that holds no function makes that null."""
    leaves_feel: bool
    """Whether a function in it is a program in another language, which is null."""

    def __init__(self, text: str, names: frozenset[str], node: Node) -> None:
        self.text = text
        self.names = names
        self.called = names & boxes.called(node)
        self.leaves_feel = boxes.leaves_feel(node)
        self._code: Code = code(node)
        self._bounded = bounded((node,))

    def __call__(self, variables: Mapping[str, object], now: datetime | None = None) -> object:
        """The value for these variables; null where it has none. ``now`` feeds now() and today().

        Raises BudgetExceeded.
        """
        try:
            if self._bounded:
                value = self._code(variables, QUIET)
                return value if type(value) in _SCALARS else outlet(value, QUIET)
            run = Run(now, None)
            return outlet(self._code(variables, run), run)
        except RecursionError:
            raise BudgetExceeded(_DEEP) from None

    def explain(self, variables: Mapping[str, object], now: datetime | None = None) -> Explained:
        """The value with the reasons of nulls. Raises BudgetExceeded."""
        problems: list[Reason] = []
        value = self.run(variables, Run(now, problems))
        return Explained(value, tuple(problems))

    def run(self, scope: Scope, run: Run) -> object:
        """The value within a run that several expressions share. Raises BudgetExceeded."""
        try:
            return outlet(self._code(scope, run), run)
        except RecursionError:
            raise BudgetExceeded(_DEEP) from None


def spelled(value: object) -> str:
    """A value as FEEL's `string` writes it (DMN 1.3, 10.3.4.1). Raises BudgetExceeded when that is too long."""
    return builtins_conversion.write(value, Run(None, None))


class UnaryTests:
    """The tests of one input cell, ready to be used any number of times."""

    __slots__ = ("_asks", "_bounded", "_checks", "_negated", "_nodes", "called", "names", "text")
    text: str
    names: frozenset[str]
    called: frozenset[str]
    """The names among `names` that are called like functions."""

    def __init__(self, text: str, parsed: Parsed) -> None:
        self.text = text
        self.names = parsed.names - {"?"}
        self._nodes = parsed.nodes
        self.called = self.names & boxes.called(*parsed.nodes)
        self._checks = tuple(_cell(node) for node in parsed.nodes)
        self._negated = parsed.negated
        self._asks = any(boxes.mentions(node, "?") for node in parsed.nodes)
        self._bounded = bounded(parsed.nodes)

    @property
    def nodes(self) -> tuple[Node, ...]:
        """The tests as syntax trees, for proofs; empty for ``-``."""
        return self._nodes

    @property
    def negated(self) -> bool:
        """Whether the tests stand within ``not(...)``."""
        return self._negated

    def __call__(self, value: object, variables: Mapping[str, object], now: datetime | None = None) -> bool | None:
        """Whether the value passes; null when that cannot be decided. Raises BudgetExceeded."""
        return self.run(value, variables, QUIET if self._bounded else Run(now, None))

    def run(self, value: object, scope: Scope, run: Run) -> bool | None:
        """Whether the value passes, within a run that several expressions share. Raises BudgetExceeded."""
        if not self._checks:
            return True
        value = intake(value, run)
        try:
            around = Frame(scope, {"?": value}) if self._asks else scope
            found = any_of(self._checks, value, around, run)
        except RecursionError:
            raise BudgetExceeded(_DEEP) from None
        return found if not self._negated or found is None else not found


def _cell(node: Node) -> logic.Check:
    """One test of a cell: a condition on ``?`` decides by itself, anything else is compared with the value."""
    if isinstance(node, Test | Const | RangeOf):
        return check(node)
    computed, against = code(node), check(node)
    if boxes.mentions(node, "?"):
        return lambda value, scope, run: computed(scope, run)

    def condition(value: object, scope: Scope, run: Run) -> object:
        found = computed(scope, run)
        if found is True and type(value) is not bool:
            return True
        return against(value, scope, run)

    return condition


@lru_cache(maxsize=4096)
def _expression(text: str, names: frozenset[str]) -> Expression:
    try:
        parsed = parse_expression(text, names)
        return Expression(text, parsed.names, parsed.nodes[0])
    except RecursionError:
        raise FeelSyntaxError(text, 0, _DEEP) from None


@lru_cache(maxsize=4096)
def _unary_tests(text: str, names: frozenset[str]) -> UnaryTests:
    try:
        return UnaryTests(text, parse_unary_tests(text, names))
    except RecursionError:
        raise FeelSyntaxError(text, 0, _DEEP) from None


def compile_expression(text: str, names: Collection[str] = ()) -> Expression:
    """Compile an expression (DMN 10.3). ``names``: variables that exist, needed where names hold spaces or
    signs.

    Raises FeelSyntaxError.
    """
    return _expression(text, frozenset(names))


def compile_unary_tests(text: str, names: Collection[str] = ()) -> UnaryTests:
    """Compile the tests of an input cell (DMN 10.3, grammar rule 15): ``-``, ``< 5``, ``"a", "b"``,
    ``not(..)``.

    Raises FeelSyntaxError.
    """
    return _unary_tests(text, frozenset(names))


def mentioned(text: str) -> frozenset[str]:
    """Every name in an expression: of variables, of functions, and those that may be members of a filtered item.

    Raises FeelSyntaxError.
    """
    found, todo = set(), list(parse_expression(text, ()).nodes)
    while todo:
        node = todo.pop()
        if isinstance(node, Name):
            found.add(node.name)
        todo.extend(children(node))
    return frozenset(found)
