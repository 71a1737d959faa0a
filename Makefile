# `make site` builds the site, `make test` tests it, `make proof` proves what takes longer; all of them begin on a fresh
# machine with Python 3.11 or newer.
PYTHON ?= python3
PY := .venv/bin/python

.PHONY: site check serve release split verify test proof bench golden clean

site: .venv/site
	$(PY) build.py

check release serve: .venv/site
	$(PY) build.py $@

# make split FILE=captured.txt DIR=content/2022
split: .venv/site
	$(PY) build.py split "$(FILE)" "$(DIR)"

# make verify WHERE=https://example.org/
verify: .venv/site
	$(PY) build.py verify "$(WHERE)"

test: .venv/test
	$(PY) -m ruff check
	$(PY) -m ruff format --check
	$(PY) -m mypy
	$(PY) -m pytest --numprocesses 2 --dist loadfile

proof: .venv/test
	$(PY) -m pytest tests/proof
	$(PY) -m pytest tests/test_hostile.py --hypothesis-profile=long

# Measures builds beside Hugo's and writes tests/bench/README.md; takes some minutes.
bench: .venv/site
	$(PY) -m pip install --quiet --disable-pip-version-check -r tests/bench/requirements.txt
	$(PY) -m tests.bench.run

# Renews the expected output of the small golden site; look at `git diff` before you commit it.
golden: .venv/test
	$(PY) -m pytest tests/test_golden.py tests/test_json_schema.py --renew-golden

clean:
	rm -rf .venv _site

.venv/site: requirements.txt
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.11")'
	$(PYTHON) -m venv .venv
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/test: .venv/site requirements-dev.txt tests/package-lock.json
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	if command -v npm >/dev/null; then npm ci --prefix tests --no-audit --no-fund --silent; fi
	@touch $@
