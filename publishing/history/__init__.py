"""What did we say, and when? An append-only history of every text that was ever live."""
