"""What other tools write into BPMN files, understood: translated into what runs here, or refused by name.

Done once, when a file is read (`engine.bpmn.translating`): the file keeps its bytes, the tree in memory
changes. Each translation is told as a finding of severity `info`. What only decorates stays as it is. A
translated tree is read again without any finding. docs/notations.md lists the words of each tool.

Read them in this order:

1. `known_tools`: which tools are known, and the order in which their words are translated;
2. `translation`: the tree and the findings of one file; a `Word` and what becomes of it; `reasons`: why something
   is refused;
3. one tool each: `camunda7`, whose words are ours; `flowable` (with `flowable_loops`) and `camunda8` (with
   `camunda8_calls`, `camunda8_feel`, `camunda8_mappings`), which become Camunda 7's words; `jbpm`; `other_engines`;
4. one subject each, the same for all of them: `implementations`, `mappings`, `form_fields`, `literals`, `names`,
   `task_names`;
5. expressions: `expression_places` finds them, `expression_translation` writes each as FEEL with the `Language` of
   `expressions`; `juel` parses, `juel_feel` and `juel_calls` write FEEL out of the pieces in `juel_text`;
6. `leftover_words`: what nobody has translated or kept by then is refused.
"""

from engine.bpmn.notations.form_fields import forms_inside
from engine.bpmn.notations.known_tools import translate_notations

__all__ = ["forms_inside", "translate_notations"]
