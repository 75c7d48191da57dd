#!/bin/sh
# Sees to it that the browser tests have Chromium and a Chinese font, and that the programs named are there (Debian's packages).
set -u
missing=""
command -v chromium >/dev/null 2>&1 || missing="chromium"
[ -n "$(fc-list :lang=zh 2>/dev/null | head -n 1)" ] || missing="$missing fontconfig fonts-noto-cjk"
for program in "$@"; do command -v "$program" >/dev/null 2>&1 || missing="$missing $program"; done
# shellcheck disable=SC2086 # a list
exec sh "$(dirname "$0")/packages.sh" $missing
