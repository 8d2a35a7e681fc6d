"""What the business records refuse, as sentences a person can act on.

The docstring of each class is its sentence: a gettext template with `%(name)s` places.
`template` and `values` let a page show it in the reader's language (a value may be a mapping from language to
text); `str()` gives the English text.
"""

from __future__ import annotations

from collections.abc import Mapping


class CrmError(Exception):
    """The business records cannot take this."""

    def __init__(self, template: str | None = None, **values: object) -> None:
        self.template = template or " ".join((type(self).__doc__ or "").split())
        self.values: Mapping[str, object] = values
        english = {name: value["en"] if isinstance(value, Mapping) else value for name, value in values.items()}
        super().__init__(self.template % english if values else self.template)


class RecordNotFound(CrmError):
    """Expected to find %(record)s, but there is no such record. Check the number, or link another record."""


class VersionConflict(CrmError):
    """Expected to change %(record)s as you saw it, but %(who)s changed it at %(when)s
    (%(what)s). Look at the newer values and decide again."""


class IllegalMove(CrmError):
    """Expected to make %(record)s “%(new)s”, but it is “%(old)s”, and from there
    it can only become: %(possible)s."""


class InvalidValue(CrmError):
    """Expected %(expected)s for %(record)s, but got %(value)s."""


class NotAllowed(CrmError):
    """%(record)s is not yours to make or change like this. Ask its owner, a manager or operations."""


class InUse(CrmError):
    """%(record)s cannot be deleted: %(count)s other records need it. Take it out of use instead."""


class Settled(CrmError):
    """%(record)s can no longer be changed. Make a new version or another record instead."""


class DoNotFit(CrmError):
    """The values do not fit together, or another record has them already. Look at them again."""


class AlreadyExists(CrmError):
    """Expected a new %(record)s, but there is one already."""


class NoThreshold(CrmError):
    """Expected approval thresholds in force at %(moment)s, but none are published.
    Publish a version first."""


class NoRate(CrmError):
    """Expected an exchange rate for %(currency)s on %(day)s, but there is none.
    Enter one, or use %(base)s."""


class NoStage(CrmError):
    """Expected a first pipeline stage for the sales mode %(mode)s, but none is marked.
    Mark one of its stages."""


class NoWorkingTime(CrmError):
    """Expected working days after %(start)s, but the calendar has none for ten years. Mend the calendar."""
