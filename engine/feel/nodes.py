"""The syntax tree of FEEL: what the parser builds and the compiler reads."""

from collections.abc import Iterator
from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Node:
    """Any expression."""


@dataclass(frozen=True, slots=True)
class Const(Node):
    value: object


@dataclass(frozen=True, slots=True)
class Name(Node):
    name: str


@dataclass(frozen=True, slots=True)
class ListOf(Node):
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ContextOf(Node):
    keys: tuple[str, ...]
    values: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class RangeOf(Node):
    start: Node
    end: Node
    start_included: bool
    end_included: bool


@dataclass(frozen=True, slots=True)
class Test(Node):
    """``< 5`` and its like, as a test or as a range value."""

    op: str
    operand: Node


@dataclass(frozen=True, slots=True)
class Arithmetic(Node):
    """``first op1 term1 op2 term2 ...``, from left to right."""

    first: Node
    ops: tuple[str, ...]
    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Negate(Node):
    operand: Node


@dataclass(frozen=True, slots=True)
class Compare(Node):
    op: str
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Between(Node):
    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class In(Node):
    value: Node
    tests: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class And(Node):
    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or(Node):
    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class If(Node):
    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Iteration(Node):
    """``name in domain`` or ``name in domain..end``."""

    name: str
    domain: Node
    end: Node | None


@dataclass(frozen=True, slots=True)
class For(Node):
    iterations: tuple[Iteration, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    every: bool
    iterations: tuple[Iteration, ...]
    condition: Node


@dataclass(frozen=True, slots=True)
class Path(Node):
    base: Node
    name: str


@dataclass(frozen=True, slots=True)
class Filter(Node):
    base: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """A call with arguments by position (``names`` empty) or by name."""

    callee: Node
    names: tuple[str, ...]
    arguments: tuple[Node, ...]
    builtin: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    name: str
    type: "TypeName | None"


@dataclass(frozen=True, slots=True)
class FunctionOf(Node):
    params: tuple[Parameter, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class External(Node):
    """A function whose body is a program in another language, which is never run."""


@dataclass(frozen=True, slots=True)
class TypeName:
    """``number``, ``list<number>``, ``context<a: string>``, ``function<number>->string``."""

    name: str
    arguments: tuple["TypeName", ...] = ()
    keys: tuple[str, ...] = ()
    result: "TypeName | None" = None


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    value: Node
    type: TypeName


_FIELDS: dict[type[Node], tuple[str, ...]] = {}


def _field_names(kind: type[Node]) -> tuple[str, ...]:
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple(field.name for field in fields(kind))
    return _FIELDS[kind]


def weight(node: Node) -> int:
    """What one evaluation of the tree costs in steps: one for every eight nodes."""
    count, todo = 0, [node]
    while todo:
        count += 1
        todo.extend(children(todo.pop()))
    return 1 + count // 8


def children(node: Node) -> Iterator[Node]:
    """The nodes directly below this one."""
    for name in _field_names(type(node)):
        value = getattr(node, name)
        if isinstance(value, Node):
            yield value
        elif isinstance(value, tuple):
            yield from (item for item in value if isinstance(item, Node))
