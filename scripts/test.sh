#!/bin/sh
# Everything that must hold: style, types, tests. The first failure stops it.
set -eu
cd "$(dirname "$0")/.."
.venv/bin/ruff check .
.venv/bin/ruff format --check .
.venv/bin/mypy .
.venv/bin/kb check --strict
# A file's tests share what is dear to set up (a site, a browser, a database server), so a file stays on one core.
# One process more than there are cores: a third of the time a test waits for a browser or a server.
exec .venv/bin/python -m pytest --numprocesses "$(($(nproc) + 1))" --dist loadfile "$@"
