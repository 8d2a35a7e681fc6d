"""Built-in functions that count lists of values together (DMN 10.3.4.4)."""

from datetime import timedelta

from engine.feel.arithmetic import CONTEXT, Number, calculate, decimal
from engine.feel.comparison import compare
from engine.feel.far import FarSpan
from engine.feel.registry import builtin
from engine.feel.run import Run
from engine.feel.values import YearsMonths


def _extreme(run: Run, items: list[object], op: str) -> object:
    if not items:
        return run.fail("An empty list has no smallest and no greatest element.")
    best = items[0]
    for item in items:
        run.charge()
        better = compare(op, item, best, run)
        if better is None:
            return None
        if better:
            best = item
    return best


@builtin("min(list: list)", "min(*list: any)")
def _min(run: Run, items: list[object]) -> object:
    return _extreme(run, items, "<")


@builtin("max(list: list)", "max(*list: any)")
def _max(run: Run, items: list[object]) -> object:
    return _extreme(run, items, ">")


def _numbers(run: Run, items: list[object]) -> list[Number] | None:
    run.charge(1 + len(items))
    numbers: list[Number] = [item for item in items if isinstance(item, Number) and not isinstance(item, bool)]
    if len(numbers) < len(items) or not items:
        return run.fail("A list with at least one number, and nothing else in it, is needed here.")
    return numbers


def _total(run: Run, items: list[object]) -> object:
    total: object = items[0]
    for item in items[1:]:
        total = calculate("+", total, item, run)
    return total


@builtin("sum(list: list)", "sum(*list: any)")
def _sum(run: Run, items: list[object]) -> object:
    run.charge(1 + len(items))
    if items and (
        all(isinstance(item, timedelta | FarSpan) for item in items)
        or all(isinstance(item, YearsMonths) for item in items)
    ):
        return _total(run, items)
    return None if _numbers(run, items) is None else _total(run, items)


@builtin("product(list: list)", "product(*list: any)")
def _product(run: Run, items: list[object]) -> object:
    numbers = _numbers(run, items)
    if numbers is None:
        return None
    result: object = numbers[0]
    for number in numbers[1:]:
        result = calculate("*", result, number, run)
    return result


@builtin("mean(list: list)", "mean(*list: any)")
def _mean(run: Run, items: list[object]) -> object:
    total = _sum(run, items)
    return None if total is None else calculate("/", total, len(items), run)


@builtin("median(list: list)", "median(*list: any)")
def _median(run: Run, items: list[object]) -> object:
    numbers = _numbers(run, items)
    if numbers is None:
        return None
    numbers.sort()
    middle = len(numbers) // 2
    if len(numbers) % 2:
        return numbers[middle]
    return calculate("/", calculate("+", numbers[middle - 1], numbers[middle], run), 2, run)


@builtin("stddev(list: list)", "stddev(*list: any)")
def _stddev(run: Run, items: list[object]) -> object:
    numbers = _numbers(run, items)
    if numbers is None or len(numbers) < 2:
        return run.fail("stddev() needs at least two numbers.")
    mean = CONTEXT.divide(decimal(_whole_sum(numbers)), decimal(len(numbers)))
    squares = decimal(0)
    for number in numbers:
        distance = CONTEXT.subtract(decimal(number), mean)
        squares = CONTEXT.add(squares, CONTEXT.multiply(distance, distance))
    return CONTEXT.sqrt(CONTEXT.divide(squares, decimal(len(numbers) - 1)))


def _whole_sum(numbers: list[Number]) -> Number:
    total: Number = decimal(0)
    for number in numbers:
        total = CONTEXT.add(decimal(total), decimal(number))
    return total


@builtin("mode(list: list)", "mode(*list: any)")
def _mode(run: Run, items: list[object]) -> object:
    if not items:
        return []
    numbers = _numbers(run, items)
    if numbers is None:
        return None
    counts: dict[Number, int] = {}
    for number in numbers:
        counts[number] = counts.get(number, 0) + 1
    most = max(counts.values())
    return sorted(number for number, count in counts.items() if count == most)
