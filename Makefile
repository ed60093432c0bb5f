# Five words. Each brings .venv up to the requirements first, and does nothing there when it already is.
.PHONY: try test check fix bench
.DELETE_ON_ERROR:

# try: Bidwell in a workspace on this machine   (PORT=8080 to choose the port, ARGS for more)
try: .venv/requirements
	.venv/bin/python app.py --sandbox $(if $(PORT),--port $(PORT)) $(ARGS)

# test: everything, or what ARGS names          (ARGS=tests/policy)
test: .venv/requirements-dev
	.venv/bin/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile $(ARGS)

# check: style, types, the directions of imports, the pins, and every message in three languages
check: .venv/requirements-dev
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports --no-cache
	.venv/bin/python -m scripts.pins
	.venv/bin/python -m pytest -q tests/test_untranslated.py

# fix: what can be mended by itself, and the catalogues brought up to the source
fix: .venv/requirements-dev
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	.venv/bin/python -m scripts.catalogue

# bench: what is measured
bench: .venv/requirements-dev
	.venv/bin/python -m benchmarks $(ARGS)

.venv/requirements-dev: requirements.txt
.venv/%: %.txt scripts/install
	@scripts/install $<
	@touch $@
