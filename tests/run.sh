#!/usr/bin/env bash
# Installs, builds and runs every test under an X server of its own.
set -euo pipefail

usage() {
    cat <<'END'
Usage: tests/run.sh [--asan | --tsan | --bench] [-- CTEST_OPTIONS...]

Without an option: builds the preset "test" (release code) and
runs every test but the benchmarks. Needs no display and no input.

  --asan    the unit tests under AddressSanitizer and UndefinedBehaviorSanitizer
  --tsan    the unit tests under ThreadSanitizer
  --bench   the benchmarks, with their figures
  --        what follows goes to ctest, e.g. -- -R lint

Exit codes: 0 all passed, 2 wrong usage, 3 the surroundings failed, others: ctest's.
END
}

# shellcheck source=installer/steps.sh
source "$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)/../installer/steps.sh"

preset='test'
selection=(-LE bench)
parallel=$(nproc)
while (($# > 0)); do
    case $1 in
        --asan) preset=asan selection=(-L unit) ;;
        --tsan) preset=tsan selection=(-L unit) ;;
        --bench) preset=bench selection=(-L bench --verbose) parallel=1 ;;
        --) shift; selection+=("$@"); break ;;
        -h | --help) usage; exit 0 ;;
        *) usage >&2; exit 2 ;;
    esac
    shift
done

install_packages build run display archive test
use_utf8
build_preset "$preset"

say "Testing ($preset)"
start_virtual_display 1920x1080
# Tests see neither the settings nor the studies of whoever runs them.
home="$virtual_display_folder/home"
for name in DATA CONFIG CACHE STATE; do
    export "XDG_${name}_HOME=$home/${name,,}"
done
export XDG_RUNTIME_DIR="$home/runtime"
mkdir -p -- "$home"
mkdir -m 0700 -- "$XDG_RUNTIME_DIR"
export UBSAN_OPTIONS="${UBSAN_OPTIONS:-print_stacktrace=1}"

supervise ctest --test-dir "$project_root/build/$preset" --output-on-failure --no-tests=error \
    --parallel "$parallel" --output-junit results.xml "${selection[@]}"
