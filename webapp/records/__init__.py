"""Opportunities, accounts and the pipeline: lists, one record with everything about it, figures by stage."""

from webapp.records.views import blueprint

__all__ = ["blueprint"]
