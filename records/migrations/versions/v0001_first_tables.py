"""The first tables: events, votes, and the key of the day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None
branch_labels: str | None = None
depends_on: str | None = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("query", sa.String()),
        sa.Column("band", sa.String()),
        sa.Column("hits", sa.Integer()),
        sa.Column("article", sa.String()),
        sa.Column("rank", sa.Integer()),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("release", sa.String(), nullable=False),
        sa.Column("visitor", sa.String()),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
    )
    op.create_index("ix_events_at", "events", ["at"])
    op.create_index("ix_events_kind_at", "events", ["kind", "at"])
    op.create_table(
        "votes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("visitor", sa.String(), nullable=False),
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("solved", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String()),
        sa.Column("words", sa.String()),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_votes"),
        sa.UniqueConstraint("visitor", "article", name="uq_votes_visitor_article"),
    )
    op.create_index("ix_votes_article", "votes", ["article"])
    op.create_index("ix_votes_changed_at", "votes", ["changed_at"])
    op.create_table(
        "day_keys",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("day", name="pk_day_keys"),
    )
