# Every target does its own set-up. What is slow is kept in the cache, outside the clone:
# $SCIM_OPERATOR_CACHE, else $XDG_CACHE_HOME/scim-operator, else ~/.cache/scim-operator.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory --no-builtin-rules

CONFIGURATION := Release
SOLUTION := ScimOperator.sln
DEV := artifacts/bin/Dev/release/Dev
STAMPS := artifacts/stamps
FUZZ_ITERATIONS ?= 200000

# A shell of a service or a container may have no home; .NET needs one.
export HOME ?= $(shell getent passwd "$$(id -u)" | cut -d: -f6)
# Where the SDK's installers put it, for a sudo or a service whose PATH is short.
export PATH := $(PATH):/usr/share/dotnet:/usr/lib/dotnet:/usr/local/share/dotnet:$(HOME)/.dotnet
export DOTNET_NOLOGO := 1
export DOTNET_CLI_TELEMETRY_OPTOUT := 1
# Nothing here depends on a language, and a fresh machine may lack libicu.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT := 1
# No build process is left behind when a target ends.
export MSBUILDDISABLENODEREUSE := 1

DEV_SOURCES := $(shell find tools tests/ControlPlane tests/DevEnvironment -type f -not -path '*/obj/*' 2>/dev/null) \
	Directory.Build.props Directory.Packages.props global.json .editorconfig BannedSymbols.txt
SOURCES := $(DEV_SOURCES) $(shell find src tests bench -type f -not -path '*/obj/*' 2>/dev/null)

SEEDS ?= 2000
MINUTES ?= 5

.PHONY: help build test simulate chaos fuzz bench demo up down lint manifests verify clean prerequisites

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

build: prerequisites ## Publish the NativeAOT binaries to artifacts/bin (cached by the content of the sources)
	@scripts/publish.sh

test: build $(STAMPS)/solution ## Build and run all tests; ends with a line 'N passed, N failed, N skipped'
	@scripts/third-party.sh
	@scripts/postgresql.sh
	@$(DEV) test $(TEST_ARGS)

simulate: prerequisites ## Simulate the operator under faults with many seeds: SEEDS=n; SIMULATION_SEED=n replays one
	@scripts/step.sh "building the simulation" dotnet build tests/Simulation.Tests --configuration $(CONFIGURATION) --verbosity quiet
	@SIMULATION_SEEDS=$(SEEDS) dotnet test tests/Simulation.Tests --configuration $(CONFIGURATION) --no-build --nologo \
		--filter "FullyQualifiedName~Simulation_holds_for_many_seeds" --logger "console;verbosity=detailed"

chaos: build ## Kill, freeze, cut and delay the published binaries for MINUTES=n while identity providers use the tokens; CHAOS_SEED=n repeats one
	@scripts/step.sh "building the chaos tests" dotnet build tests/Chaos.Tests --configuration $(CONFIGURATION) --verbosity quiet
	@CHAOS_SECONDS=$$(( $(MINUTES) * 60 )) dotnet test tests/Chaos.Tests --configuration $(CONFIGURATION) --no-build --nologo \
		--filter "FullyQualifiedName~No_identity_provider_is_refused" --logger "console;verbosity=detailed"

fuzz: prerequisites ## Fuzz the admission webhooks, the reading of manifests, the drivers and the SCIM service for longer (FUZZ_ITERATIONS=200000 each)
	@for project in Operator.Tests Cli.Tests Drivers.Tests Backend.Tests; do \
		scripts/step.sh "building $$project" dotnet build tests/$$project --configuration $(CONFIGURATION) --verbosity quiet; \
		echo "fuzz: $$project, $(FUZZ_ITERATIONS) iterations of each test"; \
		FUZZ_ITERATIONS=$(FUZZ_ITERATIONS) dotnet test tests/$$project --configuration $(CONFIGURATION) --no-build --nologo --filter "FullyQualifiedName~FuzzTests"; \
	done

demo: build $(STAMPS)/dev ## Play the main job on a real API server, step by step, and check every step
	@$(DEV) demo $(DEMO_ARGS)

up: build $(STAMPS)/dev ## Leave that environment running: source artifacts/dev/env and use kubectl
	@$(DEV) up

down: $(STAMPS)/dev ## End what 'make up' started, and nothing else
	@$(DEV) down

bench: build ## Measure the reference backend, on SQLite and PostgreSQL, beside scimmy: BENCH_ARGS="--sizes 1000 --seconds 2"
	@scripts/third-party.sh
	@scripts/postgresql.sh
	@scripts/step.sh "building the benchmarks" dotnet build bench/Bench --configuration $(CONFIGURATION) --verbosity quiet
	@artifacts/bin/Bench/release/Bench $(BENCH_ARGS)

lint: prerequisites ## Check formatting and code style of the whole solution
	@echo "lint: dotnet format (about a minute)"
	@dotnet restore $(SOLUTION) --verbosity quiet
	@dotnet format $(SOLUTION) --verify-no-changes --no-restore

manifests: prerequisites ## Generate config/crd and docs/reference from the C# types
	@dotnet run --project tools/CrdGen --configuration $(CONFIGURATION)

verify: manifests ## Fail where generated files are not what the C# types say
	@git diff --exit-code --stat -- config docs || { echo "verify: generated files are stale: commit what 'make manifests' wrote" >&2; exit 1; }
	@untracked=$$(git ls-files --others --exclude-standard -- config docs); \
		[[ -z $$untracked ]] || { echo "verify: generated files are not in git: $$untracked" >&2; exit 1; }
	@echo "verify: generated files are up to date"

clean: ## Delete artifacts/ (the cache outside the clone stays)
	@if [[ -e artifacts/dev/state.json ]]; then echo "clean: an environment is running: 'make down' first" >&2; exit 1; fi
	@rm -rf artifacts

prerequisites:
	@scripts/prerequisites.sh

$(STAMPS)/dev: $(DEV_SOURCES) | prerequisites
	@scripts/step.sh "building the development tools" dotnet build tools/Dev --configuration $(CONFIGURATION) --verbosity quiet
	@mkdir -p $(@D) && touch $@

$(STAMPS)/solution: $(SOURCES) $(SOLUTION) | prerequisites
	@scripts/step.sh "building the solution with its tests (a minute or two)" dotnet build $(SOLUTION) --configuration $(CONFIGURATION) --verbosity quiet
	@mkdir -p $(@D) && touch $@ $(STAMPS)/dev
