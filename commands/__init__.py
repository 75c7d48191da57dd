"""One file a verb of ``kb``: parse, call, print."""
