# Each target's help stands behind its ##.
.DEFAULT_GOAL := help
.PHONY: help run build test fuzz torture check fmt vet lint bench gobench samples manual release clean

help: ## show this help
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## consolidate inputs/ into outputs/
	go run ./cmd/tonghop run

build: ## build ./tonghop for this machine
	CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o tonghop ./cmd/tonghop

test: ## run the tests
	go test ./...

fuzz: ## fuzz every target for five minutes each; takes two hours
	.ci/fuzz 5m all

torture: ## flip every bit of three workbooks, play ten years of an office, kill the program at every step; takes most of an hour
	TONGHOP_TORTURE=1 go test -run TestNoSilentDifference -v -timeout 60m ./pipeline/workbook
	TONGHOP_TORTURE=1 go test -run TestYearsOfAnOffice -v -timeout 60m ./pipeline/simulation
	TONGHOP_TORTURE=1 go test -run 'TestKilled' -v -timeout 60m ./cmd/tonghop

check: ## all that CI runs: format, vet, linter, builds, tests, the main job
	.ci/run

fmt: ## format the Go sources
	gofmt -w cmd pipeline templates

vet: ## run go vet
	go vet ./...

lint: ## run the linter with the pinned version
	.ci/lint

bench: ## measure against what an office would use instead; takes long
	go run ./cmd/bench $(BENCH)

gobench: ## run the Go benchmarks of single packages
	go test -run '^$$' -bench . -benchmem ./...

samples: ## write the sample submissions into inputs/ again
	go run ./cmd/samples

manual: ## write docs/findings.md from the tables again
	go test ./pipeline/wording -run TestManualIsCurrent -update

release: ## build linux and windows binaries, licences and checksums into dist/
	.ci/release

clean: ## remove what was built; outputs/ stays
	rm -rf dist tonghop tonghop.exe
