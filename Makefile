# make demo   load the sample notices, answer a question, serve the graph on 127.0.0.1:8000
# make test   ruff, mypy, import contracts, all tests (make check is the same)
# make fuzz   property tests on new random examples, three times over
# make format put the code into the one form
# make bench  time extraction, next to a peer, and the graph
# make openapi  write api/openapi.json, the interface that a test holds the program to
# make table  write the ontology's tables and the scoreboard into README.md
# make lock   pin the dependencies anew
# PYTHON=/path/to/python3.12 chooses the interpreter that .venv is made with.
SHELL := /bin/sh
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
COMPILE = $(BIN)/uv pip compile pyproject.toml --universal --python-version 3.12 --upgrade --quiet \
	--no-strip-extras --generate-hashes --no-emit-index-url --no-emit-find-links --no-annotate \
	--custom-compile-command "make lock"

FUZZED := $(addprefix tests/test_,agencies.py clean.py dates.py encodings.py naming.py numbering.py \
	outline.py parallel.py partition.py pipeline.py readers.py)

.PHONY: help demo test check fuzz format bench openapi table lock clean
.DELETE_ON_ERROR:

help:
	@sed -n 's/^# //p' Makefile

demo: $(VENV)/.run
	@$(BIN)/policykg demo $(DEMO)

test check: $(VENV)/.dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/pytest $(TESTS)

fuzz: $(VENV)/.dev
	@for round in 1 2 3; do HYPOTHESIS_PROFILE=explore $(BIN)/pytest -q $(FUZZED) || exit 1; done

format: $(VENV)/.dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(VENV)/.run requirements-bench.lock
	@$(PIP) install --no-deps --require-hashes -r requirements-bench.lock
	@$(BIN)/python benchmarks/extract.py
	@$(BIN)/python benchmarks/graph.py

openapi: $(VENV)/.dev
	@$(BIN)/python .ci/update_openapi.py

table: $(VENV)/.dev
	@$(BIN)/python .ci/update_readme.py

lock: $(VENV)/.made
	@$(PIP) install uv
	$(COMPILE) --group build --output-file requirements.lock
	$(COMPILE) --group dev --output-file requirements-dev.lock
	$(COMPILE) --group bench --output-file requirements-bench.lock

clean:
	rm -rf $(VENV) dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(VENV)/.made:
	@$(BIN)/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null || { \
		python=$$(sh .ci/find-python) && echo "Making $(VENV) with $$python" && \
		"$$python" -m venv --clear $(VENV); }
	@touch $@

$(VENV)/.run: $(VENV)/.made requirements.lock pyproject.toml
	@echo "Installing what policykg needs into $(VENV)"
	@$(PIP) install --no-deps --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.made requirements-dev.lock pyproject.toml
	@echo "Installing what the tests need into $(VENV)"
	@$(PIP) install --no-deps --require-hashes -r requirements-dev.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@
