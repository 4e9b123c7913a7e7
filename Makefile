# Every target is one step of CONTRIBUTING.md; `make lint types contracts test check` is what CI runs.
BIN ?= .venv/bin

.PHONY: setup lint format types contracts test test-fast check bench pictures docs clean

setup:                ## a virtual environment with everything a developer needs
	python3 -m venv .venv
	$(BIN)/pip install --quiet --editable '.[test,docs]'

lint:                 ## style, unused code, common mistakes
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

format:               ## rewrite files in the project's style
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

types:                ## mypy in strict mode, on code and tests
	$(BIN)/mypy

contracts:            ## which room may import which
	$(BIN)/lint-imports

test:                 ## the default test run
	$(BIN)/pytest -n auto --dist worksteal

test-fast:            ## unit tests only, a minute
	$(BIN)/pytest tests/unit

check:                ## the shipped decks, with the authoring rules
	$(BIN)/flashcards check decks
	$(BIN)/flashcards check decks --quality

bench:                ## speed, measured; leave the machine idle meanwhile
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m tests.benchmarks

pictures:             ## the pictures of the README, drawn by the app itself, a few minutes
	$(BIN)/python docs/pictures/draw.py

docs:                 ## the documentation as a site, in site/
	$(BIN)/mkdocs build --strict

clean:                ## remove what the tools leave
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache site dist build
