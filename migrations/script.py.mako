"""${message}

Revision: ${up_revision}, after ${down_revision | comma,n}.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import crm.tables.types
import engine.tables
import webapp.tables
${imports if imports else ""}

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = ${repr(branch_labels)}
depends_on = ${repr(depends_on)}


def upgrade() -> None:
    """Brings the tables of the version before to this one."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Goes back to the tables of the version before."""
    ${downgrades if downgrades else "pass"}
