# SPDX-License-Identifier: Apache-2.0
# The few commands people type; everything real is in CMakeLists.txt.
PREFIX ?= /usr/local
.PHONY: build all demo check conformance format pages install bench clean

build: ## build/tactus
	@tools/setup demo
	@cmake --preset release >/dev/null
	@cmake --build build --target tactus

all: build
	@cmake --build build

demo: build ## simulate the office worker
	@build/tactus run scenarios/office-worker.yaml

check: ## all checks and tests, as in CI
	@tools/setup ci
	@tools/check

conformance: build ## the SBML Test Suite: make conformance SUITE=path/of/cases
	@cmake --build build --target conformance
	@build/tests/conformance "$(or $(SUITE),tests/conformance/cases)" -j $$(nproc)

format: ## lay out all C files
	@tools/format

pages: all ## write docs/body from the models
	@build/write_pages models/body.ant models/parameters.tsv models/references.bib docs/body

install: all
	@cmake --install build --prefix $(PREFIX)

bench: all ## the figures of the README
	@bench/run

clean: ## all but SUNDIALS, which takes a minute
	@rm -rf out
	@if [ -d build ]; then find build -mindepth 1 -maxdepth 1 ! -name deps -exec rm -rf {} +; fi
