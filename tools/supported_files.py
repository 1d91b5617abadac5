#!/usr/bin/python3
"""Writes docs/supported-files.md: what the program shows of each kind of file, or why it refuses it.

Usage: tools/supported_files.py --program PATH [--data FOLDER] [--keep FOLDER] > docs/supported-files.md

The whole folder (default tests/data) is imported into a cache of its own; then every file is rendered by itself, and
its attributes are read with `dump`. Rows are kinds, not files. Nothing is told by hand: what stands in the table is
what the program said. A program that dies, hangs or is silent about a file makes the exit code 1; calls longer
than two seconds are listed on standard error. `--keep` leaves the pictures, to be looked at.
"""
import argparse
import collections
import dataclasses
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import time

from pydicom.uid import UID

ROOT = pathlib.Path(__file__).resolve().parent.parent
SLOW_S, HANG_S = 2.0, 60.0
# Registered later than pydicom's dictionary in Debian 12.
NEWER_NAMES = {
    "1.2.840.10008.1.2.4.201": "High-Throughput JPEG 2000 Image Compression (Lossless Only)",
    "1.2.840.10008.1.2.4.202": "High-Throughput JPEG 2000 with RPCL Options Image Compression (Lossless Only)",
    "1.2.840.10008.1.2.4.203": "High-Throughput JPEG 2000 Image Compression",
    "1.2.840.10008.1.2.8.1": "Deflated Image Frame Compression",
    "1.2.840.10008.5.1.4.1.1.66.7": "Label Map Segmentation Storage",
}
# A kind of picture by an attribute that it has, whatever its modality.
ATTRIBUTES = (
    ("modality LUT", lambda d: "00283000" in d),
    ("VOI LUT", lambda d: "00283010" in d),
    ("several windows", lambda d: len(values(d, "00281050")) > 1),
    ("SIGMOID or LINEAR_EXACT window", lambda d: text(d, "00281056") in ("SIGMOID", "LINEAR_EXACT")),
    ("presentation LUT shape INVERSE", lambda d: text(d, "20500020") == "INVERSE"),
    ("pixel padding", lambda d: "00280120" in d),
    ("overlay", lambda d: any(tag.startswith("60") and tag.endswith("0010") for tag in d)),
    ("display shutter", lambda d: "00181600" in d),
    ("segmented palette", lambda d: "00281221" in d),
    ("pixels that are not square", lambda d: len(set(values(d, "00280030") or values(d, "00280034"))) > 1),
    ("functional groups per frame", lambda d: "52009230" in d),
    ("signed pixels", lambda d: text(d, "00280103") == "1"),
    ("high bit that is not the last stored bit",
     lambda d: "00280102" in d and int(text(d, "00280102")) != int(text(d, "00280101")) - 1),
)


@dataclasses.dataclass
class File:
    path: str
    data: dict
    outcome: str  # "shown" or the sentence that says why not
    refusal: str = ""  # code of a file that the import refused
    picture: dict | None = None


class Program:
    def __init__(self, path, folder):
        self.call = [str(path), "--quiet", "--cache", f"{folder}/cache", "--config", f"{folder}/config"]
        self.environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": folder}
        self.troubles, self.slow = [], []

    def run(self, *arguments, limit=HANG_S):
        started = time.monotonic()
        command = [*self.call, *map(str, arguments)]
        try:
            done = subprocess.run(command, env=self.environment, capture_output=True, text=True, errors="replace",
                                  timeout=limit, check=False)
        except subprocess.TimeoutExpired:
            self.troubles.append(f"no end after {limit} s: {arguments}")
            return None, "no end"
        if done.returncode not in (0, 1):
            self.troubles.append(f"exit code {done.returncode}: {arguments}: {done.stderr.strip()[-300:]}")
        if time.monotonic() - started > SLOW_S and arguments[0] != "import":
            self.slow.append(f"{time.monotonic() - started:.1f} s: {arguments}")
        try:
            return json.loads(done.stdout), done.stderr.strip()
        except ValueError:
            return None, done.stderr.strip()


