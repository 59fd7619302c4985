#!/bin/bash
# Builds the fuzz targets as OSS-Fuzz does, and runs each for some SECONDS, 20 unless the environment says otherwise:
#
#	ossfuzz/prove.sh [TARGET...]
#
# It fails where a target is not built, does not start, reads none of its seeds or not its dictionary, or finds something.
# It needs Go, unzip, and clang++ with the runtimes of libFuzzer and AddressSanitizer (Debian: clang, libclang-rt-dev).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
seconds=${FUZZ_SECONDS:-20}
work=$(mktemp -d)
trap 'chmod -R u+w "$work" && rm -rf "$work"' EXIT

count=$#
[ "$count" -gt 0 ] || count=$(cat "$here"/../fuzz_test.go "$here"/../fuzz_*_test.go | grep -c '^func Fuzz')
echo "building $count targets, then $seconds s each"

fail() { echo "FAIL: $*" >&2; exit 1; }

export SRC=$work/src OUT=$work/out CXX=clang++ LIB_FUZZING_ENGINE=-fsanitize=fuzzer
export CXXFLAGS='-O1 -fno-omit-frame-pointer -gline-tables-only -fsanitize=address -fsanitize-address-use-after-scope'
export PATH="$work/bin:$here/local:$PATH"
mkdir -p "$SRC/multistatus" "$OUT" "$work/bin"

echo 'extern "C" int LLVMFuzzerTestOneInput(const char *, unsigned long) { return 0; }' >"$work/probe.cc"
# shellcheck disable=SC2086 # a list
$CXX $CXXFLAGS $LIB_FUZZING_ENGINE "$work/probe.cc" -o "$work/probe" || fail "clang++ cannot link a fuzzer: is libclang-rt installed?"

go -C "$here/tools" build -o "$work/bin/go-118-fuzz-build" github.com/AdamKorcz/go-118-fuzz-build
tar -C "$here/.." --exclude=./.git -cf - . | tar -C "$SRC/multistatus" -xf -
bash "$here/build.sh" "$@"

# The flags of a run are those of TARGET.options, as OSS-Fuzz gives them.
options() { sed -n 's/^\([a-z_]*\) = \(.*\)$/-\1=\2/p' "$1"; }

cd "$OUT"
for zip in *_seed_corpus.zip; do
	target=${zip%_seed_corpus.zip}
	test -x "$target" || continue
	corpus=$work/corpus-$target log=$work/$target.log
	mkdir "$corpus"
	unzip -q "$zip" -d "$corpus"
	seeds=$(find "$corpus" -type f | wc -l)
	# shellcheck disable=SC2046 # a list
	"./$target" $(options "$target.options") -max_total_time="$seconds" -rss_limit_mb=2560 -print_final_stats=1 "$corpus" >"$log" 2>&1 ||
		{ grep -v "NEW\|REDUCE\|pulse" "$log" | cut -c1-2000 | head -n 80; fail "$target found something, or did not start"; }
	grep -q '^Dictionary: [1-9]' "$log" || fail "$target reads no dictionary"
	grep -q "seed corpus: files: $seeds " "$log" || fail "$target does not read its $seeds seeds"
	grep -q 'INITED cov: [1-9]' "$log" || fail "$target has not run its seeds"
	printf '%-18s %4d seeds, %s at first, %s at last, %s runs\n' "$target" "$seeds" \
		"$(sed -n 's/.*INITED *\(cov: [0-9]*\).*/\1/p' "$log")" "$(sed -n 's/.*DONE *\(cov: [0-9]*\).*/\1/p' "$log")" \
		"$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")"
done
