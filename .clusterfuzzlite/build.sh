#!/bin/bash -eu
# The build is the one that OSS-Fuzz runs.
exec bash "$SRC/multistatus/ossfuzz/build.sh"
