# Aanspreekpunt. `make` alone says what there is. Only Python 3.11+ and make are needed; the rest is fetched into this folder.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory

# The first Python that is new enough; PYTHON=… overrules.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	if "$$p" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then echo "$$p"; exit; fi; done; echo python3)
VENV := .venv/bin
PORT ?= 8000
PREPARE := $(PYTHON) deploy/prepare.py
# Two browsers and two databases at once is what a laptop takes.
WORKERS ?= 2
# A file is one worker's, since what it loads is loaded once; the order is that of tests/conftest.py, the long files first.
BESIDE := --dist loadfile --no-loadscope-reorder

# Only `start` has a port, and what role a process has is for the commands to say: whatever this shell happens to have set.
unexport PORT PROCES_ROL DJANGO_SETTINGS_MODULE

.PHONY: help start test test-services check lock bench chaos clean

help: ## deze lijst
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-15s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

start: export MODUS ?= demo
start: export PORT := $(PORT)
start: ## het hele portaal op deze machine, met een demo-regio (PORT=8001 kiest een andere poort)
	@$(PREPARE) poort lokaal front
	@exec $(VENV)/python manage.py start --met-ouder

test test-services bench chaos: export MODUS := test
test: ## alle tests, ook die in een echte browser
	@$(PREPARE) dev front chromium
	@$(VENV)/pytest -m "not browser" -n $(WORKERS) $(BESIDE)
	@CHROMIUM=$$($(PREPARE) waar-is-chromium) && export CHROMIUM && $(VENV)/pytest -m browser

# What other servers can do differently: everything that meets a database, a lock, a search or a queue. Left out is what `make test`
# has calculated already and no server decides (marked slow): the attacker on the figures, every step by every role, wrong types in
# every field, most roles on the map of addresses, and all loads of a demo region but a few; and the tests of our own servers.
test-services: ## de tests zonder browser die een server raken, op de servers van DATABASE_URL en REDIS_URL
	@$(PREPARE) dev front
	@$(VENV)/pytest -m "not browser and not slow" -n $(WORKERS) $(BESIDE) --ignore tests/embedded

check: ## stijl, types, lagen, migraties, instellingen van productie, Docker-bestanden
	@$(PREPARE) dev
	@$(VENV)/python deploy/check.py

lock: ## de pakketten opnieuw vastleggen (requirements*.in → requirements*.txt)
	@$(PREPARE) dev
	@$(VENV)/python deploy/lock.py

bench: ## de metingen, elk naast zijn maatstaf
	@$(PREPARE) dev front
	@$(VENV)/python bench/run.py

chaos: ## mensen aan het werk terwijl web, worker, beat, wachtrij en databank worden gedood (CHAOS_SECONDS=180)
	@$(PREPARE) dev lokaal front
	@$(VENV)/python -m bench.chaos

clean: ## alles weg wat make maakte, ook de gegevens van de demo
	@if [ -x $(VENV)/python ]; then $(VENV)/python manage.py embedded remove; fi
	@rm -rf .venv node_modules static/build staticfiles var .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
