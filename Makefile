# Two commands for a machine that has only python3 (with venv) and make:
#   make briefings   sets .venv up and builds every page that notebooks/briefings.toml lists
#   make test        sets .venv up and runs the tests
PYTHON ?= python3
BIN := .venv/bin

.PHONY: briefings test lint bench clean

briefings: .venv/ready
	$(BIN)/briefing build

test: .venv/ready
	$(BIN)/python -m pytest -n 2

lint: .venv/ready
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

bench: .venv/ready
	$(BIN)/python bench/read_dossier.py

clean:
	rm -rf .venv reports/.press

# The environment is made anew when what it is made from changes.
.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[lab,dev]'
	touch $@
