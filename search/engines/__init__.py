"""How are documents ranked? One protocol, one file an engine."""
