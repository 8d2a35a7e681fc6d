"""Every form a user task names is deployed."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.lint.sheet import Sheet, nearest
from engine.bpmn.notations import forms_inside
from engine.bpmn.patterns.creating import GUARDED, form_for
from engine.errors import Finding

RULE = "forms"


def check(sheet: Sheet) -> Iterator[Finding]:
    yield from _expanded(sheet)
    inside = forms_inside(sheet.drawing.root).keys()
    for element in sheet.model.elements.values():
        node = sheet.by_id.get(element.id)
        if node is None:
            continue
        if element.form is not None and element.form not in sheet.known.forms | inside:
            meant = nearest(element.form, sheet.known.forms)
            yield sheet.error(
                RULE,
                node,
                "Expected a deployed form, but %(name)s is not one.",
                "Did you mean %(meant)s?" if meant else "Deploy forms/%(name)s.form together with the drawing.",
                name=element.form,
                meant=meant,
            )


def _expanded(sheet: Sheet) -> Iterator[Finding]:
    """The missing-record pattern brings a task, whose form has to be deployed too."""
    guarded, form = sheet.model.elements.get(GUARDED), form_for(sheet.model.process_id, sheet.known)
    if guarded is None or guarded.kind != "serviceTask" or form in sheet.known.forms:
        return
    if not any(one.attached_to == GUARDED and one.event == "error" for one in sheet.model.elements.values()):
        yield sheet.warning(
            RULE,
            sheet.by_id.get(GUARDED),
            "Expected the form %(form)s for a missing record at %(id)s, but it is not deployed.",
            "Deploy forms/%(form)s.form.",
            form=form,
            id=GUARDED,
        )
