"""What an agent copied, and how each contact ended."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"
branch_labels: str | None = None
depends_on: str | None = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make them."""
    op.add_column("events", sa.Column("reference", sa.String()))
    op.add_column("events", sa.Column("contact", sa.String()))
    op.create_index("ix_events_contact", "events", ["contact"])
    op.create_table(
        "contacts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("handed_to", sa.String()),
        sa.Column("articles", sa.JSON(), nullable=False),
        sa.Column("query", sa.String()),
        sa.Column("reference", sa.String()),
        sa.Column("release", sa.String(), nullable=False),
        sa.Column("first_copy_ms", sa.Integer()),
        sa.PrimaryKeyConstraint("id", name="pk_contacts"),
        sa.UniqueConstraint("contact", name="uq_contacts_contact"),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name="fk_contacts_account"),
    )
    op.create_index("ix_contacts_ended_at", "contacts", ["ended_at"])
