# The front door. `make` lists the targets; each sets up .venv by itself when that is needed.
PYTHON ?= python3
BIN := .venv/bin
ROUND ?=

.DEFAULT_GOAL := help
.PHONY: help reports test test-all lint check lab clean lock setup

help:  ## list the targets
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  \1	/' | expand -t 14

reports: setup  ## build the reports of the default rounds (or ROUND=…) and list them
	@$(BIN)/endline run $(ROUND) || { code=$$?; echo "endline: exit code $$code" >&2; exit $$code; }

test: setup-dev  ## run the test suite
	@$(BIN)/python -m pytest -m "not slow"

test-all: setup-full  ## run the test suite with its long tests
	@$(BIN)/python -m pytest

lint: setup-dev  ## check style and types
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

check: setup  ## list what must be explained in the data as received
	@$(BIN)/endline check data/raw/published || { code=$$?; echo "endline: exit code $$code" >&2; exit $$code; }

lab: setup-lab  ## open the notebooks in JupyterLab
	@$(BIN)/jupyter lab notebooks

clean:  ## delete what is derived: data/processed, reports, simulated figures
	@rm -rf data/processed reports
	@cd data/raw && rm -rf $(foreach set,simulated simulated-faulty,$(set)/*/ $(set)/*.csv $(set)/corrections.yaml)

lock:  ## write the locks anew (needs uv on the path)
	@for set in "" dev full dask lab; do \
	  case "$$set" in dev|full) more="--group $$set";; dask|lab) more="--extra $$set";; *) more="";; esac; \
	  uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	    pyproject.toml --group build $$more $${set:+-c requirements.lock} -o requirements$${set:+-$$set}.lock; \
	done

setup:
	@$(PYTHON) bootstrap.py
setup-%:
	@$(PYTHON) bootstrap.py $*
