# shellcheck shell=bash
# The steps that quickstart.sh and tests/run.sh share. Sourced, never run.
#
# say, fail            : one sentence for the person at the keyboard
# install_packages     : groups of dependencies.sh; asks for rights only when something is missing
# build_preset         : configures and builds a CMake preset
# start_virtual_display: an X server of our own on a free number; ends with the script, even a killed one
# supervise            : runs a command that ends with the script in the same way

steps_folder=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)
project_root=$(dirname -- "$steps_folder")
# shellcheck source=installer/dependencies.sh
source "$steps_folder/dependencies.sh"

virtual_display_pid=''
virtual_display_folder=''
supervised_pid=''

say() {
    printf '\n== %s\n' "$1" >&2
}

fail() {
    printf '\n%s: %s\n' "$(basename -- "$0")" "$1" >&2
    exit 3
}

missing_packages() {
    local -A installed=()
    local name status
    while read -r name status; do
        [[ $status == ii ]] && installed[$name]=1
    done < <(dpkg-query -W -f='${Package} ${db:Status-Abbrev}\n' "$@" 2>/dev/null || true)
    for name in "$@"; do
        [[ -n ${installed[$name]:-} ]] || printf '%s\n' "$name"
    done
}

is_debian_like() {
    command -v apt-get >/dev/null && command -v dpkg-query >/dev/null &&
        grep -qE '^ID(_LIKE)?=.*debian' /etc/os-release 2>/dev/null
}

# install_packages GROUP...
install_packages() {
    local packages=() missing=() as_root=() group
    for group in "$@"; do
        local -n members="packages_$group"
        packages+=("${members[@]}")
    done

    is_debian_like ||
        fail "this system is not Debian, so install the equivalents of these packages yourself and build with CMake (README.md): ${packages[*]}"
    mapfile -t missing < <(missing_packages "${packages[@]}")
    ((${#missing[@]} > 0)) || return 0

    if ((EUID != 0)); then
        local by_hand="sudo apt-get install --no-install-recommends ${missing[*]}"
        command -v sudo >/dev/null ||
            fail "root rights are needed to install ${#missing[@]} packages; as root, run: ${by_hand#sudo }"
        if ! sudo -n true 2>/dev/null; then
            [[ -t 0 ]] || fail "root rights are needed to install ${#missing[@]} packages; run: $by_hand"
            say "Your password is asked for by sudo, to install ${#missing[@]} packages"
            sudo -v || fail "without root rights nothing can be installed; run: $by_hand"
        fi
        as_root=(sudo)
    fi

    say "Installing ${#missing[@]} packages: ${missing[*]}"
    local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y
        -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3)
    "${apt[@]}" update </dev/null >&2 || say "The package lists could not all be refreshed; going on with those at hand"
    "${apt[@]}" install --no-install-recommends "${missing[@]}" </dev/null >&2 ||
        fail "the packages could not be installed (see apt's messages above: is the network reachable, and is this Debian 12?)"
}

# build_preset PRESET
build_preset() {
    local preset=$1
    say "Configuring ($preset)"
    (cd -- "$project_root" && cmake --preset "$preset" --log-level=NOTICE >&2) ||
        fail "the sources could not be configured (see CMake's messages above)"
    say "Building ($preset); the first time takes some minutes"
    (cd -- "$project_root" && NINJA_STATUS='[%f/%t %es] ' cmake --build --preset "$preset" >&2) ||
        fail "the build failed (see the compiler's messages above)"
}

# start_virtual_display [WIDTHxHEIGHT]: sets DISPLAY for everything started after it.
start_virtual_display() {
    local size=${1:-1920x1080} waited=0
    command -v Xvfb >/dev/null || fail "a virtual display needs Xvfb; install the package xvfb"
    virtual_display_folder=$(mktemp -d)
    trap stop_all EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
    setpriv --pdeathsig TERM Xvfb -displayfd 3 -screen 0 "${size}x24" -nolisten tcp -noreset \
        3>"$virtual_display_folder/number" >"$virtual_display_folder/log" 2>&1 &
    virtual_display_pid=$!
    until [[ -s $virtual_display_folder/number ]]; do
        kill -0 "$virtual_display_pid" 2>/dev/null ||
            fail "the virtual display ended at once: $(tail -n 1 "$virtual_display_folder/log")"
        ((waited++ < 200)) || fail "the virtual display did not start within 20 s"
        sleep 0.1
    done
    DISPLAY=":$(<"$virtual_display_folder/number")"
    export DISPLAY QT_QPA_PLATFORM=xcb
    unset WAYLAND_DISPLAY XAUTHORITY
}

# What sourced files started besides says so here.
stop_all() {
    if declare -F stop_demo_archive >/dev/null; then
        stop_demo_archive
    fi
    if [[ -n $supervised_pid ]]; then
        kill "$supervised_pid" 2>/dev/null || true
        wait "$supervised_pid" 2>/dev/null || true
    fi
    if [[ -n $virtual_display_pid ]]; then
        kill "$virtual_display_pid" 2>/dev/null || true
        wait "$virtual_display_pid" 2>/dev/null || true
    fi
    [[ -z $virtual_display_folder ]] || rm -rf -- "$virtual_display_folder"
}

# supervise COMMAND...: its exit code
supervise() {
    local code=0
    setpriv --pdeathsig TERM "$@" </dev/null &
    supervised_pid=$!
    wait "$supervised_pid" || code=$?
    supervised_pid=''
    return "$code"
}

# Qt and the file names of patients' folders want UTF-8; a bare container says "C".
use_utf8() {
    [[ $(locale charmap 2>/dev/null) == UTF-8 ]] || export LC_ALL=C.UTF-8
}
