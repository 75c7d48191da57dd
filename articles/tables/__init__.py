"""How do articles leave as a table, and come back from one? Spreadsheets, CSV and JSON lines, in and out."""
