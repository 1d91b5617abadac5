#!/usr/bin/env python3
"""The built programs are hardened as docs/safety.md S23 says. Usage: test_hardening.py COMPILER PROGRAM..."""

import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

ENDBR64 = bytes.fromhex("f30f1efa")
FEWEST_BRANCH_TARGETS = 100
COMPILER = ""
PROGRAMS = []


def readelf(option, path):
    return subprocess.run(["readelf", "--wide", option, str(path)], check=True, capture_output=True, text=True).stdout


def weaknesses(path):
    """What a program lacks, in words."""
    header, segments, dynamic = readelf("-h", path), readelf("-l", path), readelf("-d", path)
    symbols = readelf("--dyn-syms", path)
    stack = re.search(r"GNU_STACK.*", segments)
    found = []
    if not re.search(r"Type:\s+DYN", header):
        found.append("not position-independent")
    if "GNU_RELRO" not in segments:
        found.append("no RELRO")
    if not re.search(r"BIND_NOW|FLAGS_1.*\bNOW\b", dynamic):
        found.append("relocations stay writable (no BIND_NOW)")
    if not stack or re.search(r"\bRWE\b", stack.group()):
        found.append("executable stack")
    if "__stack_chk_fail" not in symbols:
        found.append("no stack protector")
    if not re.search(r"\b__\w+_chk\b", symbols.replace("__stack_chk_fail", "")):
        found.append("no FORTIFY")
    # The mark in the notes needs start files that have it too, which Debian's have not: the code is looked at.
    if pathlib.Path(path).read_bytes().count(ENDBR64) < FEWEST_BRANCH_TARGETS:
        found.append("no control-flow protection")
    if "__glibcxx_assert_fail" not in symbols and "_ZSt21__glibcxx_assert_fail" not in symbols:
        found.append("no library assertions")
    if re.search(r"\(RPATH\)", dynamic):
        found.append("RPATH")
    return found


class Hardening(unittest.TestCase):
    def test_every_program_is_hardened(self):
        self.assertTrue(PROGRAMS)
        for program in PROGRAMS:
            with self.subTest(program=program):
                self.assertEqual(weaknesses(program), [])

    def test_a_weak_program_is_noticed(self):
        with tempfile.TemporaryDirectory() as folder:
            source, program = pathlib.Path(folder, "weak.cpp"), pathlib.Path(folder, "weak")
            source.write_text("int main() { return 0; }\n")
            subprocess.run([COMPILER, "-no-pie", "-fno-pie", "-fno-stack-protector", "-fcf-protection=none",
                            "-Wl,-z,norelro", "-Wl,-z,lazy", "-Wl,-z,execstack", str(source), "-o", str(program)],
                           check=True)
            self.assertEqual(len(weaknesses(program)), 8)


if __name__ == "__main__":
    COMPILER, PROGRAMS = sys.argv[1], sys.argv[2:]
    unittest.main(argv=sys.argv[:1])
