#!/usr/bin/env bash
# Installs what is missing, builds, and opens the workstation on the sample patients.
set -euo pipefail

usage() {
    cat <<'END'
Usage: installer/quickstart.sh [--no-start] [--with-archive] [--screenshots FOLDER]

Installs what is missing (Debian 12), builds the workstation, imports the sample
patients of resources/samples into a cache of their own and opens it on them.
Without a display it starts a virtual one, walks through the main job by itself
and leaves screenshots.

  --no-start            do everything but start; the last line is the program's path
  --with-archive        also start a demo archive on this machine (Orthanc, DICOMweb)
                        that has all sample patients; the workstation has only some
                        of them. It ends with the workstation.
  --screenshots FOLDER  where the walk leaves its pictures (default: build/screenshots)
  -h, --help            this text

Exit codes: 0 done, 2 wrong usage, 3 something in the surroundings failed.
END
}

# shellcheck source=installer/steps.sh
source "$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd -P)/steps.sh"
# shellcheck source=installer/demo_archive.sh
source "$steps_folder/demo_archive.sh"

# The studies of resources/samples that open first: the chest CT and, for the walk, the brain MR.
readonly chest_ct=1.3.6.1.4.1.14519.5.2.1.6279.6001.298806137288633453246975630178
readonly brain_mr=1.3.6.1.4.1.5962.1.2.5020.1166546115.14677

start=yes
with_archive=no
screenshots="$project_root/build/screenshots"
while (($# > 0)); do
    case $1 in
        --no-start) start=no ;;
        --with-archive) with_archive=yes ;;
        --screenshots)
            (($# > 1)) || { usage >&2; exit 2; }
            screenshots=$2
            shift
            ;;
        -h | --help) usage; exit 0 ;;
        *) usage >&2; exit 2 ;;
    esac
    shift
done

readonly program="$project_root/build/release/app/negatoscope"
[[ -n ${XDG_DATA_HOME:-}${HOME:-} ]] || fail "neither HOME nor XDG_DATA_HOME is set, so there is no place for the sample cache"
samples_home="${XDG_DATA_HOME:-${HOME:-}/.local/share}/negatoscope-samples"
samples=("$project_root"/resources/samples/*/)
if [[ $with_archive == yes ]]; then
    # A cache of its own, where the earlier study of the chest and two patients are missing.
    samples_home+=/with-archive
    samples=("$project_root"/resources/samples/{chest-ct,chest-ct-prior/current,brain-mr}/)
fi
readonly samples_home samples cache="$samples_home/cache" config="$samples_home/config"

has_display() {
    [[ -n ${DISPLAY:-}${WAYLAND_DISPLAY:-} ]]
}

# Imports the samples once; again only when they or the cache folder changed.
import_samples() {
    local marker="$samples_home/imported" wanted
    wanted=$(sha256sum <"$project_root/resources/samples/SOURCES.csv")
    if [[ -d $cache && -f $marker && $(<"$marker") == "$wanted" ]]; then
        return
    fi
    say "Importing the sample patients into $cache"
    mkdir -p -- "$samples_home"
    rm -f -- "$marker"
    "$program" --cache "$cache" import "${samples[@]}" >&2 ||
        fail "the sample patients could not be imported (see the messages above)"
    printf '%s\n' "$wanted" >"$marker"
}

walk_through() {
    say "No display: starting a virtual one and walking through the main job"
    mkdir -p -- "$screenshots"
    find "$screenshots" -maxdepth 1 -name '*.png' -delete
    start_virtual_display 1920x1080
    # Its own settings, so that the pictures do not depend on what was changed before.
    mkdir -p -- "$virtual_display_folder/config"
    [[ $with_archive == no ]] || cp -- "$config/archives.json" "$virtual_display_folder/config/"
    supervise timeout --kill-after=10 300 "$program" --cache "$cache" --config "$virtual_display_folder/config" \
        --walkthrough "$screenshots" "$chest_ct" "$brain_mr" >&2 ||
        fail "the walk through the main job failed (see the messages above)"
    compgen -G "$screenshots/*.png" >/dev/null || fail "the walk ended but left no screenshot in $screenshots"
    say "Screenshots of the walk:"
    find "$screenshots" -maxdepth 1 -name '*.png' | sort
    printf 'Screenshots are in %s\n' "$screenshots"
}

groups=(build run)
if [[ $start == yes ]] && ! has_display; then
    groups+=(display)
fi
if [[ $with_archive == yes ]]; then
    groups+=(archive)
fi
use_utf8
install_packages "${groups[@]}"
build_preset release
import_samples

if [[ $start == no ]]; then
    printf '%s\n' "$program"
    exit
fi
if [[ $with_archive == yes ]]; then
    mkdir -p -- "$config"
    start_demo_archive "$program" "$config"
    fill_demo_archive "$program" "$config" "$project_root"/resources/samples/*/
fi
if ! has_display; then
    walk_through
elif [[ $with_archive == yes ]]; then
    say "Opening the workstation on the sample patients; the others are in the demo archive: choose All archives"
    supervise "$program" --cache "$cache" --config "$config" "$chest_ct"
else
    say "Opening the workstation on the sample patients"
    exec "$program" --cache "$cache" "$chest_ct"
fi
