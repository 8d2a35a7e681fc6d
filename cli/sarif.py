"""Findings as SARIF 2.1.0, the format in which code hosts and editors take the results of a check (OASIS, 2020)."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote

from engine import errors

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
FINGERPRINT = "salesflowFinding/v1"
Say = Callable[[errors.Sentence], str]


def sarif(found: Sequence[errors.Finding], say: Say, pages: str = "") -> dict[str, Any]:
    """One run with its results and the rules that they name; `say` gives a sentence in the reader's language.

    `pages` is the address under which the pages of the rules are; without one no help is named.
    """
    rules = sorted({one.rule for one in found})
    driver = {"name": "salesflow lint", "rules": [_rule(rule, pages) for rule in rules]}
    results = [
        _result(one, rules.index(one.rule), fingerprint, say)
        for one, fingerprint in zip(found, _fingerprints(found), strict=True)
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(rule: str, pages: str) -> dict[str, str]:
    return {"id": rule, "helpUri": f"{pages.rstrip('/')}/{rule}"} if pages else {"id": rule}


def _result(one: errors.Finding, rule: int, fingerprint: str, say: Say) -> dict[str, Any]:
    return {
        "ruleId": one.rule,
        "ruleIndex": rule,
        "level": "note" if one.severity == "info" else one.severity,
        "message": {"text": f"{say(one.message)} {say(one.remedy)}"},
        "locations": [_location(one)],
        "partialFingerprints": {FINGERPRINT: fingerprint},
    }


def _location(one: errors.Finding) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": {"uri": _uri(one.file)}}
    if one.line:
        physical["region"] = {"startLine": one.line}
    location: dict[str, Any] = {"physicalLocation": physical}
    if one.element:
        location["logicalLocations"] = [{"name": one.element, "kind": "element"}]
    return location


def _uri(file: str) -> str:
    path = quote(file)
    return f"file://{path}" if PurePosixPath(file).is_absolute() else path


def _fingerprints(found: Sequence[errors.Finding]) -> Iterator[str]:
    """A name for each finding that stays when lines move or the language changes; equal ones are numbered."""
    seen: Counter[str] = Counter()
    for one in found:
        parts = "\0".join((one.file, one.rule, one.element, str(one.message)))
        seen[parts] += 1
        yield hashlib.sha256(f"{parts}\0{seen[parts]}".encode()).hexdigest()
