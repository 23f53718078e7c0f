# How the guide is served, tested and built. `make` alone lists the commands.

PYTHON ?= python3
PORT ?= 8000
UV := uv==0.13.9

VENV := .venv
BIN := $(VENV)/bin
NPM := $(patsubst %/package-lock.json,%/node_modules/.installed,$(wildcard tests/*/package-lock.json))
PROSE := docs $(wildcard README.md CONTRIBUTING.md SECURITY.md)
# What the tests with a browser and the tests of the PDF edition need. A new guide begins without those tests.
PROGRAMS := $(if $(wildcard tests/browser),chromium pango verapdf)

export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Notices of plugins, which are not about this site.
export NO_MKDOCS_2_WARNING := 1
export DISABLE_MKDOCS_2_WARNING := true

.DEFAULT_GOAL := help
.PHONY: help serve test build check lint pdf offline survey audit licences lock clean chromium pango verapdf
.DELETE_ON_ERROR:

help: ## list these commands
	@sed -nE 's/^([a-z]+):[^#]*## /\1\t/p' $(MAKEFILE_LIST) | awk -F '\t' '{ printf "make %-8s %s\n", $$1, $$2 }'

serve: $(VENV)/site ## show the site on http://127.0.0.1:8000 and follow every change (PORT=8001 for another port)
	@$(BIN)/python -m mkdocs serve --dev-addr 127.0.0.1:$(PORT)

build: $(VENV)/site ## build the site into site/, strictly
	@$(BIN)/guide build

check: $(VENV)/dev ## check data and prose, in seconds
# It brings the editors' hints up to date too, but not where changes are judged: there a test says that they are not.
	@failed=0; \
	$(BIN)/guide check --prose || failed=1; \
	$(BIN)/yamllint --strict --format parsable data mkdocs.yml || failed=1; \
	$(BIN)/pymarkdown --config .pymarkdown.json scan --recurse $(PROSE) || failed=1; \
	$(BIN)/codespell data $(PROSE) || failed=1; \
	[ $$failed = 1 ] || [ -n "$$CI" ] || $(BIN)/guide schema > /dev/null || failed=1; \
	exit $$failed

lint: $(VENV)/dev ## check the program: style, types, that data flows one way, and that modules are short
	@mkdir -p .cache
	@$(BIN)/ruff check --quiet
	@$(BIN)/ruff format --check --quiet --diff
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo --cache-dir .cache/import-linter > .cache/imports.log || { cat .cache/imports.log; exit 1; }
	@$(BIN)/pytest -n 0 -q tests/test_flow.py > .cache/flow.log || { cat .cache/flow.log; exit 1; }

pdf: $(VENV)/dev pango ## make the PDF edition, clear-expectations.pdf (minutes)
	@$(BIN)/guide pdf

offline: $(VENV)/site ## make the offline edition, clear-expectations.zip
	@$(BIN)/guide offline

test: $(VENV)/dev $(NPM) $(PROGRAMS) lint check ## run every check and test
	@$(BIN)/guide survey audit
	@$(BIN)/pytest -n 2 --dist worksteal

survey: $(VENV)/survey ## install what running a survey needs; “guide survey --help” says what it does

audit: $(VENV)/dev ## ask whether anything in the lock files has a known weakness (needs the network)
	@$(BIN)/python .ci/audit

licences: $(VENV)/dev ## list all code of others, with version, licence and hash
	@$(BIN)/python .ci/licences

lock: $(VENV)/dev ## make the lists of exact versions again, from pyproject.toml
	@$(BIN)/python -m pip install -qq $(UV)
	@$(call compile,site)
	@$(call compile,survey,--extra survey --constraints requirements/site.txt)
	@$(call compile,dev,--extra dev --extra pdf --extra survey --constraints requirements/survey.txt)

clean: ## delete what was built, and caches
	@rm -rf site site.new-* site.old-* clear-expectations.pdf clear-expectations.zip build .cache .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

compile = UV_CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/uv pip compile --quiet pyproject.toml requirements/build.in $(2) \
	--universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --output-file requirements/$(1).txt

# --- what has to be there first; each is done once -------------------------------------------------------------------

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed. If you have one under another name: make PYTHON=python3.12 …"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
		echo "Python cannot make environments here. On Debian and Ubuntu: apt install python3-venv"; exit 1; }

$(VENV)/site: requirements/site.txt pyproject.toml | $(BIN)/python
	$(call install,site,what the site needs)

$(VENV)/survey: requirements/survey.txt pyproject.toml | $(BIN)/python
	$(call install,survey,what the site and running a survey need)
	@touch $(VENV)/site

$(VENV)/dev: requirements/dev.txt pyproject.toml | $(BIN)/python
	$(call install,dev,what the site and its tests need)
	@touch $(VENV)/site

define install
	@echo "Installing $(2) into $(VENV) (about a minute)…"
	@$(BIN)/python -m pip install -qq --require-hashes --requirement requirements/$(1).txt
	@$(BIN)/python -m pip install -qq --no-deps --no-build-isolation --editable .
	@touch $@
endef

$(NPM): %/node_modules/.installed: %/package-lock.json
	@command -v npm > /dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null && $(call apt,npm); } || { \
		echo "The tests of browser and editor need npm. On Debian and Ubuntu: apt install npm"; exit 1; }
	@echo "Installing what the tests in $* need…"
	@npm ci --prefix $* --ignore-scripts --no-audit --no-fund --silent
	@touch $@

chromium:
	@command -v chromium > /dev/null || command -v chromium-browser > /dev/null || command -v google-chrome > /dev/null || \
	{ [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null && $(call apt,chromium); } || { \
		echo "The browser tests need Chromium or Chrome. On Debian: apt install chromium"; exit 1; }
	@fc-list 2> /dev/null | grep Liberation > /dev/null || \
	{ [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null && $(call apt,fonts-liberation fontconfig); } || { \
		echo "The pictures of pages are compared in the fonts Liberation. On Debian: apt install fonts-liberation"; exit 1; }

# The library that sets the lines of the PDF edition. Asked for as WeasyPrint asks for it.
# Without these, the test says that it was left out.
verapdf:
	@command -v javac > /dev/null && [ -e /usr/share/java/jaxb-runtime.jar ] || \
	{ [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null && $(call apt,default-jdk-headless libjaxb-java); } || \
		echo "The test of PDF/UA is left out without Java. On Debian: apt install default-jdk-headless libjaxb-java"

pango: $(VENV)/dev
	@$(BIN)/python -c 'import weasyprint' > /dev/null 2>&1 || \
	{ [ "$$(id -u)" = 0 ] && command -v apt-get > /dev/null && $(call apt,$(PANGO)); } || { \
		echo "The PDF edition needs Pango. On Debian and Ubuntu: apt install $(PANGO)"; exit 1; }

PANGO := libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
apt = echo "Installing $(1) (a minute or two)…" && apt-get update -qq && \
	DEBIAN_FRONTEND=noninteractive apt-get install -qq --no-install-recommends $(1) > /dev/null
