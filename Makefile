# Two commands do everything: `make letter` writes real letters, `make test` runs every check.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
EXAMPLES := $(wildcard examples/*.yaml)
SYSTEM := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0

# Every install is from the lock, with hashes: requirements/*.txt (docs/decisions/0016).
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
  --no-emit-index-url --no-annotate --custom-compile-command "make lock" $(UPGRADE)

.PHONY: letter test coverage test-versions lock docs soak bench bench-full validators gallery pictures reference format clean
.DEFAULT_GOAL := letter

letter: $(VENV)/installed
	@rm -rf out
	@$(BIN)/rupture render $(EXAMPLES) --to pdf --to docx --to txt --to eml -o out/

test: $(VENV)/installed-dev
	$(BIN)/ruff check src tests tools benchmarks docs
	$(BIN)/ruff format --check src tests tools benchmarks docs
	$(BIN)/mypy
	$(BIN)/python tools/reference.py --check
	$(BIN)/python tools/gallery.py --check
	$(BIN)/pytest -n auto --maxprocesses 4 --dist loadfile

# The lines and branches that no test runs: apart, since to count them takes as long again as the tests (docs/decisions/0022).
coverage: $(VENV)/installed-dev
	$(BIN)/pytest -n auto --maxprocesses 4 --dist loadfile --cov --cov-report=term --cov-fail-under=90

# A choice of the tests against the lowest versions that pyproject.toml allows, which must pass, and against the newest
# releases: what those break is reported, and does not fail.
test-versions: $(VENV)/installed-dev
	@$(BIN)/python tools/versions.py

# The lock again, after a change to pyproject.toml; with newer releases as UPGRADE=--upgrade.
lock: $(VENV)/installed-dev
	$(COMPILE) pyproject.toml --all-extras --group build --group dev -o requirements/dev.txt
	$(COMPILE) pyproject.toml --extra merge --extra holidays --group build -c requirements/dev.txt -o requirements/letter.txt
	$(COMPILE) --group soak -c requirements/dev.txt -o requirements/soak.txt
	$(COMPILE) pyproject.toml --all-extras --group versions --resolution lowest-direct -o requirements/lowest.txt

# The site, in docs/_build/html; a warning (a link that leads nowhere, a page that loads from outside) stops it.
docs: $(VENV)/installed-dev
	$(BIN)/sphinx-build --quiet --fail-on-warning --keep-going -c docs -d docs/_build/doctrees . docs/_build/html

# The long forms of the hardening tests: hours. Each part of tests/soak/run.py can be run by its name, as PARTS=fuzz-csv.
soak: $(VENV)/installed-dev
	@$(INSTALL) requirements/soak.txt
	@$(BIN)/python tests/soak/run.py $(PARTS)

# What a letter costs in time and memory, beside other tools: ten minutes on two free cores (benchmarks/README.md).
# BENCH takes options: make bench BENCH="--only cold --rounds 15".
bench: $(VENV)/installed-dev
	@$(BIN)/python tools/prepare.py
	@$(BIN)/python -m benchmarks $(BENCH)

# The same with the merge of 100,000 rows.
bench-full: $(VENV)/installed-dev
	@$(BIN)/python tools/prepare.py
	@$(BIN)/python -m benchmarks --full $(BENCH)

# What `make test` holds finished letters against, where it is installed; without it, those tests are left out by name.
validators: $(VENV)/installed
	@sh tools/validators.sh "$(BIN)/python"

gallery: $(VENV)/installed-dev
	$(BIN)/python tools/gallery.py

pictures: $(VENV)/installed-dev
	$(BIN)/python tools/pictures.py --pages

reference: $(VENV)/installed-dev
	$(BIN)/python tools/reference.py

format: $(VENV)/installed-dev
	$(BIN)/ruff check --fix src tests tools benchmarks docs
	$(BIN)/ruff format src tests tools benchmarks docs

clean:
	rm -rf $(VENV) .versions out dist build docs/_build .soak .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage* .validators

$(VENV)/installed: pyproject.toml requirements/letter.txt tools/setup.sh
	@sh tools/setup.sh "$(PYTHON)" "$(VENV)" "$(SYSTEM)"
	@touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements/dev.txt
	@$(INSTALL) requirements/dev.txt
	@touch $@
