"""The words of form-js, and the names a field may not take."""

from __future__ import annotations

import re

# form-js component -> our type. A datetime becomes what its subtype says, a text with a `view` a view.
TYPES = {
    "textfield": "text",
    "textarea": "textarea",
    "number": "number",
    "checkbox": "checkbox",
    "radio": "radio",
    "select": "select",
    "checklist": "checklist",
    "taglist": "taglist",
    "datetime": "datetime",
    "group": "group",
    "dynamiclist": "rows",
    "expression": "expression",
    "filepicker": "files",
    "text": "static",
    "separator": "separator",
    "spacer": "spacer",
}
# The page brings its own buttons.
IGNORED = frozenset({"button"})
UNITS = ("", "money", "percent", "integer")
KEY = re.compile(r"[A-Za-z][A-Za-z0-9_]*\Z")
CHINESE = "zh-Hans"

_FEEL_WORDS = "true false null and or not if then else for in return some every satisfies between instance of function"
# Names that the engine or the expression language gives a meaning of their own.
RESERVED = frozenset(_FEEL_WORDS.split()) | frozenset(
    "typename csrf_token config approval task now today business_key next_key next_payload".split()
    + "partial external item".split()
)
