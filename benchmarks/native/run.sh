#!/usr/bin/env bash
# Builds the peers in C, C++ and Rust into bin, from Debian's packages, which it installs where they are missing;
# with --no-install it builds with what there is.
set -euo pipefail
cd "$(dirname "$0")"

packages=(libexpat1-dev libxml2-dev libpugixml-dev librapidxml-dev librust-quick-xml-dev)
command -v g++ >/dev/null || packages+=(g++)
command -v cargo >/dev/null || packages+=(cargo rustc)
command -v pkg-config >/dev/null || packages+=(pkg-config)

as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi; }

missing() { # prints those of the packages that are not installed
	for p in "${packages[@]}"; do
		dpkg-query -W -f '${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || echo "$p"
	done
}

if [ "${1-}" != --no-install ] && [ -n "$(missing)" ]; then
	as_root apt-get -q update
	# shellcheck disable=SC2046
	as_root env DEBIAN_FRONTEND=noninteractive apt-get -qy install --no-install-recommends $(missing)
fi

flags=(-std=c++17 -O3 -Wall -Wextra)
mkdir -p bin
# shellcheck disable=SC2046
g++ "${flags[@]}" -o bin/expat expat.cpp $(pkg-config --cflags --libs expat)
# shellcheck disable=SC2046
g++ "${flags[@]}" -o bin/libxml2 libxml2.cpp $(pkg-config --cflags --libs libxml-2.0)
g++ "${flags[@]}" -o bin/pugixml pugixml.cpp -lpugixml
g++ "${flags[@]}" -o bin/rapidxml rapidxml.cpp

# Debian has the sources of crates in a folder, which takes the place of the registry.
crates=()
[ ! -d /usr/share/cargo/registry ] || crates=(--offline --config 'source.crates-io.replace-with="debian"' --config 'source.debian.directory="/usr/share/cargo/registry"')
cargo build --quiet --release --manifest-path quickxml/Cargo.toml --target-dir bin/target "${crates[@]}"
cp bin/target/release/quickxml bin/target/release/quickxml-write bin/

{
	g++ --version | head -n 1
	rustc --version
	dpkg-query -W -f '${Package} ${Version}\n' "${packages[@]:0:5}" 2>/dev/null || true
} >bin/versions
cat bin/versions
