"""Compiles calls, function definitions and ``instance of`` (DMN 10.3.2.13.2-3)."""

from engine.feel.compiling import code, compiles
from engine.feel.nodes import Call, External, FunctionOf, InstanceOf, Name, weight
from engine.feel.registry import BUILTINS, Builtin, call, call_named
from engine.feel.run import Code, Frame, Run, Scope
from engine.feel.types import conforms, fitted
from engine.feel.values import Function, kind


@compiles(InstanceOf)
def _instance(node: InstanceOf) -> Code:
    value, wanted = code(node.value), node.type
    return lambda scope, run: conforms(value(scope, run), wanted, run)


@compiles(FunctionOf)
def _function(node: FunctionOf) -> Code:
    body, params = code(node.body), node.params
    names = tuple(param.name for param in params)
    types = tuple(param.type for param in params)
    cost = weight(node.body)

    def define(scope: Scope, run: Run) -> object:
        def perform(run: Run, values: list[object]) -> object:
            given = {param.name: fitted(value, param.type, run) for param, value in zip(params, values, strict=True)}
            if any(value is not None and found is None for value, found in zip(values, given.values(), strict=False)):
                return None
            run.enter(cost)
            result = body(Frame(scope, given), run)
            run.leave()
            return result

        return Function("function", names, perform, types=types)

    return define


@compiles(External)
def _external(node: External) -> Code:
    return lambda scope, run: run.fail("A function outside of FEEL is not run.")


@compiles(Call)
def _call(node: Call) -> Code:
    arguments = tuple(map(code, node.arguments))
    names = node.names
    if node.builtin:
        return _builtin_call(BUILTINS[node.builtin], names, arguments)
    callee = code(node.callee)
    label = node.callee.name if isinstance(node.callee, Name) else "this"

    def invoke(scope: Scope, run: Run) -> object:
        function = callee(scope, run)
        if not isinstance(function, Function):
            return run.fail("'%(name)s' is a %(kind)s and cannot be called.", name=label, kind=kind(function))
        return apply(function, names, [argument(scope, run) for argument in arguments], run)

    return invoke


def _builtin_call(builtin: Builtin, names: tuple[str, ...], arguments: tuple[Code, ...]) -> Code:
    name = builtin.name

    def invoke(scope: Scope, run: Run) -> object:
        values = [argument(scope, run) for argument in arguments]
        try:
            own = scope[name]
        except KeyError:
            own = None
        if type(own) is Function:
            return apply(own, names, values, run)
        return call_named(builtin, names, values, run) if names else call(builtin, values, run)

    return invoke


def apply(function: Function, names: tuple[str, ...], values: list[object], run: Run) -> object:
    """Call a function value by position or by name; null with a reason when the arguments do not fit."""
    if isinstance(function.builtin, Builtin):
        found = function.builtin
        return call_named(found, names, values, run) if names else call(found, values, run)
    if names:
        if len(names) != len(function.params) or set(names) != set(function.params):
            return run.fail(
                "The function expects the arguments %(wanted)s, but got %(found)s.",
                wanted=", ".join(function.params),
                found=", ".join(names),
            )
        given = dict(zip(names, values, strict=True))
        values = [given[param] for param in function.params]
    if len(values) != len(function.params):
        return run.fail(
            "The function expects %(wanted)s arguments, but got %(found)s.",
            wanted=len(function.params),
            found=len(values),
        )
    return function.call(run, values)
