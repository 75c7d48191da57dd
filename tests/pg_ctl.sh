#!/bin/sh
# Debian's newest pg_ctl; as nobody when root asks, since a PostgreSQL server refuses to be root.
for found in /usr/lib/postgresql/*/bin/pg_ctl; do pg_ctl="$found"; done
if [ "$(id -u)" = 0 ]; then exec setpriv --reuid nobody --regid nogroup --clear-groups "$pg_ctl" "$@"; fi
exec "$pg_ctl" "$@"
