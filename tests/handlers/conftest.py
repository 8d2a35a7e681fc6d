"""A database of each kind with all record tables, and the sample company of `factories`."""

from tests.crm.factories import a_company, configured, connection, record_engines

__all__ = ["a_company", "configured", "connection", "record_engines"]
