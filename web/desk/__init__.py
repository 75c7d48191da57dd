"""How do people who work here get in? Signing in, out, and who may do what."""
