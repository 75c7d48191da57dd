"""How does Alembic reach the database? Through the connection, and in the transaction, that migrating.py has opened."""

from __future__ import annotations

from alembic import context

from records.desk_tables import TABLES

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=TABLES,
    render_as_batch=True,  # SQLite alters a table by writing it anew
)
with context.begin_transaction():
    context.run_migrations()
