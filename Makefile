# `make site` builds the site, `make test` runs every check; both begin on a fresh machine with Python 3.11 or newer.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: site test golden clean

site: .venv/site
	$(BIN)/python build.py

test: .venv/test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/pytest

# Renews the expected output of the small golden site; look at `git diff` before you commit it.
golden: .venv/test
	$(BIN)/pytest tests/test_golden.py --renew-golden

clean:
	rm -rf .venv _site

.venv/site: requirements.txt
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.11")'
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/test: .venv/site requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@
