"""indexes over what one record or instance has need not hold its state as well, which would be rewritten each time

Revision: 0003, after 0002. There is no way back but a copy of the database made before.
"""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STEADY = (
    ("ix_user_task_instance_id", "user_task", ["instance_id", "token"]),
    ("ix_user_task_business_key", "user_task", ["business_key"]),
    ("ix_process_instance_business_key", "process_instance", ["business_key"]),
    ("ix_process_instance_begun_about", "process_instance", ["begun_about"]),
)
"""Index, table, and the columns that it is over from now on."""


def upgrade() -> None:
    for index, table, columns in STEADY:
        op.drop_index(index, table)
        op.create_index(index, table, columns)
