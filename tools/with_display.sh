#!/usr/bin/env bash
# Runs a command on a virtual display of its own: tools/with_display.sh [WIDTHxHEIGHT] COMMAND...
# For looking at one UI test, or at the program, on a machine without a screen.
set -euo pipefail

# shellcheck source=installer/steps.sh
source "$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)/../installer/steps.sh"

size=1920x1080
if [[ ${1:-} =~ ^[0-9]+x[0-9]+$ ]]; then
    size=$1
    shift
fi
if (($# == 0)); then
    printf 'Usage: tools/with_display.sh [WIDTHxHEIGHT] COMMAND...\n' >&2
    exit 2
fi
use_utf8
start_virtual_display "$size"
supervise "$@"
