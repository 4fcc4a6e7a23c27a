# Two commands for a machine that has only python3 (with venv) and make:
#   make briefings   sets .venv up and builds every page that notebooks/briefings.toml lists
#   make test        sets .venv up and runs the tests, in minutes
#   make test-long   runs the long ones: killed builds, a cluster, a store, fuzz, whole pages in a browser
#   make test-newest runs what make test runs with the newest version of every library, pinned or not
#   make test-lowest the same with the lowest that pyproject.toml promises
#   make docs        writes the pages of docs/ that say what the code says, and builds all of them as a site
#   make sbom        lists what is installed, as CycloneDX JSON
PYTHON ?= python3
BIN := .venv/bin

.PHONY: briefings docs test test-long test-newest test-lowest lint bench bench-long lock sbom clean

briefings: .venv/ready
	$(BIN)/briefing build

# A file's tests go to one worker: what they share (a build, a browser, a server) is made once. A worker that was ended
# because a test hangs is not replaced: the new one would begin with that test. Three workers keep two cores at work:
# tests often wait, for a kernel, a browser, a clock. Files are taken as they stand, which ends with short ones; xdist
# would begin with those that have most tests, and end with one worker at the few that take a minute each.
PYTEST := python -m pytest -n 3 --dist loadscope --no-loadscope-reorder --max-worker-restart 0

# A thousand processes that tests start import the package: where PYTHONDONTWRITEBYTECODE is set, as in many containers,
# each would compile it.
test: .venv/ready
	$(BIN)/python -m compileall -q src
	$(BIN)/$(PYTEST) -m "not long"

test-long: .venv/ready
	$(BIN)/python -m compileall -q src
	$(BIN)/$(PYTEST) -m long

# What a user without our pins gets today: the environment is made anew each time, to be of today.
test-newest:
	rm -rf .venv-newest
	$(PYTHON) -m venv .venv-newest
	.venv-newest/bin/python -m pip install --quiet --disable-pip-version-check \
		--upgrade --upgrade-strategy eager --editable '.[lab,dev]'
	.venv-newest/bin/$(PYTEST) -m "not long"

# The lowest versions that pyproject.toml promises; what they need of others is as old as they can be, too. Needs uv.
test-lowest:
	rm -rf .venv-lowest
	$(PYTHON) -m venv .venv-lowest
	uv pip install --quiet --python .venv-lowest --resolution lowest-direct --editable '.[lab,dev]'
	.venv-lowest/bin/$(PYTEST) -m "not long"

# What a link or a heading lacks is an error. The pictures are made by tools/pictures.py, where a verb is new.
docs: .venv/ready
	$(BIN)/python tools/reference.py
	$(BIN)/sphinx-build --quiet --fail-on-warning --keep-going --fresh-env docs docs/_build
	@echo "open docs/_build/index.html"

lint: .venv/ready
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

# Each writes what it measured of the bars into one file, of which the table at the end is printed, also where one failed.
BENCHES := read_dossier checks cells growth memory page preview archive thousand search processor editions

bench: export BENCH_FIGURES := $(CURDIR)/.venv/figures.jsonl
bench: .venv/ready .venv-bare/ready
	$(BIN)/python -m compileall -q src
	: > $(BENCH_FIGURES)
	failed=; for bench in $(BENCHES); do $(BIN)/python bench/$$bench.py || failed="$$failed $$bench"; done; \
	.venv-bare/bin/python bench/editions.py || failed="$$failed editions-bare"; \
	$(BIN)/python bench/table.py $(BENCH_FIGURES) || failed="$$failed table"; \
	test -z "$$failed" || { echo "failed:$$failed" >&2; exit 1; }

# A thousand true editions instead of one run's, ten minutes more: what bench/thousand.py and bench/archive.py lean on.
bench-long: .venv/ready
	$(BIN)/python -m compileall -q src
	$(BIN)/python bench/editions.py --long

clean:
	rm -rf .venv .venv-bare .venv-newest .venv-lowest sbom.json docs/_build reports/.press

# The environment is made anew when what it is made from changes. With LOCKED=1, as in CI, no byte is installed whose
# digest does not stand in requirements.lock.
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
ifdef LOCKED
INSTALL := $(PIP) --require-hashes --requirement requirements.lock && $(PIP) --no-deps --no-build-isolation --editable .
else
INSTALL := $(PIP) --constraint constraints.txt --editable '.[lab,dev]'
endif
.venv/ready: pyproject.toml constraints.txt requirements.lock
	$(PYTHON) -m venv .venv
	$(INSTALL)
	touch $@

# The digests of what constraints.txt pins, for every platform, and of what builds the package; needs uv.
lock:
	printf 'hatchling\neditables\n' | uv pip compile --quiet --universal --python-version 3.11.2 --generate-hashes \
		--no-header --no-annotate --no-emit-index-url --no-emit-find-links \
		--extra lab --extra dev --constraint constraints.txt pyproject.toml - --output-file requirements.lock

# What is installed, as CycloneDX has it.
sbom: .venv/ready
	$(BIN)/python tools/sbom.py > sbom.json

# What a scheduler's machine has: the package without JupyterLab, for the benchmarks.
.venv-bare/ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv-bare
	.venv-bare/bin/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	touch $@
