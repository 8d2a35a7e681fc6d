"""Forms: files that are none, and fields that nobody could fill in."""

from __future__ import annotations

import json

from tests.engine.bad_inputs.made import GOOD, Input

FILE = "forms/bad.step.form"


def form(*components: object) -> bytes:
    """A form with these components."""
    return json.dumps({"type": "default", "id": "f", "components": components}).encode()


def field(key: object = "a", kind: object = "textfield", **more: object) -> dict[str, object]:
    """A text field."""
    return {"type": kind, "key": key, "label": "A", "label:zh-Hans": "甲", **more}


def groups(depth: int) -> dict[str, object]:
    """Groups inside each other."""
    inner = field()
    for level in range(depth):
        inner = {"type": "group", "path": f"g{level}", "label": "G", "label:zh-Hans": "组", "components": [inner]}
    return inner


WRONG = {
    "a drawing": (GOOD.encode(), "form-json", "XML"),
    "nothing": (b"", "form-json", "the file is empty"),
    "YAML": (b"type: default\n", "form-json", "a YAML text"),
    "a comma too many": (b'{"components": [],}', "form-json", "a name in double quotes is missing"),
    "two forms": (form(field()) * 2, "form-json", "something stands behind the end"),
    "a list": (b"[]", "form-json", "no list of components"),
    "a picture": (b"\x89PNG\r\n\x1a\n", "form-json", "a picture"),
    "cut off": (form(field())[:-5], "form-json", "not JSON"),
    "another encoding": (
        json.dumps({"components": [field(label="客户")]}, ensure_ascii=False).encode("gb18030"),
        "form-json",
        "Expected text in UTF-8",
    ),
    "components that are none": (b'{"components": 1}', "form-json", "no list of components"),
    "not a number": (b'{"components": [NaN]}', "form-json", "a number"),
    "a number without end": (b'{"components": [' + b"9" * 5000 + b"]}", "form-json", "a number"),
    "nested without end": (b'{"components": ' + b"[" * 50_000, "form-json", "nested too deep"),
    "half a character": (
        b'{"components": [{"type": "textfield", "key": "a", "label": "\\ud800"}]}',
        "form-json",
        "half of a character",
    ),
    "a kind nobody knows": (form(field(kind="hologram")), "form-type", "hologram"),
    "a kind that is a list": (form(field(kind=["textfield"])), "form-type", ""),
    "no kind": (form({"key": "a"}), "form-type", ""),
    "components that are numbers": (form(1, 2), "form-type", ""),
    "groups inside each other": (form(groups(12)), "form-size", "more than 10 deep"),
    "six hundred fields": (form(*(field(f"a{number}") for number in range(600))), "form-size", "more than 500 fields"),
    "a large file": (form(field(description="x" * 1_000_001)), "form-json", "a form has at most"),
    "one key twice": (form(field(), field()), "form-duplicate-key", ""),
    "a key with blanks": (form(field("a b")), "form-key", ""),
    "a key that is a list": (form(field(["a"])), "form-key", "has no key"),
    "a key that holds a zero": (form(field("a\0")), "form-key", "'a\ufffd' cannot be"),
    "a key without end": (form(field("k" * 100_000)), "form-key", "k…' cannot be"),
    "a length in words": (form(field(validate={"minLength": "two"})), "form-bounds", "a whole number, but it is: two"),
    "a pattern that is a number": (form(field(validate={"pattern": 5})), "form-bounds", "pattern to be a text"),
    "checks that are a text": (form(field(validate="yes")), "form-bounds", "validate to be an object"),
    "a private key": (form(field("__class__")), "form-key", ""),
    "a reserved key": (form(field("config")), "form-reserved-key", ""),
    "Python in a condition": (
        form(field(conditional={"hide": "=__import__('os').system('touch canary')"})),
        "form-expression",
        "",
    ),
    "a pattern that tries for ever": (form(field(validate={"pattern": "(a+)+$"})), "form-pattern", ""),
    "a pattern that is none": (form(field(validate={"pattern": "("})), "form-pattern", ""),
    "options that are none": (form(field(kind="select", values="high")), "form-options", ""),
}
INPUTS = [
    *(Input(name, content, rule, says, FILE) for name, (content, rule, says) in WRONG.items()),
    Input("a form that is fine", form(field()), file=FILE),
]
