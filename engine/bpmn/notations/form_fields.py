"""Forms inside the drawing (`formData` with its fields) as form files of ours, and forms by key."""

from __future__ import annotations

import json
import re
from pathlib import PurePosixPath
from typing import Any

from engine.bpmn.expressions import unwrap
from engine.bpmn.extensions import extension_holder
from engine.bpmn.notations.reasons import COMPUTED, FIELD, NESTED, PAGE
from engine.bpmn.notations.translation import Translation, add, attribute, drop, elements
from engine.bpmn.vocabulary import CAMUNDA, Node, bpmn, camunda, identity
from engine.errors import Sentence

FORM = "{urn:salesflow:form}form"
_NAME = re.compile(r"[^\W\d]\w*")
_TYPES: dict[str, dict[str, Any]] = {
    "string": {"type": "textfield"},
    "long": {"type": "number", "decimalDigits": 0},
    "integer": {"type": "number", "decimalDigits": 0},
    "double": {"type": "number"},
    "boolean": {"type": "checkbox"},
    "date": {"type": "datetime", "subtype": "date"},
    "enum": {"type": "select"},
}
TYPES = tuple(sorted(_TYPES))
_CHECKS = {"min": "min", "max": "max", "minlength": "minLength", "maxlength": "maxLength"}
CHECKS = tuple(sorted([*_CHECKS, "required", "readonly"]))
START_FORM = Sentence("nobody is asked when a process begins; its values have to come with the start")
START_REMEDY = Sentence("Draw a user task with this form behind the start event.")


def translate_forms(work: Translation) -> None:
    """Names each user task's form by `camunda:formRef`, made from its fields where they are in the drawing."""
    for node in work.nodes("userTask"):
        fields = [one for holder in elements(node, CAMUNDA, "formData") for one in holder.iterchildren("*")]
        fields += list(elements(node, CAMUNDA, "formProperty"))
        inside = next(node.iterancestors(bpmn("process")), None) is not None  # not in a form that was taken out
        if fields and inside and not attribute(node, "formRef"):
            _own_form(work, node, fields)
        elif attribute(node, "formKey"):
            _form_key(work, node)
        if "{" in attribute(node, "formRef"):
            work.refuse(node, f'{work.prefix}:formRef="{attribute(node, "formRef")}"', COMPUTED)
    for node in work.nodes("startEvent"):
        _start(work, node)


def forms_inside(root: Node) -> dict[str, bytes]:
    """The form files that were made from what stands in a drawing, by the name that `camunda:formRef` has."""
    return {one.get("name", ""): (one.text or "").encode() for one in root.iter(FORM)}


def keep_form(node: Node, form: dict[str, Any]) -> str:
    """Puts a form made for a user task aside in the tree, and names it there; gives the name, `process.step`."""
    process = next(node.iterancestors(bpmn("process")))
    name = f"{identity(process).replace('_', '-')}.{identity(node)}"
    add(extension_holder(process), FORM, json.dumps({**form, "id": name}, ensure_ascii=False, indent=2), name=name)
    node.set(camunda("formRef"), name)
    return name


def _own_form(work: Translation, node: Node, fields: list[Node]) -> None:
    shown = [field for field in fields if field.get("readable", "").lower() != "false"]
    components = [one for field in shown if (one := _component(work, field)) is not None]
    name = keep_form(node, {"type": "default", "schemaVersion": 19, "components": components})
    for holder in (*elements(node, CAMUNDA, "formData"), *elements(node, CAMUNDA, "formProperty")):
        drop(holder)
    if attribute(node, "formKey"):
        del node.attrib[camunda("formKey")]
    work.read_as(node, ", ".join(field.get("id", "") for field in fields), f'camunda:formRef="{name}"')


def _component(work: Translation, field: Node) -> dict[str, Any] | None:
    """One field in the words of form-js."""
    kind, key = field.get("type", "string"), _variable(work, field)
    if kind not in _TYPES:
        work.refuse(field, f'{key} type="{kind}"', FIELD)
        return None
    label = field.get("label") or field.get("name") or field.get("id") or key
    component = {**_TYPES[kind], "id": f"Field_{key}", "key": key, "label": label}
    if kind == "date":
        component["dateLabel"] = label
    if kind == "enum":
        values = list(field.iterchildren(camunda("value")))
        component["values"] = [{"label": one.get("name") or one.get("id"), "value": one.get("id")} for one in values]
    checks = _checks(work, field)
    if checks.pop("readonly", False):
        component["readonly"] = True
    default = field.get("expression") or field.get("defaultValue") or field.get("default")
    if default:
        component |= _default(component["type"], _day(field, default) if kind == "date" else default)
    return component | ({"validate": checks} if checks else {})


