#!/usr/bin/env python3
"""The scripts of installer/ and tests/run.sh, with programs of our own in the place of apt, CMake and the workstation."""
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
PROJECT = Path(__file__).resolve().parents[2]

PROGRAM = """#!/bin/bash
printf '%s\\n' "$*" >>"$LOG"
while (($#)); do
    [[ $1 != studies ]] || echo '{"studies": [{"studyInstanceUid": "1.2.3"}]}'
    if [[ $1 == --walkthrough ]]; then
        printf 'DISPLAY=%s\\n' "$DISPLAY" >>"$LOG"
        [[ -z ${HANG:-} ]] || { echo $$ >"$HANG"; exec tail -f /dev/null; }
        [[ -n ${NO_PICTURE:-} ]] || echo png >"$2/01 list.png"
    fi
    shift
done
exit "${PROGRAM_CODE:-0}"
"""

FAKES = {
    # Configures and "builds" in no time.
    "cmake": """#!/bin/bash
[[ -z ${CMAKE_FAILS:-} ]] || exit 1
[[ $1 == --build ]] || exit 0
mkdir -p build/release/app
cp "$FAKES/program" build/release/app/negatoscope
""",
    "dpkg-query": """#!/bin/bash
for name in "$@"; do
    [[ $name == -* || " ${MISSING:-} " == *" $name "* ]] || printf '%s ii \\n' "$name"
done
""",
    "apt-get": """#!/bin/bash
printf 'apt-get %s\\n' "$*" >>"$LOG"
exit "${APT_CODE:-0}"
""",
    "sudo": "#!/bin/bash\nexit 1\n",
    "program": PROGRAM,
}


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def children(parent, name):
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            start, rest = stat.read_text().rsplit(")", 1)
        except OSError:
            continue
        if start.endswith("(" + name) and int(rest.split()[1]) == parent:
            found.append(int(stat.parent.name))
    return found


def wait_until(condition, seconds=20):
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


class ScriptsTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.base = Path(folder.name)
        self.base.chmod(0o755)
        self.project = self.base / "a clone"
        shutil.copytree(PROJECT / "installer", self.project / "installer")
        (self.project / "resources/samples").mkdir(parents=True)
        (self.project / "resources/samples/SOURCES.csv").write_text("path\n")
        fakes = self.base / "fakes"
        fakes.mkdir()
        for name, text in FAKES.items():
            (fakes / name).write_text(text)
            (fakes / name).chmod(0o755)
        self.log = self.base / "log"
        self.log.touch(mode=0o666)
        self.log.chmod(0o666)
        (self.base / "home").mkdir()
        (self.base / "home").chmod(0o777)
        self.environment = {"PATH": f"{fakes}:/usr/sbin:/usr/bin:/sbin:/bin", "FAKES": str(fakes), "LOG": str(self.log),
                            "HOME": str(self.base / "home"), "TMPDIR": str(self.base)}

    def start(self, *arguments, before=(), **more):
        return subprocess.Popen([*before, "bash", self.project / "installer/quickstart.sh", *arguments], cwd="/",
                                env={**self.environment, **more}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True)

    def quickstart(self, *arguments, **more):
        process = self.start(*arguments, **more)
        process.out, process.err = process.communicate(timeout=60)
        return process

    def calls(self):
        return self.log.read_text().splitlines()

    def keep_cache(self):
        # The real program makes its folder; the fake one does not.
        (self.base / "home/.local/share/negatoscope-samples/cache").mkdir(parents=True, exist_ok=True)

    def test_no_start_ends_with_the_path_of_the_program(self):
        done = self.quickstart("--no-start")
        self.assertEqual(done.returncode, 0, done.err)
        self.assertEqual(done.out.splitlines()[-1], str(self.project / "build/release/app/negatoscope"))

    def test_samples_are_imported_once_and_again_when_they_change(self):
        self.keep_cache()
        for _ in range(2):
            self.assertEqual(self.quickstart("--no-start").returncode, 0)
        self.assertEqual(len(self.calls()), 1)
        (self.project / "resources/samples/SOURCES.csv").write_text("path\nnew.dcm\n")
        self.assertEqual(self.quickstart("--no-start").returncode, 0)
        self.assertEqual(len(self.calls()), 2)

    def test_a_failed_import_is_tried_again(self):
        self.keep_cache()
        failed = self.quickstart("--no-start", PROGRAM_CODE="1")
        self.assertEqual(failed.returncode, 3)
        self.assertIn("could not be imported", failed.err)
        self.assertEqual(self.quickstart("--no-start").returncode, 0)
        self.assertEqual(len(self.calls()), 2)

    def test_with_a_display_the_workstation_opens_on_a_sample(self):
        done = self.quickstart(DISPLAY=":77")
        self.assertEqual(done.returncode, 0, done.err)
        self.assertRegex(self.calls()[-1], r"^--cache .*/negatoscope-samples/cache 1\.3\.6[.\d]+$")

    def test_with_an_archive_the_workstation_opens_beside_one_that_ends_with_it(self):
        done = self.quickstart("--with-archive", DISPLAY=":77")
        self.assertEqual(done.returncode, 0, done.err)
        calls = self.calls()
        added = next(i for i, call in enumerate(calls) if " archives add Demo archive --web http://127.0.0.1:" in call)
        sent = next(i for i, call in enumerate(calls) if call.endswith(" send --archive Demo archive 1.2.3"))
        self.assertLess(added, sent)
        self.assertRegex(calls[-1], r"^--cache .*/with-archive/cache --config .*/with-archive/config 1\.3\.6[.\d]+$")
        port = int(calls[added].split("127.0.0.1:")[1].split("/")[0])
        with socket.socket() as probe:
            self.assertNotEqual(probe.connect_ex(("127.0.0.1", port)), 0)
        self.assertFalse(list(self.base.glob("tmp.*")))

    def test_without_a_display_it_walks_and_names_the_pictures(self):
        done = self.quickstart("--screenshots", self.base / "my pictures")
        self.assertEqual(done.returncode, 0, done.err)
        self.assertIn(str(self.base / "my pictures/01 list.png"), done.out)
        self.assertEqual(done.out.splitlines()[-1], f"Screenshots are in {self.base / 'my pictures'}")
        self.assertRegex(self.calls()[-1], r"^DISPLAY=:\d+$")

    def test_a_walk_without_a_picture_is_a_failure(self):
        done = self.quickstart(NO_PICTURE="1")
        self.assertEqual(done.returncode, 3)
        self.assertIn("left no screenshot", done.err)

    def test_a_failed_build_says_so(self):
        done = self.quickstart("--no-start", CMAKE_FAILS="1")
        self.assertEqual(done.returncode, 3)
        self.assertIn("could not be configured", done.err)

    def test_wrong_usage_is_code_2(self):
        for arguments in (["--unknown"], ["--screenshots"]):
            self.assertEqual(self.quickstart(*arguments).returncode, 2)

    def test_nothing_is_installed_when_nothing_is_missing(self):
        self.assertEqual(self.quickstart("--no-start").returncode, 0)
        self.assertFalse([c for c in self.calls() if c.startswith("apt-get")])

    @unittest.skipUnless(os.geteuid() == 0, "needs to be root")
    def test_root_installs_just_what_is_missing(self):
        done = self.quickstart("--no-start", MISSING="cmake libzip-dev")
        self.assertEqual(done.returncode, 0, done.err)
        installs = [c for c in self.calls() if " install " in c]
        self.assertEqual(len(installs), 1)
        self.assertTrue(installs[0].endswith("--no-install-recommends cmake libzip-dev"), installs[0])

    @unittest.skipUnless(os.geteuid() == 0, "needs to be root")
    def test_apt_that_fails_is_reported(self):
        done = self.quickstart("--no-start", MISSING="cmake", APT_CODE="100")
        self.assertEqual(done.returncode, 3)
        self.assertIn("could not be installed", done.err)

    def test_without_rights_the_command_to_run_is_named(self):
        user = [] if os.geteuid() else ["setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"]
        process = self.start("--no-start", before=user, MISSING="cmake")
        _, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 3)
        self.assertIn("sudo apt-get install --no-install-recommends cmake", err)

    def test_a_killed_run_leaves_nothing_behind(self):
        killed = 0
        for number in (signal.SIGTERM, signal.SIGKILL):
            started = self.base / f"started {number}"
            process = self.start(HANG=str(started))
            self.assertTrue(wait_until(lambda: started.exists() and started.read_text().strip()))
            program = int(started.read_text())
            servers = children(process.pid, "Xvfb")
            self.assertEqual(len(servers), 1)
            process.send_signal(number)
            process.communicate(timeout=60)
            killed += 1
            self.assertTrue(wait_until(lambda: not alive(servers[0]) and not alive(program)), f"after signal {number}")
        self.assertEqual(killed, 2)


if __name__ == "__main__":
    unittest.main()
