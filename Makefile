# Swift 6.3 is expected. The Debian packages are named in deploy/packages.

SWIFT ?= swift
# A target that imports what Package.swift does not allow it fails the build.
ARROWS = --explicit-target-dependency-import-check error
SCRIPTS = $(wildcard .ci/run Benchmarks/run Tests/run demo/run deploy/install deploy/install-packages)

.PHONY: build test lint walks near replies faults soak demo run bench install

build:  ## .build/release/huiyin; STATIC=1 puts Swift's own libraries into it
	$(SWIFT) build -c release --product huiyin $(ARROWS) $(if $(STATIC),--static-swift-stdlib)

test:  ## every test, with the servers they need
	@deploy/install-packages build test
	$(SWIFT) build --build-tests $(ARROWS)
	@SWIFT='$(SWIFT)' Tests/run

lint:  ## the formatter's strict rules, and the scripts
	$(SWIFT) format lint --strict -r Sources Tests Package.swift
	@if command -v shellcheck >/dev/null; then shellcheck $(SCRIPTS); fi

walks:  ## pages in, alerts out; UPDATE=1 rewrites what they should be
	$(SWIFT) test --filter WalkTests

near:  ## how well texts that are nearly the same are known, as a table; TEXTS=FILE.tsv:FOLDER adds real ones
	NEAR_TEXTS='$(TEXTS)' $(SWIFT) test --filter 'Nearly the same text'

replies:  ## what replies do, through real mail servers, as a table in TABLE=.build/replies.md
	@deploy/install-packages build test
	REPLY_TABLE='$(abspath $(or $(TABLE),.build/replies.md))' $(SWIFT) test --filter 'Replies as people write them'

faults:  ## kills, power cuts, failing disks, set clocks, bad mail servers; ONLY=, ITEM=, RUNS=, SEED=
	@deploy/install-packages build test
	$(SWIFT) build $(ARROWS)
	.build/debug/faults run $(if $(ONLY),--only '$(ONLY)') $(if $(ITEM),--item $(ITEM)) \
	  $(if $(RUNS),--runs $(RUNS)) $(if $(SEED),--seed $(SEED))

soak:  ## all of that at random, FOR=1h; SEED=; Ctrl-C ends it with its verdict
	@deploy/install-packages build test
	$(SWIFT) build $(ARROWS)
	@bash $$(test -t 0 && echo -m) -c '.build/debug/faults soak --for $(or $(FOR),1h) $(if $(SEED),--seed $(SEED)); exit $$?'

demo:  ## a town, a daemon, and the mails it sends
	@bash $$(test -t 0 && echo -m) -c 'demo/run; exit $$?'  # -m: Ctrl-C is the demo's, not make's

run: build  ## the daemon on the repository's own set-up, its ledger and mails in .build/run
	@mkdir -p .build/run && sed 's#/var/lib/huiyin#.#; s#\.\./\(Feeds\|Rules\)#../../\1#; s#\./calendar#../../deploy/calendar#' \
	  deploy/huiyin.yaml >.build/run/huiyin.yaml
	.build/release/huiyin run --config .build/run/huiyin.yaml

bench: build  ## pages, letters and words a second, beside others; Benchmarks/run names its parts
	$(SWIFT) build -c release --product mail-bench $(ARROWS)
	$(SWIFT) build -c release --product word-bench $(ARROWS)
	Benchmarks/run

install:  ## DESTDIR is honoured; nothing is enabled or started
	deploy/install
