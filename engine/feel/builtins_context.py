"""Built-in functions on contexts (DMN 10.3.4.10)."""

from engine.feel.registry import builtin
from engine.feel.run import Run
from engine.feel.values import intake


@builtin("get value(m: context, key: string)")
def _get_value(run: Run, m: dict[str, object], key: str) -> object:
    return intake(m[key], run) if key in m else run.fail("The context has no entry '%(name)s'.", name=key)


@builtin("get entries(m: context)")
def _get_entries(run: Run, m: dict[str, object]) -> object:
    run.charge(len(m))
    return [{"key": key, "value": value} for key, value in m.items()]


@builtin("context put(context: context, key: string, value: any)")
def _put(run: Run, context: dict[str, object], key: str, value: object) -> object:
    run.charge(len(context))
    return {**context, key: value}


@builtin("context put(context: context, keys: list, value: any)")
def _put_deep(run: Run, context: dict[str, object], keys: list[object], value: object) -> object:
    if not keys or not all(isinstance(key, str) for key in keys):
        return run.fail("context put() needs a list of names.")
    result = dict(context)
    place = result
    run.charge(len(context) + len(keys))
    for key in keys[:-1]:
        inner = place.get(str(key), {})
        if not isinstance(inner, dict):
            return run.fail("'%(name)s' is no context, so nothing can be put into it.", name=key)
        run.charge(len(inner))
        place[str(key)] = copied = dict(inner)
        place = copied
    place[str(keys[-1])] = value
    return result


@builtin("context merge(contexts: list)")
def _merge(run: Run, contexts: list[object]) -> object:
    result: dict[str, object] = {}
    for context in contexts:
        if not isinstance(context, dict):
            return run.fail("context merge() needs a list of contexts.")
        run.charge(1 + len(context))
        result.update(context)
    return result


@builtin("context(entries: list)")
def _context(run: Run, entries: list[object]) -> object:
    result: dict[str, object] = {}
    run.charge(len(entries))
    for entry in entries:
        if not isinstance(entry, dict) or not isinstance(entry.get("key"), str) or "value" not in entry:
            return run.fail("context() needs a list of entries with a key and a value.")
        if entry["key"] in result:
            return run.fail("context() has two entries with the key '%(name)s'.", name=entry["key"])
        result[entry["key"]] = entry["value"]
    return result
