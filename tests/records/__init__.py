"""Do the records keep what they should, and nothing more? Every test runs on SQLite and on PostgreSQL."""
