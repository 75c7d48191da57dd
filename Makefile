# The two commands that matter: make serve, make test.
.PHONY: help serve test soak eval bench screenshots lint clean

help:
	@echo "make serve  起站点和接口 / site and API at http://127.0.0.1:8000 (KB_HOST, KB_PORT)"
	@echo "make test   全部检查和测试 / lint, types and every test"
	@echo "make soak   每种故障试很多遍 / every fault of a publish, many times"
	@echo "make eval   量搜索好坏 / relevance of the search"
	@echo "make bench  量速度和大小 / speed and sizes"
	@echo "make screenshots  给每种页面拍照 / pictures of every kind of page, in var/screenshots/"

serve:
	@sh scripts/setup.sh
	@exec .venv/bin/kb serve

test:
	@sh scripts/setup.sh dev
	@sh scripts/browser.sh
	@sh scripts/servers.sh
	@sh scripts/test.sh

soak:
	@sh scripts/setup.sh dev
	@.venv/bin/python -m pytest --rounds 20 tests/publishing/test_faults.py tests/publishing/test_push.py tests/web/test_under_load.py

eval:
	@sh scripts/setup.sh dev
	@sh scripts/browser.sh
	@.venv/bin/python -m bench.relevance

bench:
	@sh scripts/setup.sh dev
	@sh scripts/browser.sh wrk
	@sh scripts/lighthouse.sh
	@.venv/bin/python -m bench

screenshots:
	@sh scripts/setup.sh dev
	@sh scripts/browser.sh
	@.venv/bin/python -m bench.screenshots

lint:
	@sh scripts/setup.sh dev
	@.venv/bin/ruff check . && .venv/bin/ruff format --check . && .venv/bin/mypy .

clean:
	rm -rf .venv var site
