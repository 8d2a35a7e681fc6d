"""Hit policies: what several matching rows of a table mean together (DMN 8.2.10)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine.dmn.results import DecisionError, FiredRow
from engine.errors import Sentence
from engine.feel.arithmetic import calculate
from engine.feel.comparison import compare, equal
from engine.feel.run import Run

POLICIES = ("UNIQUE", "FIRST", "PRIORITY", "ANY", "COLLECT", "RULE ORDER", "OUTPUT ORDER")
AGGREGATIONS = ("SUM", "COUNT", "MIN", "MAX")


@dataclass(frozen=True, slots=True)
class Policy:
    """How the hits of one table are put together. ``ranks``: per output, its allowed values from first to
    last.
    """

    table: str
    name: str
    aggregation: str
    single: bool
    ranks: tuple[tuple[object, ...], ...]


@dataclass(frozen=True, slots=True)
class Resolved:
    """The table's value and the rows that made it."""

    value: object
    rows: tuple[FiredRow, ...]


def resolve(
    policy: Policy, hits: list[FiredRow], default: Callable[[], Mapping[str, object] | None], run: Run
) -> Resolved:
    """The value of a table whose rows ``hits`` match; raises DecisionError for UNIQUE and ANY violated."""
    if not hits:
        return Resolved(_none(policy, default, run), ())
    if policy.name == "UNIQUE" and len(hits) > 1:
        raise DecisionError(
            Sentence(
                "Expected exactly one row of the table %(table)s to match, but rows %(rows)s all match for %(inputs)s.",
                **_violation(policy, hits),
            )
        )
    if policy.name == "ANY":
        _check_agreement(policy, hits, run)
    if policy.name in ("PRIORITY", "OUTPUT ORDER"):
        hits = sorted(hits, key=lambda hit: _rank(policy, hit, run))
    if policy.name in ("UNIQUE", "ANY", "FIRST", "PRIORITY"):
        return Resolved(_value(policy, hits[0].outputs), (hits[0],))
    values = [_value(policy, hit.outputs) for hit in hits]
    return Resolved(_aggregate(policy.aggregation, values, run) if policy.aggregation else values, tuple(hits))


def _none(policy: Policy, default: Callable[[], Mapping[str, object] | None], run: Run) -> object:
    """What a table without a matching row gives: its default, else nothing of the kind it would give."""
    outputs = default()
    if outputs is not None:
        return _value(policy, outputs)
    if policy.aggregation == "COUNT":
        return 0
    if policy.name in ("COLLECT", "RULE ORDER", "OUTPUT ORDER") and not policy.aggregation:
        return []
    return run.fail("No row of the table matches these inputs.")


def _value(policy: Policy, outputs: Mapping[str, object]) -> object:
    return next(iter(outputs.values())) if policy.single else dict(outputs)


def _check_agreement(policy: Policy, hits: list[FiredRow], run: Run) -> None:
    first = hits[0].outputs
    for hit in hits[1:]:
        if not all(equal(value, first[name], run) for name, value in hit.outputs.items()):
            raise DecisionError(
                Sentence(
                    "Expected rows of the table %(table)s with the same result to match, but rows %(rows)s match with "
                    "different results for %(inputs)s.",
                    **_violation(policy, hits),
                )
            )


def _violation(policy: Policy, hits: list[FiredRow]) -> dict[str, object]:
    """The table, its rows and their inputs, for a sentence."""
    return {
        "table": policy.table,
        "rows": ", ".join(str(hit.row_number) for hit in hits),
        "inputs": ", ".join(f"{name} = {value}" for name, value in hits[0].inputs.items()),
    }


def _rank(policy: Policy, hit: FiredRow, run: Run) -> tuple[int, ...]:
    ranks = []
    for value, order in zip(hit.outputs.values(), policy.ranks, strict=True):
        places = [place for place, allowed in enumerate(order) if equal(value, allowed, run)]
        ranks.append(places[0] if places else len(order))
    return tuple(ranks)


def _aggregate(aggregation: str, values: list[object], run: Run) -> object:
    if aggregation == "COUNT":
        return len(values)
    result = values[0]
    for value in values[1:]:
        if aggregation == "SUM":
            result = calculate("+", result, value, run)
        elif compare("<" if aggregation == "MIN" else ">", value, result, run):
            result = value
    return result
