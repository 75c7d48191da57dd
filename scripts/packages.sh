#!/bin/sh
# Installs the Debian packages named, for the tests: sh scripts/packages.sh chromium redis-server
set -u
[ "$#" = 0 ] && exit 0
missing="$*"

become=""
if [ "$(id -u)" != 0 ]; then
    if sudo -n true 2>/dev/null; then become="sudo -n"; else become="no"; fi
fi
if [ "$become" = "no" ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "测试需要这些软件包，请先安装：$missing (these packages are needed by the tests)" >&2
    exit 1
fi
echo "正在安装测试需要的软件包：$missing" >&2
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086 # both are lists
if ! { $become apt-get update -qq && $become apt-get install -y -qq --no-install-recommends $missing; } >&2; then
    echo "软件包没有装上，请手工安装：$missing (these packages could not be installed)" >&2
    exit 1
fi
