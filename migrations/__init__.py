"""One Alembic chain over the tables of engine, crm and webapp."""
