# The commands of this repository. Each brings its own needs: from a fresh clone, `make run` starts
# the site and `make test` runs every test, with nothing but Python 3.11, make and package registries.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PYTHON_DIRS := accounts ai bench chat echomind imaging rag tests manage.py
LOCKED := base ai dev train gpu
FIND_CHROMIUM := $(or $(CHROMIUM),$(shell command -v chromium || command -v chromium-browser || command -v google-chrome))

# Variables given to make, as in `make run PORT=8001 VAR=/data`, reach the site by themselves.
.PHONY: run test check bench lock native-llm chromium

run: $(VENV)/.site-ready
	@exec $(BIN)/python manage.py up

test: $(VENV)/.tests-ready chromium
	CHROMIUM="$(FIND_CHROMIUM)" $(BIN)/python -m pytest $(PYTEST_ARGS)

check: $(VENV)/.tests-ready
	$(BIN)/ruff format --check $(PYTHON_DIRS)
	$(BIN)/ruff check $(PYTHON_DIRS)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --check templates
	$(BIN)/djlint --lint templates
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(MAKE) test

bench: $(VENV)/.tests-ready
	$(BIN)/python -m bench

# Pins stay as they are unless asked: make lock UPGRADE=--upgrade
lock: $(VENV)/.uv
	cd requirements && for name in $(LOCKED); do \
		../$(BIN)/uv pip compile --quiet --no-header --no-annotate --python-version 3.11 \
			$(UPGRADE) $$name.in --output-file $$name.txt || exit 1; \
	done

# Six minutes on two cores; `make run` uses what it makes.
native-llm: $(VENV)/.site-ready
	$(BIN)/python -m echomind.stack.native_llm

chromium:
	@test -n "$(FIND_CHROMIUM)" || { echo "The tests need a browser: apt-get install chromium, or CHROMIUM=/path/to/it make test" >&2; exit 1; }

$(VENV)/.uv:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("EchoMind needs Python 3.11 or newer: make PYTHON=python3.11 …")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@touch $@

$(VENV)/.site-ready: $(VENV)/.uv requirements/base.txt requirements/ai.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements/base.txt -r requirements/ai.txt
	@touch $@

$(VENV)/.tests-ready: $(VENV)/.site-ready requirements/dev.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements/dev.txt
	@touch $@
