# The few words a newcomer needs. Only python3 >= 3.11 with pip, make and git are assumed.

VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --custom-compile-command "make lock"

# The first Python on the path that is new enough; PYTHON=/path/to/python make … chooses another.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && { echo $$p; break; }; done)

.DEFAULT_GOAL := help
.PHONY: help run test check journeys kill-test verify-test bench draw lock vendor environment development

help:  ## these lines
	@sed -n 's/^\([a-z-]*\):.*## /\1: /p' $(MAKEFILE_LIST) | sort | while IFS=: read -r word what; do \
		printf '  make %-10s%s\n' "$$word" "$$what"; done

run: environment  ## the house at http://127.0.0.1:8000 with its sample; ARGS="--port 9000" passes options on
	@exec $(BIN)/dondoc run $(ARGS)

test: development  ## the checks, then every test on SQLite and on PostgreSQL
	@sh tools/test_setup.sh
	@exec $(BIN)/python -m tools.test

check: development  ## style, types, imports, templates, migrations: no tests
	@exec $(BIN)/python -m tools.check

journeys: development  ## the walks in a real browser
	@sh tools/test_setup.sh
	@exec $(BIN)/python -m pytest -m journey $(ARGS)

kill-test: development  ## browser, web, database killed, wire cut while sending; ARGS="trials=50 database=postgresql"
	@exec $(BIN)/python -m tools.kill_test $(ARGS)

verify-test: development  ## thousands of single edits, each to be found and named; ARGS="trials=500 database=postgresql"
	@exec $(BIN)/python -m tools.verify_test $(ARGS)

bench: development  ## how fast, at the sizes the house is made for
	@exec $(BIN)/python -m bench $(ARGS)

draw: development  ## docs/flows/ from the steps of every room
	@exec $(BIN)/python -m tools.flows

lock: development  ## requirements/*.in become requirements/*.txt; ARGS=--upgrade takes newer versions
	$(UV) $(ARGS) requirements/run.in --output-file requirements/run.txt
	$(UV) $(ARGS) --constraint requirements/run.txt requirements/dev.in --output-file requirements/dev.txt

vendor: development  ## fetch the files listed in tools/vendor.toml again (needs npm)
	@exec $(BIN)/python -m tools.vendor

environment: python
	@$(PYTHON) tools/prepare.py run

development: python
	@$(PYTHON) tools/prepare.py dev

.PHONY: python
python:
	@if [ -z "$(PYTHON)" ]; then \
		echo "Cần Python 3.11 trở lên (python3). / Python 3.11 or newer is needed (python3)." >&2; exit 1; fi
