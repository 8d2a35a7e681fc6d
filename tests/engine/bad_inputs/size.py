"""Size: large, wide and deep drawings, made when they are needed."""

from __future__ import annotations

from tests.engine.bad_inputs.made import END, GOOD, START, Input, chain, flow, text

MANY, COMMENT = 3_000, 1_000_000


def row(count: int) -> bytes:
    """So many tasks, one after the other."""
    ids = [f"t{number}" for number in range(count)]
    return text(START + "".join(f'<userTask id="{one}"/>' for one in ids) + END + chain("start", *ids, "end")).encode()


def fan(kind: str, count: int) -> bytes:
    """So many tasks side by side."""
    ids = [f"t{number}" for number in range(count)]
    ways = "".join(flow("split", one) + flow(one, "join") for one in ids)
    gates = f'<{kind} id="split"/><{kind} id="join"/>' + chain("start", "split") + chain("join", "end")
    return text(START + END + gates + "".join(f'<userTask id="{one}"/>' for one in ids) + ways).encode()


def same(count: int) -> bytes:
    """So many tasks with one id."""
    return text(START + END + '<userTask id="t"/>' * count + chain("start", "t", "end")).encode()


def deep(count: int) -> bytes:
    """So many elements inside each other."""
    nest = "<x xmlns='urn:x'>" * count + "</x>" * count
    return GOOD.replace(START, f"<extensionElements>{nest}</extensionElements>{START}").encode()


def attributes(count: int) -> bytes:
    """A task with so many attributes."""
    return GOOD.replace(
        '"step"/>', '"step" xmlns:z="urn:z" ' + " ".join(f'z:a{n}="1"' for n in range(count)) + "/>", 1
    ).encode()


def padded(size: int) -> bytes:
    """A drawing of so many bytes."""
    whole, rest = divmod(size - len(GOOD), COMMENT)
    comments = ["<!--" + "x" * (COMMENT - 7) + "-->"] * (whole - 1) + ["<!--" + "x" * (COMMENT + rest - 7) + "-->"]
    return GOOD.encode() + "".join(comments).encode()


def names(count: int) -> bytes:
    """So many messages that nobody uses."""
    return text(
        START + END + chain("start", "end"), "".join(f'<message id="m{n}" name="n"/>' for n in range(count))
    ).encode()


INPUTS = [
    Input("three thousand tasks in a row", lambda: row(MANY)),
    Input("three thousand tasks side by side", lambda: fan("parallelGateway", MANY)),
    Input("three thousand inclusive ways", lambda: fan("inclusiveGateway", MANY)),
    Input("three thousand tasks of one id", lambda: same(MANY), "unique-ids", "at most 500 findings"),
    Input("three thousand messages", lambda: names(MANY)),
    Input("nested ninety deep", lambda: deep(90)),
    Input("nested a hundred deep", lambda: deep(100), "readable-file", "nested at most 100 deep"),
    Input("nested a hundred thousand deep", lambda: deep(100_000), "readable-file", "nested at most 100 deep"),
    Input("ten thousand attributes", lambda: attributes(10_000)),
    Input("fifty megabytes of comments", lambda: padded(50 * 1024 * 1024)),
    Input(
        "one byte more than fifty megabytes",
        lambda: padded(50 * 1024 * 1024 + 1),
        "readable-file",
        "at most 52428800 bytes",
    ),
    Input(
        "more than two million elements",
        lambda: deep(1).replace(b"<x xmlns='urn:x'>", b"<x xmlns='urn:x'>" + b"<y/>" * 2_000_000),
        "readable-file",
        "at most 2000000 elements",
    ),
]
