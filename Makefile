# `make demo` and `make test` are all a newcomer needs: each makes the virtual environment first if it is not there.

VENV    := .venv
BIN     := $(VENV)/bin
STAMP   := $(VENV)/.installed
SEEDS   := seeds/blinken-lavrov
PYTHON  ?= python3
# The CPU build of torch, so that no CUDA packages come down. `make CUDA=1 ...` takes PyPI's build instead.
TORCH_INDEX := $(if $(CUDA),,--extra-index-url https://download.pytorch.org/whl/cpu)
PIP     := $(BIN)/python -m pip --disable-pip-version-check
# What finds faults of accessibility; a development tool, fetched from npm and never shipped.
AXE     := .work/axe/node_modules/axe-core/axe.min.js
AXE_VERSION := 4.14.1
# $(APT) COMMAND PACKAGE: install Debian's package unless the command is there.
APT     := sh -c 'command -v "$$0" > /dev/null || { sudo=; [ "$$(id -u)" = 0 ] || sudo="sudo -n"; $$sudo apt-get update -q && $$sudo apt-get install -q -y "$$1"; }'

.DEFAULT_GOAL := help
.PHONY: help install demo test test-browser lint types layers check format golden gate eval bench app clean

help:  ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-13s %s\n", $$1, $$2 }' Makefile

install: $(STAMP)  ## make the virtual environment and install the package

demo: $(STAMP)  ## print the attributed summary of the five example pages
	@$(BIN)/summarize run $(SEEDS)

test: $(STAMP)  ## run the whole test suite (offline)
	@$(BIN)/python -m pytest -q -n 2

test-browser: $(STAMP) $(AXE)  ## the front end in a real browser, which is installed where it is missing
	@$(BIN)/python -c 'import playwright' 2> /dev/null || $(PIP) install -c constraints.txt -e '.[dev,browser]'
	@$(APT) chromium chromium
	@SUMMARIZE_BROWSER=must $(BIN)/python -m pytest -q tests/browser

check: lint types layers  ## lint, types and layers

lint: $(STAMP)  ## ruff: style and format
	@$(BIN)/ruff check . && $(BIN)/ruff format --check .

format: $(STAMP)  ## let ruff put the format right
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

types: $(STAMP)  ## mypy, strict
	@$(BIN)/mypy

layers: $(STAMP)  ## import-linter: a lower layer never imports a higher one
	@$(BIN)/lint-imports --no-cache

golden: $(STAMP)  ## accept what is rendered now as right, in tests/golden and README.md; then look at the difference
	@$(BIN)/python -m pytest -q tests/test_render.py tests/test_docs.py --update-golden

gate: $(STAMP)  ## fail where a figure on the seeds fell, or their data changed
	@$(BIN)/python -m eval gate

eval: $(STAMP)  ## run the full evaluation on ../shared/data (hours; goes on where it was stopped), into eval/RESULTS.md
	@$(BIN)/python -m eval suite -o results --write eval/RESULTS.md
	@$(BIN)/python -m eval report results -o results/report.html

bench: $(STAMP)  ## measure cold start, import, memory, cleaning and writing
	@$(BIN)/python -m bench

app: $(STAMP)  ## start the web front end on http://127.0.0.1:7860
	@$(BIN)/python app.py

clean:  ## remove the virtual environment and everything that was built
	rm -rf $(VENV) dist build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .work/axe
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo 'Python 3.11 or later is needed. If it has another name here: make PYTHON=python3.12 ...' >&2; exit 1; }
	@test -x $(BIN)/python && $(BIN)/python -m pip --version > /dev/null 2>&1 || $(MAKE) --no-print-directory venv
	@echo 'Installing (a few minutes the first time; seconds afterwards) ...'
	@$(PIP) install --no-deps --retries 1 --timeout 15 -c constraints.txt $(TORCH_INDEX) torch \
	  || echo 'The index of CPU builds is out of reach; torch comes from the usual one.'
	@$(PIP) install -c constraints.txt -e '.[dev,eval]'
	@touch $@

$(AXE):
	@$(APT) npm npm
	@npm install --silent --no-audit --no-fund --no-save --prefix .work/axe axe-core@$(AXE_VERSION)

# Debian and Ubuntu have `venv` in a package of its own.
.PHONY: venv
venv:
	@echo 'Making the virtual environment in $(VENV) ...'
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV) 2> /dev/null || { rm -rf $(VENV); \
	  package=$$($(PYTHON) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])'); \
	  echo "Python's venv module is missing; installing Debian's $$package ..."; \
	  if [ "$$(id -u)" = 0 ]; then sudo=; else sudo='sudo -n'; fi; \
	  { $$sudo apt-get update -q && $$sudo apt-get install -q -y "$$package" && $(PYTHON) -m venv $(VENV); } \
	  || { echo "Please run: sudo apt-get install $$package    and then make again." >&2; exit 1; }; }
