"""How did the tables become what they are? One file a change in versions/, oldest first."""
