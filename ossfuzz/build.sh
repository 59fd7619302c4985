#!/bin/bash
# Builds every fuzz target of the root package into $OUT, with seeds, dictionary and options.
# OSS-Fuzz, ClusterFuzzLite and prove.sh run it, each on a copy of the repository in $SRC/multistatus, which it changes.
# They bring compile_native_go_fuzzer, and CXX, CXXFLAGS and LIB_FUZZING_ENGINE for that. Given TARGETs, it builds only these.
set -euo pipefail
cd "$SRC/multistatus"

builder=github.com/AdamKorcz/go-118-fuzz-build
package=$(go list)
targets=${*:-$(sed -n 's/^func \(Fuzz[A-Za-z]*\)(f \*testing\.F) {$/\1/p' fuzz_test.go fuzz_*_test.go)}

# The seeds: first as go test writes them, and then as the built targets read them.
seeds=$(mktemp -d)
MULTISTATUS_SEEDS=$seeds go test -count=1 -run '^TestFuzzSeeds$' .
go -C ossfuzz/tools run ./seeds pack "$OUT" "$seeds" "$PWD/testdata/fuzz"
rm -r "$seeds"
cp ossfuzz/multistatus.dict "$OUT/"

# What is built is no test: it needs the stand-in for package testing among the module's requirements.
name=$(go list -f '{{.Name}}')
printf 'package %s\n\nimport _ "%s/testing"\n' "$name" "$builder" >registerfuzzdep.go
go get "$builder/testing@$(go -C ossfuzz/tools list -m -f '{{.Version}}' "$builder")"

for target in $targets; do
	compile_native_go_fuzzer "$package" "$target" "$target"
	cp ossfuzz/target.options "$OUT/$target.options"
	# The coverage build of OSS-Fuzz makes a test binary; whichever it is, no target may be left out.
	test -x "$OUT/$target" || { echo "$target was not built"; exit 1; }
	test -s "$OUT/${target}_seed_corpus.zip" || { echo "$target has no seeds"; exit 1; }
done
