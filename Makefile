# doseline: `make demo` runs it, `make test` proves it. Needs python3 >= 3.11 with venv.
PYTHON ?= python3
BIN := .venv/bin
UV_COMPILE := uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --python-version 3.11

.PHONY: demo test sentences setup setup-test lint bench nightly browser lock clean

demo: setup
	$(BIN)/doseline-sim demo $(DEMO_ARGS)

setup: .venv/installed
setup-test: .venv/installed-test

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "doseline needs Python 3.11 or newer; $(PYTHON) is older. Try: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 2; }
	$(PYTHON) -m venv .venv || { rm -rf .venv; \
	  echo "$(PYTHON) can't make an environment; on Debian and Ubuntu: apt-get install python3-venv" >&2; exit 2; }

.venv/installed: .venv/bin/python requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

.venv/installed-test: .venv/installed tests/requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r tests/requirements.lock
	@touch $@

# Three at a time on two cores: many tests wait for a radio or a clock while others compute.
# Compiled first, as hundreds of starts of the programs else compile them each time where
# PYTHONDONTWRITEBYTECODE is set.
test: setup-test
	$(BIN)/python -m compileall -q firmware_sim gateway protocol server
	$(BIN)/python -m pytest -n 3 --dist worksteal $(TEST_ARGS)

lint: setup-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: setup-test
	$(BIN)/python -m pytest -m bench -s -p no:randomly $(TEST_ARGS)

nightly: setup-test
	$(BIN)/python -m pytest -m "nightly or faults" --timeout 7200 $(TEST_ARGS)

browser: setup-test
	@command -v chromium-headless-shell >/dev/null || { echo "Installing Debian's Chromium for the browser tests."; \
	  apt-get update && apt-get install -y chromium chromium-headless-shell libnss3-tools; }

# The list of sentences anew, languages brought up to it; says what has no translation yet.
sentences: setup-test
	$(BIN)/python -m tests.update_catalogue

lock:
	$(UV_COMPILE) --all-extras pyproject.toml -o requirements.lock
	$(UV_COMPILE) tests/requirements.in -o tests/requirements.lock

clean:
	rm -rf .venv build dist
