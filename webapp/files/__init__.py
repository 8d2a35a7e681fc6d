"""Files attached to the answers of forms."""

from webapp.files.views import blueprint

__all__ = ["blueprint"]
