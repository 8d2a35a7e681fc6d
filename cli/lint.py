"""`salesflow lint`: says what is wrong with drawings, decision tables and forms."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

import bootstrap
from cli.ready import ready
from cli.sarif import sarif
from engine import definitions, errors
from webapp import translate

ENDINGS = (".bpmn", ".bpmn20.xml", ".dmn", ".form")
LANGUAGES = {"en": "en", "zh": "zh-Hans"}
JSON_VERSION = 1
_PATH = click.Path(exists=True, readable=True, path_type=Path)


@click.command("lint")
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=_PATH)
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif"]), default="text", show_default=True)
@click.option("--language", type=click.Choice(list(LANGUAGES)), default="en", show_default=True)
@click.option("--strict", is_flag=True, help="warnings count as errors")
@click.option("--handler", "handlers", multiple=True, metavar="NAME", help="a handler that exists; may be repeated")
@click.option("--any-handler", is_flag=True, help="every handler that is named exists")
@click.option("--deployed", is_flag=True, help="look at the files beside what is deployed here, as deploying them does")
@click.option("--pages", metavar="ADDRESS", default="", envvar="SALESFLOW_RULE_PAGES", help="where rules are explained")
def lint_command(
    paths: tuple[Path, ...],
    form: str,
    language: str,
    strict: bool,
    handlers: tuple[str, ...],
    any_handler: bool,
    deployed: bool,
    pages: str,
) -> None:
    """Say what is wrong with the drawings, tables and forms FILE... (or all below a folder); changes nothing.

    Files given together know each other: called processes, decisions and forms. Ends with 0 when nothing is
    wrong (warnings are allowed), with 1 when there are errors, with 2 when it could not look.
    """
    if deployed and (handlers or any_handler):
        raise click.UsageError("Expected either --deployed or handlers, but both are given.")
    files = _files(paths)
    if deployed:
        found = _beside_what_is_deployed(files)
    else:
        found = definitions.check_apart(bootstrap.registry(), files, None if any_handler else handlers)
    found.sort(key=lambda one: (one.file, one.line, one.element, one.rule))
    click.echo(_written(form, found, LANGUAGES[language], len(files), pages))
    counted = ("error", "warning") if strict else ("error",)
    sys.exit(1 if any(one.severity in counted for one in found) else 0)


def _files(paths: Sequence[Path]) -> dict[str, bytes]:
    """The contents by name as given; of folders, what is a drawing, table or form. Unreadable: ends with 2."""
    files: dict[str, bytes] = {}
    for path in paths:
        found = [path] if path.is_file() else [one for one in sorted(path.rglob("*")) if one.name.endswith(ENDINGS)]
        if not found:
            raise click.UsageError(f"Expected .bpmn, .dmn or .form files below {path}, but there are none.")
        for one in found:
            try:
                files[_name(one)] = one.read_bytes()
            except OSError as error:
                raise click.UsageError(f"Expected to read {_name(one)}, but: {error.strerror}.") from error
    return files


def _name(path: Path) -> str:
    """The path as text that can be printed, whatever bytes it is made of."""
    return path.as_posix().encode("utf-8", "replace").decode()


def _beside_what_is_deployed(files: dict[str, bytes]) -> list[errors.Finding]:
    return definitions.check(ready().engine, files)


def _written(form: str, found: Sequence[errors.Finding], language: str, files: int, pages: str) -> str:
    if form == "sarif":
        return json.dumps(sarif(found, lambda one: translate(one, language), pages), ensure_ascii=False, indent=2)
    return _json(found, language, files) if form == "json" else _text(found, language, files)


def _text(found: Sequence[errors.Finding], language: str, files: int) -> str:
    return "\n".join([*(_line(one, language) for one in found), _summary(found, language, files)])


def _line(one: errors.Finding, language: str) -> str:
    place = f"{one.file}:{one.line}" if one.line else one.file
    subject = f"{one.rule} {one.element}".rstrip()
    severity = translate(_SEVERITIES[one.severity], language)
    said = f"{translate(one.message, language)} {translate(one.remedy, language)}"
    return _printable(f"{place}: {severity} {subject}: {said}")


def _printable(text: str) -> str:
    """One line, whatever a file holds: no line breaks, and nothing that a terminal would obey."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in " ".join(text.split()))


_SEVERITIES = {name: errors.Sentence(name) for name in ("error", "warning", "note", "info")}
_SUMMARY = "Files: %(files)s, errors: %(errors)s, warnings: %(warnings)s, notes: %(notes)s, infos: %(infos)s."


def _summary(found: Sequence[errors.Finding], language: str, files: int) -> str:
    count = Counter(one.severity for one in found)
    sums = {f"{name}s": count[name] for name in _SEVERITIES}
    return translate(errors.Sentence(_SUMMARY, files=files, **sums), language)


def _json(found: Sequence[errors.Finding], language: str, files: int) -> str:
    """The findings as docs/how-to/lint-in-a-pipeline.md describes them."""
    report = {"version": JSON_VERSION, "files": files, "findings": list(_rows(found, language))}
    return json.dumps(report, ensure_ascii=False, indent=2)


def _rows(found: Sequence[errors.Finding], language: str) -> Iterator[dict[str, object]]:
    for one in found:
        yield {
            "file": one.file,
            "line": one.line or None,
            "element": one.element or None,
            "severity": one.severity,
            "rule": one.rule,
            "message": translate(one.message, language),
            "remedy": translate(one.remedy, language),
        }
