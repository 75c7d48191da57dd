"""How fast and how big is it? Measured side by side with its peers; not a test."""