def _variable(work: Translation, field: Node) -> str:
    """The variable of a field: one that it names, as `variable` or in an expression; else that of its id."""
    ident = str(field.get("id", ""))
    named = unwrap(field.get("expression", ""))
    if named and _NAME.fullmatch(named):
        return named
    if named and field.get("writable", "").lower() != "false":
        work.refuse(field, f'{ident} expression="{named}"', NESTED)
    return str(field.get("variable", ident))


def _day(field: Node, text: str) -> str:
    """A day that is written as the field's pattern says, as ISO 8601 writes it; any other text as it is."""
    pattern = re.escape((field.get("datePattern") or "dd/MM/yyyy").partition(" ")[0])
    for letters, name in (("dd", "day"), ("MM", "month"), ("yyyy", "year")):
        pattern = pattern.replace(letters, f"(?P<{name}>[0-9]{{1,4}})", 1)
    found = re.fullmatch(pattern, text.partition(" ")[0])
    parts = found.groupdict() if found else {}
    return "{year:0>4}-{month:0>2}-{day:0>2}".format(**parts) if len(parts) == 3 else text


def _default(kind: str, text: str) -> dict[str, Any]:
    """What the field holds at first: a value, or FEEL that is worked out for the task."""
    inner = re.fullmatch(r"[$#]\{(.*)\}", text.strip(), re.DOTALL)
    if inner:
        return {"properties": {"prefill": inner[1]}}
    if kind == "checkbox":
        return {"defaultValue": text.lower() == "true"}
    if kind == "number" and re.fullmatch(r"-?[0-9]{1,30}(\.[0-9]{1,30})?", text):
        return {"defaultValue": float(text) if "." in text else int(text)}
    return {"defaultValue": text}


def _checks(work: Translation, field: Node) -> dict[str, Any]:
    """The rules of a field: its constraints, and the attributes that Flowable and Activiti write instead."""
    found: dict[str, Any] = {}
    for rule in field.iterdescendants(camunda("constraint")):
        name, config = rule.get("name", ""), rule.get("config", "")
        if name in ("required", "readonly"):
            found[name] = config.lower() != "false"
        elif name in _CHECKS and re.fullmatch(r"-?[0-9]{1,30}(\.[0-9]{1,30})?", config):
            found[_CHECKS[name]] = float(config) if "." in config else int(config)
        else:
            work.refuse(field, f'{field.get("id", "")}: constraint {name}="{config}"', FIELD)
    if field.get("required", "").lower() == "true":
        found["required"] = True
    if field.get("writable", "").lower() == "false":
        found["readonly"] = True
    return found


def _form_key(work: Translation, node: Node) -> None:
    key = str(node.attrib.pop(camunda("formKey")))
    found = f'{work.prefix}:formKey="{key}"'
    name = PurePosixPath(key.rpartition(":")[2])
    if "${" in key or "#{" in key:
        work.refuse(node, found, COMPUTED)
    elif key.startswith("camunda-forms:") and name.suffix == ".form":
        node.set(camunda("formRef"), name.stem)
        work.read_as(node, found, f'camunda:formRef="{name.stem}"')
    elif ":" in key or "/" in key or name.suffix in (".html", ".jsf", ".xhtml", ".form"):
        work.refuse(node, found, PAGE)
    else:
        node.set(camunda("formRef"), key)
        work.read_as(node, found, f'camunda:formRef="{key}"')


def _start(work: Translation, node: Node) -> None:
    """Nobody fills in a form when a process begins here."""
    holders = [*elements(node, CAMUNDA, "formData"), *elements(node, CAMUNDA, "formProperty")]
    named = [name for name in ("formKey", "formRef") if attribute(node, name)]
    if holders or named:
        work.warn(node, f"{work.prefix}:{named[0] if named else 'formData'}", START_FORM, START_REMEDY)
    for holder in holders:
        drop(holder)
    for name in named:
        del node.attrib[camunda(name)]
