# Two commands need nothing but Python 3.11 or later, pip and make:
#   make demo   answers the national scenario and draws its map
#   make test   checks style, types, layers and behaviour
# The figures of README and docs come from runs of all scenarios:
#   make scenarios, then make compare, make models and make certainty
# How well the tests find faults, in hours:
#   make mutation   small faults in the judge, the rules and the bound, one at a time
#   make coverage   lines and branches that the tests run through
# One more needs QGIS besides (package python3-qgis, 1 GB):
#   make test-gis   opens a run in QGIS, without a display, and takes pictures
.PHONY: demo scenarios compare models certainty docs test test-gis mutation coverage clean help
.DELETE_ON_ERROR:

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --disable-pip-version-check --quiet
RUNS := runs
RUN := $(RUNS)/kz-two-tier
GIS := $(RUNS)/gis
QGIS_PYTHON ?= /usr/bin/python3

help:
	@echo "make demo       answer kz-two-tier: plan, scorecard and map in $(RUN)"
	@echo "make scenarios  answer every bundled scenario, each in $(RUNS)/NAME"
	@echo "make compare    write the README's table from these runs"
	@echo "make models     write docs/models, a page per reform model, from these runs"
	@echo "make certainty  look for alternatives to $(RUN), and write docs/certainty.md"
	@echo "make docs       build the documentation, running its examples: docs/_build/html"
	@echo "make test       run every check that CI runs"
	@echo "make test-gis   open a run in QGIS (needs python3-qgis): pictures in $(GIS)-look"
	@echo "make mutation   look for small faults that no test finds (hours; FILE=tolerance.py: one file)"
	@echo "make coverage   count the lines and branches that the tests run through"
	@echo "make clean      remove $(VENV) and caches"

demo: $(VENV)/installed
	$(BIN)/amalgamation run kz-two-tier -o $(RUN) --overwrite
	@echo "The map is $(RUN)/map.png"

scenarios: $(VENV)/installed
	names=$$($(BIN)/amalgamation scenarios --names) && \
	  $(BIN)/amalgamation run $$names -o $(RUNS) --overwrite

compare: $(VENV)/installed
	$(BIN)/python -m docs.pages.readme --runs $(RUNS)

models: $(VENV)/installed
	$(BIN)/python -m docs.pages.models --runs $(RUNS)

certainty: $(VENV)/installed
	$(BIN)/amalgamation alternatives $(RUN) --within 2 --number 8 --probes 60 --minutes 12 \
	  -o $(RUN)-alternatives --overwrite
	$(BIN)/python -m docs.pages.certainty --study $(RUN)-alternatives

# What it shows it runs, and it fetches nothing; a warning ends it.
docs: $(VENV)/installed-dev
	$(BIN)/python -m sphinx --builder html --fresh-env --fail-on-warning --keep-going docs docs/_build/html
	@echo "Open docs/_build/html/index.html"

test: $(VENV)/installed-dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/python -m pytest -n auto

test-gis: $(VENV)/installed
	@$(QGIS_PYTHON) -c "import qgis.core" || { echo "$(QGIS_PYTHON) has no QGIS: apt-get install python3-qgis"; exit 1; }
	$(BIN)/amalgamation run kz-two-tier --set plan.tier=rayon -o $(GIS) --overwrite
	$(QGIS_PYTHON) tools/look_in_qgis.py $(GIS) $(GIS)-look

mutation: $(VENV)/installed-dev
	$(PIP) --group mutation
	$(BIN)/python -m tools.mutation $(if $(FILE),--file $(FILE))

coverage: $(VENV)/installed-dev
	$(PIP) --group mutation
	$(BIN)/python -m coverage erase
	$(BIN)/python -m coverage run -m pytest -n auto
	$(BIN)/python -m coverage combine --quiet
	$(BIN)/python -m coverage json -q -o build/coverage.json
	$(BIN)/python -m coverage report

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis docs/_build docs/generated

# A stamp is written last, so that a set-up that broke off is done again.
$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "amalgamation needs Python 3.11 or later; found " + sys.version.split()[0] + "; try: make PYTHON=python3.11")'
	$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/installed: $(VENV)/made pyproject.toml
	@echo "Setting up $(VENV): a minute or two the first time"
	$(PIP) --editable .
	@touch $@

# Dependency groups (PEP 735) need pip 25.1.
$(VENV)/installed-dev: $(VENV)/made pyproject.toml
	@echo "Setting up $(VENV) with the development tools: a minute or two the first time"
	$(PIP) --upgrade "pip>=25.1"
	$(PIP) --editable . --group dev
	@touch $@ $(VENV)/installed
