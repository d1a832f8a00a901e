# hequan 核圈: `make` lists what there is. Everything lives in .venv and data/.
.DEFAULT_GOAL := help
PYTHON ?= python3
PORT ?= 8000
V := .venv/bin
unexport PYTHONDONTWRITEBYTECODE # each process would compile every module again
export PORT
export HEQUAN_HOME ?= $(CURDIR)/data

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' Makefile | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

setup: .venv/.ready ## make the environment: locked packages, front-end files, words
	@$(V)/python -m tools.assets
	@$(V)/python -m tools.messages compile

.venv/.ready: requirements-dev.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "hequan needs Python 3.11 or newer; name one: make PYTHON=python3.12 setup")'
	@test -x $(V)/python || $(PYTHON) -m venv .venv
# only what is imported is compiled to bytecode, when it is: all the packages take most of a minute
	@$(V)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r requirements-dev.lock
	@$(V)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

serve: setup ## the demo town at http://127.0.0.1:8000 (PORT, HEQUAN_HOME, DATABASE_URL)
	@$(V)/hequan upgrade --quiet
	@$(V)/hequan demo --if-empty
	@exec $(V)/hequan serve

quick: setup ## the fast part of the tests: SQLite, no browser
	@$(V)/python -m pytest -q -n 2 -m "not slow and not browser and not postgres"

test: setup ## the whole suite, browser included, on SQLite and on PostgreSQL
	@$(V)/python -m tools.system chromium postgresql
	@HEQUAN_HOME=$(CURDIR)/out/test-home $(V)/python -m pytest -q -n 3 --dist worksteal
	@HEQUAN_HOME=$(CURDIR)/out/test-home $(V)/python -m tools.postgres -- $(V)/python -m pytest -q -n 3 --dist worksteal

torture: setup ## 500 kills under load on each database (HEQUAN_KILLS, half an hour or more)
	@$(V)/python -m tools.system postgresql
	@HEQUAN_HOME=$(CURDIR)/out/test-home HEQUAN_KILLS=$${HEQUAN_KILLS:-500} $(V)/python -m pytest -q tests/house/test_kill.py

lint: setup ## style, types, import order, templates, words
	@$(MAKE) --no-print-directory -j 2 lint-types lint-rest

lint-types:
	@$(V)/mypy

# Last, while mypy still keeps the other processor busy: the planner's kernels for the tests. Each of
# their workers would else compile them by itself: most of a minute the first time, then nothing.
lint-rest:
	@$(V)/ruff format --check .
	@$(V)/ruff check .
	@$(V)/lint-imports
	@git ls-files 'hequan/**/*.html' | xargs -r $(V)/djhtml --check --tabwidth 2
	@$(V)/python -m tools.messages check
	@$(V)/python -m tools.docs --check
	@$(V)/python -m tools.audit --locks
	@$(V)/python -c 'from hequan.planner.warm import warm; warm()'

audit: setup ## known holes in what we build on (asks a vulnerability database on the net)
	@$(V)/python -m tools.audit

bench: setup ## measure, side by side with peers (takes a while; tables in bench/out/)
	@$(V)/python -m bench.run

docs: setup ## regenerate docs/reference from the code
	@$(V)/python -m tools.docs

wheel: setup ## the wheel, front-end files and words inside, in dist/
	@$(V)/python -m build --quiet --wheel --no-isolation --outdir dist .

bundle: wheel ## all a server without internet needs, in dist/hequan-bundle.tar.gz
	@$(V)/python -m tools.bundle

lock: ## renew the lock files (needs uv)
	@uv pip compile --quiet --upgrade --generate-hashes --universal --no-emit-index-url --python-version 3.11 pyproject.toml -o requirements.lock
	@uv pip compile --quiet --upgrade --generate-hashes --universal --no-emit-index-url --python-version 3.11 pyproject.toml --group dev -o requirements-dev.lock

clean: ## remove what was made, not data/
	@rm -rf .venv build dist out node_modules hequan/web/static/vendor

.PHONY: help setup serve quick test torture lint lint-types lint-rest audit bench docs wheel bundle lock clean
