"""A database in memory with all record tables, and the sample company of `factories`."""

from tests.crm.factories import a_company, configured, connection

__all__ = ["a_company", "configured", "connection"]
