"""Finds every English sentence that a page may show: in templates, in gettext calls, in errors of all packages."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_dir

from crm import errors as crm_errors

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("webapp", "engine", "crm", "handlers")
GETTEXT = {"_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
# Calls whose first argument is a template for people.
ERRORS = {"Sentence", "EngineError", "NotFound", "NotAllowed", "Conflict", "Busy", "HandlerFailed", "Unfit", "CrmError",
          "ImportRefused", "Reason", "BudgetExceeded", "PatternError", "fail", "IllegalMove",
          "Unconfirmed"}  # fmt: skip


def in_pages() -> dict[str, str]:
    """Sentences of templates and of gettext calls in the web app, with one place each."""
    methods = [("**/templates/**.html", "jinja2.ext:babel_extract"), ("**.py", "python")]
    found = extract_from_dir(str(ROOT / "webapp"), methods, keywords=GETTEXT, options_map={})
    sentences: dict[str, str] = {}
    for file, line, message, _comments, _context in found:
        for text in message if isinstance(message, tuple) else (message,):
            sentences.setdefault(text, f"webapp/{file}:{line}")
    return sentences


def in_errors() -> dict[str, str]:
    """Templates of errors, findings and notices in all packages, with one place each."""
    sentences: dict[str, str] = {}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            name = str(path.relative_to(ROOT))
            for text, line in _templates(ast.parse(path.read_bytes())):
                sentences.setdefault(text, f"{name}:{line}")
    for name, kind in inspect.getmembers(crm_errors, inspect.isclass):
        if issubclass(kind, crm_errors.CrmError):
            sentences.setdefault(" ".join((kind.__doc__ or "").split()), f"crm/errors.py {name}")
    return sentences


def _templates(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in ("template", "text", "SAME", "_DEEP"):
            yield from ((text, node.lineno) for text in _constants([node.value]) if text)
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        texts = _constants(node.args)
        if name in ERRORS and texts and texts[0] == getattr(node.args[0], "value", None):
            yield texts[0], node.lineno
        elif name in ("error", "warning") and len(texts) >= 2 and isinstance(node.func, ast.Attribute):
            yield from ((text, node.lineno) for text in texts)  # lint rules: what is wrong, how to mend it
        elif name == "FeelSyntaxError" and texts:
            yield texts[-1], node.lineno  # the expression, the place, the sentence
        elif name == "wrong" and texts and isinstance(node.func, ast.Attribute):
            yield texts[-1], node.lineno  # what an import says of a field: the field, the sentence
        elif name == "expected" and len(texts) >= 2:
            yield f"Expected {texts[0]}, but {texts[1]}.", node.lineno


def _constants(nodes: list[ast.expr]) -> list[str]:
    """The texts among expressions, both of them where a condition chooses."""
    chosen = [way for node in nodes for way in ([node.body, node.orelse] if isinstance(node, ast.IfExp) else [node])]
    return [way.value for way in chosen if isinstance(way, ast.Constant) and isinstance(way.value, str)]
