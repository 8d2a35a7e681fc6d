"""What other tools write into BPMN files, understood: translated into what runs here, or refused by name.

Done once, when a file is read (`engine.bpmn.translating`): the file keeps its bytes, the tree in memory
changes. Each translation is told as a finding of severity `info`. What only decorates stays as it is. A
translated tree is read again without any finding. docs/notations.md lists the words of each tool.
"""

from engine.bpmn.notations.form_fields import forms_inside
from engine.bpmn.notations.tools import translate_notations

__all__ = ["forms_inside", "translate_notations"]
