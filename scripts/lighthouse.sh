#!/bin/sh
# Installs Lighthouse, as pinned in bench/lighthouse/, for make bench. Does nothing when nothing changed; without npm it says so.
set -u
cd "$(dirname "$0")/../bench/lighthouse" || exit 1
stamp=node_modules/.kb-stamp
wanted="$(cat package.json package-lock.json | cksum)"
[ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && exit 0
if ! command -v npm >/dev/null 2>&1; then
    echo "没有 npm，Lighthouse 的数字量不了；装上 Node 18 或更新的版本再来。(npm is missing: no Lighthouse figures.)" >&2
    exit 1
fi
echo "正在安装 Lighthouse，第一次大约一分钟……" >&2
if ! npm ci --silent --ignore-scripts --no-audit --no-fund >&2; then
    echo "Lighthouse 没有装上：检查网络或软件源的设置，再运行一次。(Lighthouse could not be installed.)" >&2
    exit 1
fi
printf '%s\n' "$wanted" > "$stamp"
