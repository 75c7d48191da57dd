"""What an answer is: its schema, how it is read, checked and drawn."""
