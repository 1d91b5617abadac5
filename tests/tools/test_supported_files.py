#!/usr/bin/env python3
"""The table of supported files says what the program said, and a program that dies is not passed over."""
import subprocess
import sys
import tempfile
import textwrap
import unittest
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "tools/supported_files.py"

# A program that takes every file but `notes`, shows `grey`, cannot show `report`, and dies of `deadly`.
PROGRAM = """\
    #!/usr/bin/env python3
    import json, os, pathlib, signal, sys
    words = [word for word in sys.argv[1:] if word != "--quiet"]
    words = words[4:] if words[0] == "--cache" else words
    name = pathlib.Path(words[2]).name if len(words) > 2 else ""
    if words[0] == "--version":
        print("negatoscope 9.9")
    elif words[0] == "import":
        files = [path for path in pathlib.Path(words[2]).rglob("*") if path.is_file()]
        refused = [{"path": str(path), "code": "notDicom", "reason": "No | DICOM."} for path in files
                   if path.name == "notes"]
        print(json.dumps({"files": len(files), "imported": len(files) - len(refused), "alreadyThere": 0,
                          "refused": refused}))
        sys.exit(1)
    elif words[0] == "dump":
        print(json.dumps({"00080016": {"vr": "UI", "Value": ["1.2.840.10008.5.1.4.1.1.2"]},
                          "00280101": {"vr": "US", "Value": [12]}, "00280100": {"vr": "US", "Value": [16]},
                          "00280004": {"vr": "CS", "Value": ["MONOCHROME2"]}}))
    elif name == "deadly":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif name == "grey":
        print(json.dumps({"window": {"center": 40, "width": 400, "function": "LINEAR"}, "lossy": True}))
    else:
        sys.exit("This object has no image to show.")
"""


class SupportedFilesTest(unittest.TestCase):
    def table(self, *names):
        with tempfile.TemporaryDirectory() as folder:
            program = Path(folder) / "program"
            program.write_text(textwrap.dedent(PROGRAM), encoding="utf-8")
            program.chmod(0o755)
            data = Path(folder) / "data"
            data.mkdir()
            for name in names:
                (data / name).touch()
            return subprocess.run([sys.executable, SCRIPT, "--program", program, "--data", data],
                                  capture_output=True, text=True, check=False)

    def test_says_what_the_program_said(self):
        done = self.table("grey", "report", "notes")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("| CT Image | MONOCHROME2 12 of 16 bits | 1 | `grey` | "
                      "grey, window 40 / 400 LINEAR, marked lossy |", done.stdout)
        self.assertIn("| 1 | `report` | This object has no image to show. |", done.stdout)
        self.assertIn("| notDicom | 1 | `notes` | No \\| DICOM. |", done.stdout)
        self.assertIn("2 were taken into the cache, 1 refused", done.stdout)

    def test_a_program_that_dies_is_reported(self):
        done = self.table("grey", "deadly")
        self.assertEqual(done.returncode, 1)
        self.assertIn("exit code -11", done.stderr)
        self.assertIn("silent about deadly", done.stderr)


if __name__ == "__main__":
    unittest.main()
