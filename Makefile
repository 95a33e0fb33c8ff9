# Needs only make and a working Python 3.11, 3.12 or 3.13. Everything else comes from the hash-locked files in
# requirements/ into .venv, and again only when they change.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
UV ?= uv
PARALLEL := -n 2 --dist worksteal
LOCK := $(UV) pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-header

.PHONY: help run test check check-slow bench golden docs validation claims lock clean

help:  ## list these commands
	@grep -E '^[a-z-]+:.*## ' $(firstword $(MAKEFILE_LIST)) | sed -E 's/:.*## /\t/' | expand -t 14

run: $(VENV)/.runtime  ## compare the default org designs and print the table
	$(BIN)/orgsim compare

test: $(VENV)/.dev  ## fast tests, on two cores
	$(BIN)/python -m pytest -q $(PARALLEL)

check: $(VENV)/.dev  ## lint, format, types, fast tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/python -m pytest -q $(PARALLEL)

check-slow: $(VENV)/.dev  ## the tests left out of `make test`
	$(BIN)/python -m pytest -q -m slow $(PARALLEL) -o faulthandler_timeout=7200

bench: $(VENV)/.dev  ## speed, as ratios taken in one run, beside the peers of the extra `bench` that are installed
	$(BIN)/python -m bench

golden: $(VENV)/.dev  ## write the golden traces anew; review them as a diff
	ORGSIM_RENEW_GOLDEN=1 $(BIN)/python -m pytest -q tests/test_golden.py

docs: $(VENV)/.dev  ## write the tables of defaults and of rules anew
	$(BIN)/python -m experiments.pages.defaults
	$(BIN)/python -m experiments.pages.rules

validation: $(VENV)/.dev  ## hold published figures against runs; some minutes
	$(BIN)/python -m experiments.pages.validation

claims: $(VENV)/.dev  ## put every claim to the test and write the page; an hour or more
	$(BIN)/python -m experiments.pages.claims_page

lock:  ## resolve the requirements files anew (needs uv)
	@command -v $(UV) >/dev/null || { echo "make lock needs uv; set UV=/path/to/uv" >&2; exit 1; }
	$(LOCK) requirements/build.in --output-file requirements/build.txt
	$(LOCK) pyproject.toml --output-file requirements/runtime.txt
	$(LOCK) pyproject.toml --extra dev --constraint requirements/runtime.txt --output-file requirements/dev.txt

clean:  ## remove .venv, caches and build leftovers
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A python3.12 on the PATH may be a launcher with nothing behind it, so each candidate is asked what it is.
$(VENV)/.venv:
	@for name in python3.11 python3.12 python3.13 python3 python; do \
	  if "$$name" -c 'import sys, ensurepip, venv; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	      >/dev/null 2>&1; then found="$$name"; break; fi; \
	done; \
	if [ -z "$${found:-}" ]; then \
	  echo "orgsim needs Python 3.11, 3.12 or 3.13 with venv; none of python3.11 python3.12 python3.13" \
	       "python3 python on the PATH is one." >&2; exit 1; \
	fi; \
	echo "setting up $(VENV) with $$("$$found" --version)"; \
	rm -rf $(VENV); "$$found" -m venv $(VENV)
	@touch $@

# One dependency comes as source only; it is built with the locked build tools instead of whatever is newest.
$(VENV)/.build: requirements/build.txt $(VENV)/.venv
	$(PIP) install --require-hashes -r requirements/build.txt
	@touch $@

$(VENV)/.runtime: requirements/runtime.txt pyproject.toml $(VENV)/.build
	$(PIP) install --require-hashes --no-build-isolation -r requirements/runtime.txt
	$(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.runtime
	$(PIP) install --require-hashes --no-build-isolation -r requirements/dev.txt
	@touch $@
