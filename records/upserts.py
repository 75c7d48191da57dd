"""How is a row written that may be there already? SQLite and PostgreSQL say it alike; SQLAlchemy has a class for each."""

from __future__ import annotations

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql, sqlite

from records.tables import Base


def insert(connection: Connection, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that knows ``on_conflict_do_…``."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)
