# heliosctl: `make demo` to see it work, `make test` before a change is sent. `make` alone says what there is.
.DEFAULT_GOAL := help
.PHONY: help demo test kill-matrix mutants versions build install uninstall format clean

# Where `make install` puts it. DESTDIR is for those who make packages.
PREFIX ?= /usr/local
DESTDIR ?=

# Arguments for `make test`, such as ARGS=-Dtest=LsnTest
ARGS ?=
# The beds that `make test` uses beside the unit tests: BEDS=loopback leaves out Docker, BEDS= leaves out both.
BEDS ?= loopback hosts

sources := pom.xml $(shell find src/main runbooks templates schemas -type f 2>/dev/null)

help: ## say what there is
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 16

demo: target/heliosctl.jar ## three PostgreSQL nodes, two PgBouncers, writers, and a switchover, all on this machine
	@scripts/packages "The demo" postgresql pgbouncer
	@./heliosctl demo start

test: ## unit tests, and those against real servers; installs what they need, asking first
	@BEDS="$(BEDS)" scripts/test $(ARGS)

kill-matrix: ## switchover and failover cut at every step in every way, and what holds then; takes over an hour
	@BEDS="$(BEDS)" scripts/kill-matrix $(ARGS)

versions: ## the hosts bed made of other releases of Debian: PostgreSQL 13 and 17, and what else they have
	@scripts/versions

mutants: ## switch guards off one at a time; each must turn a test red
	@scripts/mutants

build: target/heliosctl.jar ## target/heliosctl.jar and target/lib, which ./heliosctl starts

target/heliosctl.jar: $(sources)
	@echo "Building heliosctl"
	@scripts/mvn -q -B -Dmaven.test.skip=true -Dspotless.check.skip=true package
	@touch $@

install: target/heliosctl.jar ## into PREFIX (/usr/local): program, manual page, completion for bash
	@scripts/install "$(DESTDIR)" "$(PREFIX)"

uninstall: ## what install has put there
	@rm -rf "$(DESTDIR)$(PREFIX)/lib/heliosctl"
	@rm -f "$(DESTDIR)$(PREFIX)/bin/heliosctl" "$(DESTDIR)$(PREFIX)/share/man/man1/heliosctl.1" \
	    "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/heliosctl"

format: ## put every Java file into the one format
	@scripts/mvn -q -B spotless:apply

clean: ## remove target/ (a demo in there must be stopped before)
	@! test -e target/demo/cluster.properties || { echo "the demo lives in target/: ./heliosctl demo stop"; exit 1; }
	@rm -rf target
