# shellcheck shell=bash
# A demo archive on this machine: Debian's Orthanc on free ports of 127.0.0.1, with DICOMweb. Sourced, never run.
#
# start_demo_archive PROGRAM SETTINGS : starts it, and makes it the archive "Demo archive" of SETTINGS
# fill_demo_archive PROGRAM SETTINGS FOLDER... : sends these DICOM files to it
# It ends with the script, even a killed one, and what it holds is gone then.

readonly demo_archive_name='Demo archive'
demo_archive_pid=''
demo_archive_folder=''

is_free_port() {
    ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

free_port() {
    local port
    for _ in {1..100}; do
        port=$((20000 + RANDOM % 30000))
        if is_free_port "$port"; then
            printf '%s\n' "$port"
            return
        fi
    done
    fail "no free port was found for the demo archive"
}

demo_archive_configuration() {
    cat <<END
{
  "Name": "$demo_archive_name",
  "DicomAet": "DEMO",
  "DicomPort": $1,
  "HttpPort": $2,
  "RemoteAccessAllowed": false,
  "AuthenticationEnabled": false,
  "DicomServerEnabled": false,
  "StorageDirectory": "$demo_archive_folder/storage",
  "IndexDirectory": "$demo_archive_folder/storage",
  "Plugins": ["/usr/share/orthanc/plugins/libOrthancDicomWeb.so"]
}
END
}

start_demo_archive() {
    local workstation=$1 settings=$2 port waited=0
    [[ -x /usr/sbin/Orthanc ]] || fail "the demo archive needs Orthanc; install the packages orthanc and orthanc-dicomweb"
    demo_archive_folder=$(mktemp -d)
    trap stop_all EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
    port=$(free_port)
    say "Starting the demo archive at http://127.0.0.1:$port/dicom-web"
    demo_archive_configuration "$(free_port)" "$port" >"$demo_archive_folder/orthanc.json"
    setpriv --pdeathsig TERM /usr/sbin/Orthanc "$demo_archive_folder/orthanc.json" \
        >"$demo_archive_folder/log" 2>&1 </dev/null &
    demo_archive_pid=$!
    while is_free_port "$port"; do
        kill -0 "$demo_archive_pid" 2>/dev/null ||
            fail "the demo archive ended at once: $(tail -n 1 "$demo_archive_folder/log")"
        ((waited++ < 300)) || fail "the demo archive did not start within 30 s"
        sleep 0.1
    done
    # Of an earlier demo, at another port.
    "$workstation" --config "$settings" --quiet archives remove "$demo_archive_name" >/dev/null 2>&1 || true
    "$workstation" --config "$settings" archives add "$demo_archive_name" --web "http://127.0.0.1:$port/dicom-web" \
        --allow-cleartext >&2 || fail "the demo archive could not be configured (see the messages above)"
}

fill_demo_archive() {
    local workstation=$1 settings=$2 folder="$demo_archive_folder/cache" uids=()
    shift 2
    say "Filling the demo archive with the sample patients"
    "$workstation" --cache "$folder" --quiet import "$@" >&2 || fail "the sample patients could not be read (see the messages above)"
    mapfile -t uids < <("$workstation" --cache "$folder" --json studies |
        grep -o '"studyInstanceUid": *"[^"]*"' | grep -o '[0-9][0-9.]*')
    ((${#uids[@]} > 0)) || fail "no sample patient was found"
    "$workstation" --cache "$folder" --config "$settings" --quiet send --archive "$demo_archive_name" "${uids[@]}" >&2 ||
        fail "the demo archive could not be filled (see the messages above)"
    rm -rf -- "$folder"
}

stop_demo_archive() {
    if [[ -n $demo_archive_pid ]]; then
        kill "$demo_archive_pid" 2>/dev/null || true
        wait "$demo_archive_pid" 2>/dev/null || true
    fi
    [[ -z $demo_archive_folder ]] || rm -rf -- "$demo_archive_folder"
}
