# make run and make test do everything on a Debian or Ubuntu machine that has Rust. The rest is for developers.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help run test check docs

# One profile and one set of features for everything, so that nothing is compiled twice.
WORKSPACE := --workspace
# The demonstration's database and files.
DEMO := .cache/demo
DENY := PATH="$$HOME/.cache/het/tools/bin:$$PATH" cargo deny

help: ## say what each target does
	@sed -n 's/^\([a-z]*\):.*## /make \1\t/p' Makefile

run: ## set up what is missing, build, and serve the synthetic town
	@scripts/setup run
	cargo build $(WORKSPACE) --bin het
	@het="$${CARGO_TARGET_DIR:-target}/debug/het"; export HET_KEYS_FILE=$(DEMO)-register.keys; \
	[ -e "$$HET_KEYS_FILE" ] || { mkdir -p .cache && "$$het" keys new --out "$$HET_KEYS_FILE"; }; \
	"$$het" demo --data $(DEMO) && exec "$$het" serve --data $(DEMO)

test: ## set up what is missing and run every test, those of the browser and of PostgreSQL included
	@scripts/setup test
	@if cargo nextest --version >/dev/null 2>&1; then \
		cargo test $(WORKSPACE) --doc && scripts/with-postgres cargo nextest run $(WORKSPACE); \
	else \
		scripts/with-postgres cargo test $(WORKSPACE); \
	fi

check: ## hold the tree to its rules: formatting, layers, licences, lints, generated documents
	@scripts/setup check
	cargo fmt --all --check
	cargo xtask tidy
	$(DENY) --log-level error check licenses bans sources
	cargo clippy $(WORKSPACE) --all-targets -- -D warnings
	cargo build $(WORKSPACE) --bins --tests
	cargo xtask docs --check

docs: ## write the generated documents anew
	cargo build $(WORKSPACE) --bin het
	cargo xtask docs
