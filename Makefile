# Two commands matter: `make run` (the main job) and `make test` (checks of a few minutes).
# `make serve` opens the what-if room in a browser.
# `make docs` builds the site of the papers.
# `make test-all` adds the slow oracles; CI runs it. `make test-nightly` runs the slowest.
PYTHON ?= python3
# Folder of raw public files for `make snapshot`; docs/data.md says what is in it.
RAW    ?= ../shared/data
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Python compiles what is imported; to compile all that is installed would be two fifths of the work.
INSTALL := $(PIP) install --no-compile --require-hashes --only-binary :all: -r
# What one process compiled the next one reads, also where the user's Python keeps nothing.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run serve docs test test-all test-nightly check lint types contracts dist snapshot bank lock bench clean

run: $(VENV)/.run
	$(BIN)/selloff compare japan-dump japan-slow --out out

serve: $(VENV)/.web
	$(BIN)/selloff serve

docs: $(VENV)/.docs
	$(BIN)/python tools/make_docs.py --out out/docs

test: check
	$(BIN)/python -m pytest

test-all: check
	$(BIN)/python -m pytest -m "not nightly"

test-nightly: check
	$(BIN)/python -m pytest -m nightly

check: lint types contracts

lint: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

types: $(VENV)/.dev
	$(BIN)/mypy

contracts: $(VENV)/.dev
	$(BIN)/lint-imports

dist: $(VENV)/.dev
	$(BIN)/python -m build --no-isolation

snapshot: $(VENV)/.run
	$(BIN)/python tools/snapshot.py $(RAW)

bank: $(VENV)/.dev
	$(BIN)/selloff calibrate

bench: $(VENV)/.dev
	$(BIN)/python -m pytest -o addopts= --benchmark-json=$(VENV)/measured.json benchmarks/test_speed.py
	$(BIN)/python benchmarks/record.py $(VENV)/measured.json

lock:
	uv pip compile pyproject.toml requirements/build.in --universal --python-version 3.11 --generate-hashes --no-header -q -o requirements/run.lock
	uv pip compile pyproject.toml requirements/build.in --group dev --universal --python-version 3.11 --generate-hashes --no-header -q -o requirements/dev.lock
	uv pip compile pyproject.toml requirements/build.in --extra web --extra data --universal --python-version 3.11 --generate-hashes --no-header -q -o requirements/web.lock
	uv pip compile pyproject.toml requirements/build.in --group docs --universal --python-version 3.11 --generate-hashes --no-header -q -o requirements/docs.lock

clean:
	rm -rf $(VENV) dist out

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Selloff needs Python 3.11 or newer; set PYTHON=/path/to/python3.11")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: requirements/run.lock pyproject.toml | $(VENV)/bin/python
	$(INSTALL) requirements/run.lock
	$(PIP) install --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.web: requirements/web.lock $(VENV)/.run
	$(INSTALL) requirements/web.lock
	touch $@

$(VENV)/.docs: requirements/docs.lock $(VENV)/.run
	$(INSTALL) requirements/docs.lock
	touch $@

$(VENV)/.dev: requirements/dev.lock $(VENV)/.run
	$(INSTALL) requirements/dev.lock
	touch $@
