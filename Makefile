# The project's commands. Each sets up what it needs; see README.md.

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python
ARGS ?=
BENCH ?=

.PHONY: demo test triage bench-test bench-perf lint clean

demo: $(VENV)/.demo
	$(RUN) -m demo $(ARGS)

test: $(VENV)/.test
	$(RUN) -m pytest --numprocesses auto --dist worksteal $(ARGS)

triage: $(VENV)/.demo
	@test -n "$(FILE)" || { echo "Say which file: make triage FILE=posts.jsonl"; exit 2; }
	@$(RUN) -m grievance_helpdesk.intake.triage "$(FILE)"

bench-test:
	$(PYTHON) -m tests.bench.run $(if $(BENCH),--bench "$(BENCH)") $(ARGS)

bench-perf:
	$(PYTHON) -m benchmarks.run $(if $(BENCH),--bench "$(BENCH)") $(ARGS)

lint: $(VENV)/.test
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .

clean:
	rm -rf $(VENV) build .pytest_cache .ruff_cache .hypothesis

$(VENV)/.demo: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' || \
		{ echo "Python 3.10 or newer is needed. Name one: make PYTHON=python3.12 …"; exit 1; }
	@test -x $(RUN) || $(PYTHON) -m venv $(VENV) || \
		{ echo "Python's venv module is missing (on Debian: apt install python3-venv)"; exit 1; }
	$(RUN) -m pip install --quiet --disable-pip-version-check -e ".[embedded]"
	@touch $@

$(VENV)/.test: $(VENV)/.demo
	$(RUN) -m pip install --quiet --disable-pip-version-check -e ".[embedded,test]"
	@touch $@
