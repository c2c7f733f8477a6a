# From a bare clone with Python 3.11 or newer and nothing else: `make run`, `make test`.
# The work is done by clusters_portal/launcher (standard library only).

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && exit; \
	done; echo python3)
LAUNCHER = @exec $(PYTHON) -m clusters_portal.launcher
UV = .venv/bin/uv
COMPILE = $(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-header -q
export PORT

.PHONY: help run stop data test drill bench check fuzz lock

help:
	@echo "make run [PORT=8001]     start the portal with its demo world; Ctrl-C ends it"
	@echo "make stop                end everything that runs for this checkout"
	@echo "make data DATA=FOLDER    load real data from a folder or files"
	@echo "make test [ARGS=...]     every layer of the tests"
	@echo "make drill [ARGS=...]    rehearse a deadline, faults, backup, tampering; prints tables (15 minutes)"
	@echo "make bench [ARGS=...]    measure what is promised, beside peers; writes docs/benchmarks.md"
	@echo "make check               lint, format, imports, types, migrations, house tests"
	@echo "make fuzz [EXAMPLES=200] anything at all for every door and form; prints how much"
	@echo "make lock                resolve the pinned lists anew"

run:
	$(LAUNCHER) run

stop:
	$(LAUNCHER) stop

data:
	$(LAUNCHER) data $(DATA)

test:
	$(LAUNCHER) test $(ARGS)

drill:
	$(LAUNCHER) drill $(ARGS)

bench:
	$(LAUNCHER) bench $(ARGS)

check:
	$(LAUNCHER) check

fuzz:
	$(LAUNCHER) fuzz $(EXAMPLES)

lock:
	$(COMPILE) pyproject.toml -o requirements.txt
	$(COMPILE) pyproject.toml --extra dev -o requirements-dev.txt
	$(COMPILE) pyproject.toml --extra storage -o requirements-storage.txt
	$(COMPILE) --group setup -o requirements-setup.txt
	$(COMPILE) --group peers -o requirements-peers.txt
	$(COMPILE) --group node -o requirements-node.txt
	npm install --package-lock-only --ignore-scripts
