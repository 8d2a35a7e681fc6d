"""Changing drawings, decision tables and forms: editors, drafts, what a draft changes, and deploying it."""

from webapp.modeler import bringing, reviews
from webapp.modeler.views import blueprint

__all__ = ["blueprint", "bringing", "reviews"]
