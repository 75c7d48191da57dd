#!/bin/sh
# Makes .venv with the pinned dependencies; "dev" adds what the tests need. Does nothing when nothing changed.
set -u
cd "$(dirname "$0")/.." || exit 1
extra="${1:-}"

stop() { printf '%s\n' "$1" >&2; exit 1; }

# A Python that is new enough.
new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
python=""
seen=""
for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11 python; do
    command -v "$candidate" >/dev/null 2>&1 || continue
    seen="$candidate"
    if "$candidate" -c "$new_enough" >/dev/null 2>&1; then python="$candidate"; break; fi
done
if [ -z "$python" ]; then
    [ -n "$seen" ] && stop "$seen 太旧：请安装 Python 3.11 或更新的版本，再运行一次。(Python 3.11 or newer is needed.)"
    stop "没有找到 Python：请安装 Python 3.11 或更新的版本，再运行一次。(Python 3.11 or newer is needed.)"
fi

# Nothing to do? The stamp names everything that the environment was made from, and for what.
wanted="$(cat pyproject.toml constraints.txt | cksum) $(pwd) $("$python" --version 2>&1)"
for stamp in .venv/kb-dev .venv/kb-"${extra:-run}"; do
    if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && [ -x .venv/bin/kb ]; then exit 0; fi
done

if ! (mkdir -p .venv && : > .venv/.write) 2>/dev/null; then
    stop "这个文件夹不能写入：请换到可以写的文件夹，或改它的权限，再运行一次。(This folder is read-only.)"
fi
"$python" -c 'import ensurepip, venv' >/dev/null 2>&1 ||
    stop "$python 缺少 ensurepip：请先安装 python3-venv（Debian：apt install python3-venv），再运行一次。(python3-venv is missing.)"

echo "正在安装依赖，第一次大约一分钟……" >&2
rm -f .venv/kb-*
# An environment of this Python whose pip works is brought up to date; any other is made anew.
version="$("$python" --version 2>&1)"
if [ "$(.venv/bin/python --version 2>&1)" != "$version" ] || ! .venv/bin/python -m pip --version >/dev/null 2>&1; then
    "$python" -m venv --clear .venv ||
        stop "虚拟环境没有建成：看上面的原因，改好后再运行一次。(The virtual environment could not be made.)"
fi
PIP_CONSTRAINT=constraints.txt .venv/bin/python -m pip install --quiet --disable-pip-version-check \
    --editable ".${extra:+[$extra]}" ||
    stop "依赖没有装上：检查网络或软件源的设置，再运行一次。(The dependencies could not be installed.)"
printf '%s\n' "$wanted" > .venv/kb-"${extra:-run}"
