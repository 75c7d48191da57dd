"""How people reach it: HTTP, one error shape, headers and logs. No rules of its own."""
