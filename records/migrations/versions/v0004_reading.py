"""What agents have read, must have read, keep at hand and want to hear of; what they mark, and what nobody answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision: str | None = "0003"
branch_labels: str | None = None
depends_on: str | None = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make them."""
    op.create_table(
        "versions",
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("parts", sa.String(), nullable=False),
        sa.Column("release", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("article", "version", name="pk_versions"),
    )
    op.create_table(
        "reads",
        *_whose("reads"),
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("account", "article", name="pk_reads"),
    )
    op.create_index("ix_reads_account_at", "reads", ["account", "at"])
    op.create_table(
        "acknowledgements",
        *_whose("acknowledgements"),
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("account", "article", "version", name="pk_acknowledgements"),
    )
    op.create_index("ix_acknowledgements_article_version", "acknowledgements", ["article", "version"])
    op.create_table(
        "pins",
        *_whose("pins"),
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("account", "article", name="pk_pins"),
    )
    op.create_table(
        "interests",
        *_whose("interests"),
        sa.Column("product", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("account", "product", name="pk_interests"),
    )
    _marks_and_gaps()


def _marks_and_gaps() -> None:
    op.create_table(
        "marks",
        sa.Column("id", sa.Integer(), nullable=False),
        *_whose("marks"),
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_by", sa.Integer()),
        sa.Column("answered_at", MOMENT),
        sa.Column("seen_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_marks"),
        sa.ForeignKeyConstraint(["answered_by"], ["accounts.id"], name="fk_marks_answered_by"),
    )
    op.create_index("ix_marks_account", "marks", ["account"])
    op.create_index("ix_marks_state", "marks", ["state"])
    op.create_table(
        "gaps",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("folded", sa.String(), nullable=False),
        sa.Column("query", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("product", sa.String(), nullable=False),
        *_whose("gaps"),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("article", sa.String(), nullable=False),
        sa.Column("closed_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_gaps"),
        sa.UniqueConstraint("folded", name="uq_gaps_folded"),
    )
    op.create_index("ix_gaps_state", "gaps", ["state"])


def _whose(table: str) -> tuple[sa.Column[int], sa.ForeignKeyConstraint]:
    return (
        sa.Column("account", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name=f"fk_{table}_account"),
    )
