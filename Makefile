.DEFAULT_GOAL := help
SHELL := /bin/bash

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
SOURCES := pyproject.toml hatch_build.py $(shell find frontend -type f -not -path '*/node_modules/*' 2>/dev/null)
N ?=
PORT ?= 8000

.PHONY: help run test check worker bench fuzz fuzz-feel kill

help: ## list these commands
	@grep -hE '^[a-z-]+:.*?## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12 | sed 's/^/  make /'

run: $(STAMP) ## install what is needed, then serve http://127.0.0.1:8000 with a sample company
	@$(BIN)/salesflow run --port $(PORT)

test: $(STAMP) ## every test, browser tests included
	@$(BIN)/python -m tests.browser
	@$(BIN)/python -m pytest -n 3 --dist loadfile --no-loadscope-reorder

check: $(STAMP) ## style and types
	@$(BIN)/ruff check .
	@$(BIN)/mypy

worker: $(STAMP) ## a worker of its own, beside the web server (needs PostgreSQL)
	@$(BIN)/salesflow work

bench: $(STAMP) ## measure against stock SpiffWorkflow
	@$(BIN)/python -m bench

fuzz: $(STAMP) ## random processes against the oracle: make fuzz N=10000
	@$(BIN)/python -m bench.fuzz $(N)

fuzz-feel: $(STAMP) ## random expressions and damaged files of decisions, none may break out: make fuzz-feel N=100000
	@SALESFLOW_FUZZ=$(or $(N),100000) $(BIN)/python -m pytest -q tests/engine/feel/test_fuzz.py tests/engine/dmn/test_fuzz.py

kill: $(STAMP) ## kill -9 at every kind of moment: make kill N=10000
	@$(BIN)/python -m bench.kill $(N)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Salesflow needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Name another one with: make PYTHON=python3.12 ...")'
	@$(PYTHON) -m venv $(VENV)

$(STAMP): $(SOURCES) | $(VENV)/bin/python
	@echo "Installing Salesflow and building its editors (a minute the first time) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	@touch $@
