"""Forms: form-js schemas, read, checked at deploy, shown on pages; one set of rules validates the answers."""

from engine.forms.check import check_form
from engine.forms.model import Choice, Field, Form
from engine.forms.read import parse_form
from engine.forms.show import Shown, show
from engine.forms.validate import validate

__all__ = ["Choice", "Field", "Form", "Shown", "check_form", "parse_form", "show", "validate"]
