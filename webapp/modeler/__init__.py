"""Changing drawings, decision tables and forms: editors, drafts, what a draft changes, and deploying it."""

from webapp.modeler.reviews import blueprint

__all__ = ["blueprint"]
