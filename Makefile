# Two commands need nothing but Python 3.11 or later, pip and make:
#   make demo   answers the national scenario and draws its map
#   make test   checks style, types, layers and behaviour
# The figures of README and docs come from runs of all scenarios:
#   make scenarios, then make compare, make models and make certainty
# The figures of benchmarks/ come from one command, in up to two hours of a quiet machine:
#   make benchmark         or, to compare with the stored ones: make benchmark-check
# What is released is built and tried by (docs/release.md):
#   make dist, make test-install, make test-extras, make test-lowest, make licences, make sbom
# How well the tests find faults, in hours:
#   make mutation   small faults in the judge, the rules and the bound, one at a time
#   make coverage   lines and branches that the tests run through
# One more needs QGIS besides (package python3-qgis, 1 GB):
#   make test-gis   opens a run in QGIS, without a display, and takes pictures
.PHONY: demo scenarios compare models certainty docs test validate test-gis clean help
.PHONY: benchmark benchmark-check mutation coverage
.PHONY: dist test-install test-extras test-lowest licences sbom
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
	@echo "make validate   hold the answers against what is known: docs/learn/validation.md"
	@echo "make benchmark  measure everything again (2 h): tables and figures in benchmarks/results"
	@echo "make benchmark-check  measure into $(RUNS)/benchmarks-check: worse than what is stored?"
	@echo "make dist       build what is released, twice, and compare: dist"
	@echo "make test-install  install it by pip, pipx and uv, each in an empty environment"
	@echo "make test-extras   try each extra alone, and what is said without it"
	@echo "make test-lowest   run the tests with the lowest allowed dependencies"
	@echo "make licences   write docs/licences.md; make sbom: the parts list in dist"
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

# Known answers, other solvers, laws: the long part too, and the page that shows the figures.
validate: $(VENV)/installed-dev
	$(PIP) --editable ".[scip]"
	$(BIN)/python -m pytest tests/validation --whole --figures docs/learn/validation.md

# A run that was broken off goes on where it stood.
benchmark: $(VENV)/installed-benchmarks
	$(BIN)/python -m benchmarks.all --folder $(RUNS)/benchmarks --publish

# For a job at night: WITHOUT=report,peers leaves out what the machine cannot run.
benchmark-check: $(VENV)/installed-benchmarks
	$(BIN)/python -m benchmarks.all --folder $(RUNS)/benchmarks-check --without "$(WITHOUT)"; \
	  ended=$$?; \
	  $(BIN)/python -m benchmarks.regress $(RUNS)/benchmarks-check --without "$(WITHOUT)" && \
	  exit $$ended

dist: $(VENV)/installed-dev
	$(BIN)/python -m tools.dist dist

test-install: dist
	$(BIN)/python -m tools.installers

test-extras: $(VENV)/installed
	$(BIN)/python -m tools.extras

# Warnings of old versions are theirs, not ours: here they are no errors.
test-lowest: $(VENV)-lowest/installed
	PATH="$(CURDIR)/$(VENV)-lowest/bin:$$PATH" $(VENV)-lowest/bin/python -m pytest -n auto \
	  -m "not slow" -o filterwarnings=default --ignore=tests/docs --ignore=tests/benchmarks tests

licences: $(VENV)/installed
	$(BIN)/python -m tools.licences docs/licences.md

sbom: dist
	$(BIN)/python -m tools.sbom dist

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
	rm -rf $(VENV) $(VENV)-lowest dist .mypy_cache .ruff_cache .pytest_cache .hypothesis docs/_build docs/generated

# A stamp is written last, so that a set-up that broke off is done again.
$(VENV)/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "amalgamation needs Python 3.11 or later; found " + sys.version.split()[0] + "; try: make PYTHON=python3.11")'
	$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/installed: $(VENV)/made pyproject.toml
	@echo "Setting up $(VENV): a minute or two the first time"
	$(PIP) --editable .
	@touch $@

$(VENV)-lowest/installed: pyproject.toml tools/floors.py
	$(PYTHON) -m venv --clear $(VENV)-lowest
	$(PYTHON) -m tools.floors > $(VENV)-lowest/floors.txt
	$(VENV)-lowest/bin/python -m pip install --quiet --upgrade "pip>=25.1"
	$(VENV)-lowest/bin/python -m pip install --quiet --constraint $(VENV)-lowest/floors.txt \
	  --editable ".[dask,notebook,parquet,scip,xls]" --group dev
	@touch $@

# Dependency groups (PEP 735) need pip 25.1.
$(VENV)/installed-dev: $(VENV)/made pyproject.toml
	@echo "Setting up $(VENV) with the development tools: a minute or two the first time"
	$(PIP) --upgrade "pip>=25.1"
	$(PIP) --editable . --group dev
	@touch $@ $(VENV)/installed

$(VENV)/installed-benchmarks: $(VENV)/installed-dev pyproject.toml
	$(PIP) --editable . --group benchmarks
	@touch $@
