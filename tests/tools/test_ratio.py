#!/usr/bin/env python3
"""The timing helper alternates, compares medians, and refuses figures of failed runs."""
import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "tools/ratio.py"


def ratio(*arguments):
    return subprocess.run([sys.executable, SCRIPT, *arguments], capture_output=True, text=True)


class RatioTest(unittest.TestCase):
    def test_a_longer_command_has_a_larger_ratio(self):
        # Work, not sleep: 20 times the arithmetic.
        count = "for ((i = 0; i < {}; i++)); do :; done"
        done = ratio("--runs", "3", "--yardstick", count.format(10_000), "--subject", count.format(200_000))
        self.assertEqual(done.returncode, 0, done.stderr)
        result = json.loads(done.stdout)
        self.assertGreater(result["ratio"], 2)
        self.assertEqual(result["subject"]["runs"], 3)

    def test_commands_alternate_and_preparation_runs_before_each(self):
        with tempfile.TemporaryDirectory() as folder:
            log = Path(folder) / "a log"
            done = ratio("--runs", "2", "--before", f"echo b >>'{log}'", "--yardstick", f"echo y >>'{log}'",
                         "--subject", f"echo s >>'{log}'")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertEqual(log.read_text().split(), ["b", "y", "b", "s", "b", "s", "b", "y"])

    def test_a_failed_run_gives_no_figure(self):
        done = ratio("--runs", "1", "--yardstick", "true", "--subject", "echo why >&2; false")
        self.assertNotEqual(done.returncode, 0)
        self.assertEqual(done.stdout, "")
        self.assertIn("why", done.stderr)


if __name__ == "__main__":
    unittest.main()
