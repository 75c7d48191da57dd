#!/bin/sh
# Everything that must hold: style, types, tests. The first failure stops it.
set -eu
cd "$(dirname "$0")/.."
.venv/bin/ruff check .
.venv/bin/ruff format --check .
.venv/bin/mypy .
.venv/bin/kb check --strict
.venv/bin/python -m pytest "$@"
