# Everything a checkout can do. It needs make and Python 3.11 or later, and nothing else: PYTHON=… names another Python.

PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check

# A stamp for each set of packages: made again when pyproject.toml asks for others.
RUNS := $(VENV)/.runs
HEARS := $(VENV)/.hears
DEVELOPS := $(VENV)/.develops

# What `phonebot check` needs to look at everything: made-up settings, and a folder that is removed afterwards.
SAMPLE := DATABASE_URL="sqlite:///$$folder/phonebot.db" MEDIA_DIR="$$folder/media" PHONEBOT_SPOOL_DIR="$$folder/spool" \
	PUBLIC_URL=http://127.0.0.1:8000 SECRET_KEY=for-the-check-only TWILIO_AUTH_TOKEN=for-the-check-only \
	TWILIO_ACCOUNT_SID=AC00000000000000000000000000000000

.DEFAULT_GOAL := help
.PHONY: help demo test check lint types bench soak serve wheel clean

help: ## say what can be made
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 16

demo: $(if $(SPEECH),$(HEARS),$(RUNS)) ## make real calls to a sample office (ONCE=1: and leave; SPEECH=1: with a voicemail in words)
	@$(BIN)/phonebot demo $(if $(ONCE),--once) $(if $(SPEECH),--speech)

test: $(DEVELOPS) ## run the tests, on SQLite and on PostgreSQL
	$(BIN)/pytest -n 3 -m "not soak"

check: lint types ## see that code, types, imports, flows, prompts and wording are as they should be
	@folder=$$(mktemp -d) && trap 'rm -rf "$$folder"' EXIT && export $(SAMPLE) && \
	$(BIN)/phonebot migrate && $(BIN)/phonebot load phonebot/data/sample-office.toml && $(BIN)/phonebot check

lint: $(DEVELOPS) ## see that the code is tidy and imports what it may
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports

types: $(DEVELOPS) ## see that the types are right
	$(BIN)/mypy

bench: $(DEVELOPS) ## measure, each figure beside its floor
	$(BIN)/python -m bench

soak: $(DEVELOPS) ## send messages for an hour, and see that none is lost
	$(BIN)/python -m bench soak

serve: $(RUNS) ## answer calls: the web application and its worker, with the settings of the environment
	$(BIN)/phonebot migrate
	@$(BIN)/phonebot worker & trap "kill $$!" EXIT; $(BIN)/phonebot serve

wheel: $(RUNS) ## build the package under dist/
	$(PIP) wheel --no-deps --wheel-dir dist .

clean: ## remove what was made, and nothing under var/
	rm -rf $(VENV) dist .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or later is needed; PYTHON=… says where one is" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

$(RUNS): pyproject.toml | $(BIN)/python
	@echo "Installing phonebot into $(VENV)"
	@$(PIP) install --editable .
	@touch $@

$(HEARS): pyproject.toml | $(BIN)/python
	@echo "Installing phonebot, and what puts recordings into words, into $(VENV)"
	@$(PIP) install --editable '.[speech-offline]'
	@touch $(RUNS) $@

$(DEVELOPS): pyproject.toml | $(BIN)/python
	@echo "Installing phonebot and the tools to develop it into $(VENV)"
	@$(PIP) install --editable '.[dev]'
	@touch $(RUNS) $(HEARS) $@
