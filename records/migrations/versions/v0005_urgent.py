"""Articles that were stopped, and notices."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision: str | None = "0004"
branch_labels: str | None = None
depends_on: str | None = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "stops",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.Column("ended_by", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_stops"),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name="fk_stops_account"),
        sa.ForeignKeyConstraint(["ended_by"], ["accounts.id"], name="fk_stops_ended_by"),
    )
    standing = sa.text("ended_at IS NULL")
    op.create_index(
        "uq_stops_standing", "stops", ["article"], unique=True, sqlite_where=standing, postgresql_where=standing
    )
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("articles", sa.JSON(), nullable=False),
        sa.Column("starts", MOMENT, nullable=False),
        sa.Column("ends", MOMENT, nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.Column("ended_by", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name="fk_notices_account"),
        sa.ForeignKeyConstraint(["ended_by"], ["accounts.id"], name="fk_notices_ended_by"),
    )
    op.create_index("ix_notices_ends", "notices", ["ends"])