def values(data, tag):
    return data.get(tag, {}).get("Value", [])


def text(data, tag, otherwise=""):
    found = values(data, tag)
    return str(found[0]) if found else otherwise


def cell(string):
    return str(string).replace("|", "\\|").replace("\n", " ")


def name_of(uid):
    return NEWER_NAMES.get(uid) or UID(uid).name


def object_kind(data):
    uid = text(data, "00080016") or text(data, "00020002")
    return name_of(uid).replace(" Storage", "") if uid else "no SOP class"


def coding(data):
    uid = text(data, "00020010")
    return name_of(uid).split(": ")[0] if uid else "not said"


def pixels(data):
    for tag, name in (("7FE00008", "32 bit float"), ("7FE00009", "64 bit float")):
        if tag in data:
            return f"{text(data, '00280004')} {name}"
    if "00280100" not in data:
        return "–"
    sign = " signed" if text(data, "00280103") == "1" else ""
    return f"{text(data, '00280004')} {text(data, '00280101')} of {text(data, '00280100')} bits{sign}"


def last_sentence(errors):
    lines = [line for line in errors.splitlines() if line and not line[:4].isdigit() and "QStandardPaths" not in line]
    return lines[-1] if lines else ""


def look_at(program, folder, keep, path, refused):
    """What the import and `render` say of one file."""
    data, _ = program.run("dump", "--json", folder / path)
    picture_path = keep / (path.replace("/", "_") + ".png")
    picture, errors = program.run("render", "--json", folder / path, "--size", "800x800", "-o", picture_path)
    outcome = "shown" if picture else last_sentence(errors)
    if not outcome:
        program.troubles.append(f"silent about {path}")
    return File(path, data or {}, outcome, refused.get(path, {}).get("code", ""), picture)


def picture_words(file):
    window = file.picture["window"]
    words = ["colour" if int(text(file.data, "00280002", "1")) > 1 or text(file.data, "00280004").startswith("PAL")
             else "grey"]
    if window:
        words.append(f"window {window['center']:g} / {window['width']:g} {window.get('function', '')}".strip())
    frames = int(text(file.data, "00280008", "1"))
    if frames > 1:
        words.append(f"{frames} frames")
    if file.picture["lossy"]:
        words.append("marked lossy")
    return ", ".join(words)


def example(files):
    """A file of the kind, by preference one that the repository has."""
    best = next((file for file in files if (ROOT / "tests/data" / file.path).is_file()), files[0])
    if (ROOT / "tests/data" / best.path).is_file():
        return f"[{cell(best.path)}](../tests/data/{best.path.replace(' ', '%20')})", best
    return f"`{cell(best.path)}`", best


