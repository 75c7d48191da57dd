#!/bin/sh
# Sees to it that the tests can start servers of their own: PostgreSQL and Redis (Debian's packages).
set -u
missing=""
ls /usr/lib/postgresql/*/bin/pg_ctl >/dev/null 2>&1 || missing="postgresql"
command -v redis-server >/dev/null 2>&1 || missing="$missing redis-server"
# shellcheck disable=SC2086 # a list
exec sh "$(dirname "$0")/packages.sh" $missing
