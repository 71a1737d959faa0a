# `make site` builds the site, `make test` tests it, `make proof` proves what takes longer; all of them begin on a fresh
# machine with Python 3.11 or newer.
PYTHON ?= python3
PY := .venv/bin/python
INSTALL := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes

.PHONY: site check serve release split verify test proof bench growth golden pins clean

site: .venv/site
	$(PY) build.py

check release: .venv/site
	$(PY) build.py $@

# make serve PORT=8001
serve: .venv/site
	$(PY) build.py serve $(if $(PORT),--port $(PORT))

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
	$(PY) -m pytest tests/proof --numprocesses 2 --dist loadfile
	$(PY) -m pytest -m proof --numprocesses 2 --dist loadfile
	$(PY) -m pytest tests/test_hostile.py --hypothesis-profile=long

# Measures builds, pages and searches beside Hugo and writes tests/bench/README.md; takes a quarter of an hour.
bench: .venv/test
	$(INSTALL) -r tests/bench/requirements.txt
	$(PY) -m tests.bench.run

# Gives builds, drafts and searches texts of size n, 2n and 4n; make growth ONLY="build items" only what begins so.
growth: .venv/test
	$(PY) -m tests.bench.growth $(ONLY)

# Renews the expected output of the small golden site; look at `git diff` before you commit it.
golden: .venv/test
	$(PY) -m pytest tests/test_golden.py tests/test_json_schema.py --renew-golden

# Writes every library's version and hashes for what the .in files name; `make pins UPGRADE=--upgrade` takes newer ones.
PINS := $(PY) -m uv pip compile --quiet --universal --generate-hashes --python-version 3.11 --custom-compile-command "make pins"
pins: .venv/test
	$(PINS) $(UPGRADE) --output-file requirements.txt requirements.in
	$(PINS) $(UPGRADE) --output-file requirements-dev.txt requirements-dev.in
	$(PINS) $(UPGRADE) --output-file tests/bench/requirements.txt tests/bench/requirements.in

clean:
	rm -rf .venv _site .kept

.venv/site: requirements.txt
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.11")'
	$(PYTHON) -m venv .venv
	$(INSTALL) -r requirements.txt
	@touch $@

.venv/test: .venv/site requirements-dev.txt tests/package-lock.json
	$(INSTALL) -r requirements-dev.txt
	if command -v npm >/dev/null; then npm ci --prefix tests --no-audit --no-fund --silent; fi
	@touch $@