def table(head, rows):
    print("| " + " | ".join(head) + " |")
    print("|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(map(cell, row)) + " |")


def grouped(files, key):
    groups = collections.defaultdict(list)
    for file in files:
        groups[key(file)].append(file)
    return sorted(groups.items(), key=lambda item: str(item[0]))


def rows_of(files, key):
    for kind, members in grouped(files, key):
        link, best = example(members)
        yield (*kind, len(members), link, picture_words(best) if best.picture else best.outcome)


def character_set(file):
    return ("\\".join(value or "" for value in values(file.data, "00080005")) or "empty",)


def names_of(files):
    for kind, members in grouped(files, character_set):
        link, best = example([file for file in members if values(file.data, "00100010")] or members)
        name = values(best.data, "00100010")
        yield kind[0], len(members), link, " = ".join(name[0].values()) if name else "(no name)"


def write(files, refused_others, program_version):
    good = [file for file in files if not file.path.startswith("bad/")]
    shown = [file for file in good if file.picture]
    print(f"""# What is shown of which file

Made by [tools/supported_files.py](../tools/supported_files.py) with {program_version} from {len(files)} files, by \
import and rendering of each; do not edit it. Linked examples are in [tests/data](../tests/data/README.md). The others \
are public files that are not in the repository, for their licence or their size.

{len([f for f in files if not f.refusal])} were taken into the cache, {len([f for f in files if f.refusal])} \
refused or kept aside with a reason; {len([f for f in files if f.picture])} have a picture. Names are those of test \
objects. A window is centre / width and its function; the file's first is shown.""")
    print("\n## Pictures, by object and pixels\n")
    table(("object", "photometric interpretation and bits", "files", "example", "shown"),
          rows_of(shown, lambda file: (object_kind(file.data), pixels(file.data))))
    print("\n## Pictures, by transfer syntax\n")
    table(("transfer syntax", "files", "example", "shown"),
          rows_of(shown, lambda file: (coding(file.data),)))
    print("\n## Pictures, by what else is in them\n")
    table(("has", "files", "example", "shown"),
          [(name, *next(rows_of(members, lambda _: ()))) for name, has in ATTRIBUTES
           if (members := [file for file in shown if has(file.data)])])
    print("\n## Names, by character set\n\nThe value of (0008,0005), and a name as it was read.\n")
    table(("character set", "files", "example", "name"),
          names_of([file for file in good if "00080005" in file.data]))
    print("\n## Listed, but without a picture\n\nThe object is kept and listed; its tile says the sentence.\n")
    table(("object", "pixels", "transfer syntax", "files", "example", "said"),
          rows_of([file for file in good if not file.picture and not file.refusal],
                  lambda file: (object_kind(file.data), pixels(file.data), coding(file.data))))
    print("\n## Not taken by the import\n\notherVersion, otherPatient, otherStudy: the file is kept aside; opened by itself "
          "it may still be shown.\n")
    refused = [(file, sentence) for file in files if (sentence := refused_others.get(file.path, {}).get("reason"))]
    table(("code", "files", "example", "reason"),
          [(code, len(members), example([m[0] for m in members])[0], reason)
           for (code, reason), members in sorted_pairs(refused)])
    print("\n## Damaged and hostile files\n\nWhat became of those in `bad/`: what the import did, and what opening the "
          "file by itself shows.\n")
    damaged = rows_of([file for file in files if file.path.startswith("bad/")],
                      lambda file: (file.refusal or "taken", "yes" if file.picture else "no", file.outcome))
    table(("import", "picture", "files", "example", "shown"),
          [(taken, picture, *rest) for taken, picture, _, *rest in damaged])


def sorted_pairs(refused):
    groups = collections.defaultdict(list)
    for file, reason in refused:
        groups[(file.refusal, reason)].append((file, reason))
    return sorted(groups.items())


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True, type=pathlib.Path)
    parser.add_argument("--data", default=ROOT / "tests/data", type=pathlib.Path)
    parser.add_argument("--keep", type=pathlib.Path)
    options = parser.parse_args()
    folder = options.data.resolve()
    with tempfile.TemporaryDirectory() as scratch:
        keep = options.keep or pathlib.Path(scratch) / "pictures"
        keep.mkdir(parents=True, exist_ok=True)
        program = Program(options.program.resolve(), scratch)
        report, errors = program.run("import", "--json", folder, limit=600)
        if not report:
            sys.exit(f"the import failed: {errors}")
        refused = {str(pathlib.Path(entry["path"]).relative_to(folder)): entry for entry in report["refused"]}
        if report["imported"] + report["alreadyThere"] + len(refused) != report["files"]:
            program.troubles.append("the import does not account for every file")
        paths = [str(path.relative_to(folder)) for path in sorted(folder.rglob("*")) if path.is_file()]
        paths = [path for path in paths if not path.endswith((".md", ".csv")) and "DICOMDIR" not in path]
        files = []
        for number, path in enumerate(paths, 1):
            files.append(look_at(program, folder, keep, path, refused))
            if number % 50 == 0:
                print(f"{number} of {len(paths)} files", file=sys.stderr)
        version = subprocess.run([program.call[0], "--version"], env=program.environment, capture_output=True,
                                 text=True, check=True).stdout.strip()
    write(files, refused, version)
    for line in program.troubles + program.slow:
        print(line, file=sys.stderr)
    return 1 if program.troubles else 0


if __name__ == "__main__":
    sys.exit(main())
