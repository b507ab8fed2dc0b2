# Every target does its own set-up. Needs Python 3.11 or newer, pip and make; nothing else.
SHELL := /bin/sh
PYTHON ?= python3
UV := $(shell command -v uv 2>/dev/null || echo .uv/bin/uv)
RUN := $(UV) run --frozen

.PHONY: help demo test browser lint types bench docs site fix clean setup

help: ## Show the targets
	@grep -E '^[a-z]+:.*## ' Makefile | sed 's/:.*## /\t/' | sort

.uv/bin/uv:
	$(PYTHON) -m pip install --quiet --target .uv uv

setup: $(UV) ## Make the virtual environment from the lock
	@$(UV) sync --frozen --quiet

demo: setup ## Read the shipped report and print its ledger
	@$(RUN) counterclaim demo

test: setup ## Run the tests
	@$(RUN) pytest -q

browser: setup ## Run the tests in a browser; needs Chromium
	@$(RUN) --group browser pytest -q tests/browser

lint: setup ## Check style and formatting
	@$(RUN) ruff check .
	@$(RUN) ruff format --check .

types: setup ## Check types
	@$(RUN) mypy

fix: setup ## Mend what the linter can mend
	@$(RUN) ruff check --fix .
	@$(RUN) ruff format .

bench: setup ## Measure on the corpora in ../shared, where they are
	@$(RUN) python -m bench report

docs: setup ## Write the pages that are made from the program itself
	@$(RUN) python docs/generate.py

site: $(UV) ## Build the documentation as a site in build/site; needs no network once set up
	@$(RUN) --group docs env NO_MKDOCS_2_WARNING=1 mkdocs build --strict --quiet

clean: ## Remove what the targets made
	rm -rf .venv .uv dist build .pytest_cache .mypy_cache .ruff_cache
