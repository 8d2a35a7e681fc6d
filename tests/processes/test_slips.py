"""Slips of the pen in the drawings that come with the product are found before they are deployed."""

import processes
from engine import Registry, definitions

DRAWING, TABLE = "bpmn/prioritize-opportunity.bpmn", "dmn/d17-priority-approval.dmn"


def test_a_misspelt_answer_of_a_table_is_found_in_a_condition() -> None:
    files = processes.files()
    slip = files[DRAWING].replace(b"=approval_required = false", b"=approval_requird = false")

    found = definitions.check_apart(Registry(), {DRAWING: slip, TABLE: files[TABLE]}, also=None)

    said = [(one.element, str(one.remedy)) for one in found if one.rule == "variables"]
    assert said == [("flow_gw_approval_required__add_to_pipeline", "Did you mean approval_required?")]
