# make demo   the suite `quick`, from nothing to a report
# make test   all tests
# make regression   the suite `smoke` against its baseline; another: make regression SUITE=quick
# make validity   the simulations that show what intervals and tests are worth, at full length
# Everything is installed into .venv; to use an environment of your own: make test VENV=/path
SHELL := /bin/bash
.DEFAULT_GOAL := help

VENV ?= .venv
PYTEST_ARGS ?=
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
RUN := env -u PYTHONPATH $(BIN)

# The first of these that is there and new enough; 3.11 is the version the tests run on.
PYTHON ?= $(shell for python in python3.11 python3.12 python3.13 python3 python; do \
	$$python -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' \
	2>/dev/null && { echo $$python; break; }; done)

TORCH := $(shell sed -n 's/^torch==/torch==/p' constraints.txt)

.PHONY: help install demo test test-quick test-whole regression validity lint types layers bench bench-baseline build clean

help:
	@sed -n 's/^# \(make [a-z]* .*\)/\1/p' $(firstword $(MAKEFILE_LIST))

# torch goes first: everything after it is then resolved against the pinned build.
$(VENV)/.installed: pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "closedbook needs Python 3.11, 3.12 or 3.13 with venv and pip" \
		"(on Debian: apt install python3-venv), or make PYTHON=/path/to/python" >&2; exit 2; }
	@test -x $(BIN)/python || { echo "making an environment in $(VENV) with $(PYTHON)"; \
		$(PYTHON) -m venv $(VENV); }
	@echo "installing the tested versions into $(VENV): some minutes, once"
	$(PIP) install --quiet --upgrade 'pip>=23.0'
	$(PIP) install --quiet --constraint constraints.txt '$(TORCH)'
	$(PIP) install --quiet --constraint constraints.txt --editable '.[retrieval,test,bench,dev]'
	@touch $@

install: $(VENV)/.installed

demo: install
	$(RUN)/closedbook run quick

test: test-quick test-whole

# One file a process: files share nothing, and one thread each leaves the cores to the processes.
test-quick: install
	OMP_NUM_THREADS=1 $(RUN)/python -m pytest --numprocesses 2 --dist loadfile $(PYTEST_ARGS) \
		tests/unit tests/validity

# Whole runs, processes that are killed, a browser, timings: one at a time.
test-whole: install
	$(RUN)/python -m pytest $(PYTEST_ARGS) tests/benchmarks tests/browser tests/integration

# One name only. A failed variant does not end it: the comparison says what that means for the gates.
SUITE ?= smoke

regression: install
	$(RUN)/python .ci/regression.py $(SUITE)

# Writes tests/validity/results; takes some minutes.
validity: install
	OMP_NUM_THREADS=1 $(RUN)/python -m pytest --numprocesses 2 --dist loadfile $(PYTEST_ARGS) tests/validity
	OMP_NUM_THREADS=1 $(RUN)/python -m tests.validity.simulate

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install
	$(BIN)/mypy

layers: install
	$(BIN)/lint-imports

BENCH := $(RUN)/python -m pytest tests/benchmarks --benchmark-enable --benchmark-only

# Compares with baselines/benchmarks; refuses where the hardware is another. Twice as slow fails.
bench: install
	OMP_NUM_THREADS=2 $(BENCH) --benchmark-compare --benchmark-compare-fail=median:100%

bench-baseline: install
	OMP_NUM_THREADS=2 $(BENCH) --benchmark-save=baseline

build: install
	$(BIN)/python -m build --outdir dist .

clean:
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .benchmarks
	find harness tests -name __pycache__ -type d -prune -exec rm -rf {} +
	rm -f $(VENV)/.installed
