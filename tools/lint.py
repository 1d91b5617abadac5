#!/usr/bin/env python3
"""Checks the rules of this tree that a compiler does not know.

Usage: tools/lint.py [--root FOLDER] [--list] [RULE ...]

One line per finding, "path:line: rule: what to do"; exit code 1 if there is any. A line is exempt when it, or
the line above it, holds a comment "lint-allow(RULE): reason". tests/lint/test_lint.py proves every rule by one
deliberate violation.
"""
import argparse
import csv
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

RULES = {}
DATA_FOLDERS = ("tests/data", "resources/samples")
SKIPPED_FOLDERS = {".git", "build", ".cache", "__pycache__"}
TEXT_SUFFIXES = {".cpp", ".h", ".py", ".sh", ".md", ".txt", ".cmake", ".json", ".ts", ".svg", ".qrc", ".csv"}
MAX_LINES = 500
MAX_CONTRACT_LINES = 15
MAX_SAMPLE_BYTES = 40_000_000
CLANG_FORMAT_MAJOR = "14"
LICENCES = re.compile(r"(MIT|ISC|BSD|CC BY|CC0|Apache-2\.0|public domain)", re.IGNORECASE)

# Comments, raw strings, strings and character literals; an apostrophe inside a number is a separator.
LITERALS = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<d>[^(\s]{0,16})\(.*?\)(?P=d)"|"(?:\\.|[^"\\\n])*"|(?<![0-9A-Fa-f])\'(?:\\.|[^\'\\\n])+\'',
    re.DOTALL)


def rule(name, text):
    def register(check):
        RULES[name] = (text, check)
        return check
    return register


class Source:
    """One text file: as it is, without comments, and without comments and literals (same line numbers)."""

    def __init__(self, root, path):
        self.path = path.relative_to(root).as_posix()
        self.text = path.read_bytes().decode("utf-8", errors="surrogateescape")
        self.lines = self.text.split("\n")
        if path.suffix in (".cpp", ".h"):
            self.uncommented = LITERALS.sub(lambda m: self._blank(m, False), self.text)
            self.code = LITERALS.sub(lambda m: self._blank(m, True), self.text)

    @staticmethod
    def _blank(match, strings_too):
        found = match.group(0)
        if not found.startswith("/") and not strings_too:
            return found
        blank = re.sub(r"[^\n]", " ", found)
        return blank if found.startswith("/") else '"' + blank[1:-1] + '"'

    def allows(self, name, line):
        near = "\n".join(self.lines[max(0, line - 2):line])
        return re.search(r"lint-allow\(" + re.escape(name) + r"\): \S", near) is not None


class Tree:
    def __init__(self, root):
        self.root = Path(root).resolve()
        self.findings = []
        self.sources = []
        for folder, folders, files in os.walk(self.root):
            here = Path(folder).relative_to(self.root).as_posix()
            folders[:] = sorted(f for f in folders if f not in SKIPPED_FOLDERS)
            if here in DATA_FOLDERS:
                folders[:] = []
                files = [f for f in files if f in ("README.md", "SOURCES.csv")]
            for name in sorted(files):
                path = Path(folder) / name
                if path.suffix in TEXT_SUFFIXES or path.relative_to(self.root).as_posix() == ".ci/run":
                    self.sources.append(Source(self.root, path))
        self.by_path = {s.path: s for s in self.sources}
        map_path = self.root / "modules/modules.json"
        self.map = json.loads(map_path.read_text()) if map_path.exists() else {"modules": {}, "libraries": {}}

    def cpp(self, *prefixes):
        return [s for s in self.sources
                if s.path.endswith((".cpp", ".h")) and (not prefixes or s.path.startswith(prefixes))]

    def public_headers(self):
        return [s for s in self.cpp("modules/") if s.path.endswith(".h") and "/include/" in s.path]

    def report(self, source, line, name, text):
        path = source.path if isinstance(source, Source) else source
        if not (isinstance(source, Source) and source.allows(name, line)):
            self.findings.append((path, line, name, text))

    def search(self, name, sources, pattern, text, strings=False):
        for source in sources:
            body = source.uncommented if strings else source.code
            for match in pattern.finditer(body):
                self.report(source, body.count("\n", 0, match.start()) + 1, name, text)


def includes(source):
    for number, line in enumerate(source.uncommented.split("\n"), 1):
        match = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if match:
            yield number, match.group(1), match.group(2)


def module_of(path):
    parts = path.split("/")
    if parts[0] == "modules" and len(parts) > 2:
        return parts[1]
    if parts[:2] == ["tests", "unit"] and len(parts) > 3:
        return parts[2]
    return None


# ---------------------------------------------------------------------------------------------- the map

@rule("include-graph", "modules include what modules.json grants them, nothing else")
def check_include_graph(tree):
    modules, libraries = tree.map["modules"], tree.map["libraries"]
    below = {}
    for name in sorted(modules, key=lambda m: modules[m]["layer"]):
        below[name] = set(modules[name]["uses"]).union(*(below.get(u, set()) for u in modules[name]["uses"]))
        for used in modules[name]["uses"]:
            if modules.get(used, {"layer": 99})["layer"] >= modules[name]["layer"]:
                tree.report("modules/modules.json", 1, "include-graph", f"'{name}' uses '{used}', which is not below it")
    for source in tree.cpp("modules/", "tests/unit/"):
        own = module_of(source.path)
        if own not in modules:
            continue
        in_test = source.path.startswith("tests/")
        granted = below[own] if in_test else set(modules[own]["uses"])
        for line, _, header in includes(source):
            folder = header.split("/")[0]
            if "/" in header and folder in modules and folder != own and folder not in granted:
                tree.report(source, line, "include-graph", f"'{own}' may not use '{folder}' (modules/modules.json)")
            for library, entry in libraries.items():
                if not in_test and library not in modules[own]["libraries"] and re.search(entry["headers"], header):
                    tree.report(source, line, "include-graph", f"'{own}' may not use the library '{library}'")


@rule("include-cycle", "no header includes itself, directly or through others")
def check_include_cycle(tree):
    public = {s.path.split("/include/")[1]: s.path for s in tree.public_headers()}
    graph = {}
    for source in tree.cpp():
        folder = os.path.dirname(source.path)
        targets = [public.get(h) or os.path.normpath(os.path.join(folder, h)) for _, _, h in includes(source)]
        graph[source.path] = [t for t in targets if t in tree.by_path]
    state = {}

    def visit(path):
        state[path] = "open"
        for target in graph.get(path, []):
            if state.get(target) == "open":
                tree.report(path, 1, "include-cycle", f"includes {target}, which includes it")
            elif target not in state:
                visit(target)
        state[path] = "done"

    for path in sorted(graph):
        if path not in state:
            visit(path)


@rule("public-include", "public headers include by <module/Name.h>")
def check_public_include(tree):
    for source in tree.public_headers():
        for line, quote, header in includes(source):
            if quote == '"':
                tree.report(source, line, "public-include", f'"{header}" is private; a public header may not need it')


@rule("charter", "every module has a README.md that begins with its name")
def check_charter(tree):
    for name in tree.map["modules"]:
        readme = tree.by_path.get(f"modules/{name}/README.md")
        if readme is None or readme.lines[0] != f"# {name}":
            tree.report(f"modules/{name}/README.md", 1, "charter", f"write the charter, beginning with '# {name}'")


@rule("listed", "every source and test is named in the CMakeLists.txt that builds it")
def check_listed(tree):
    for source in tree.cpp("modules/", "tests/", "app/"):
        if not source.path.endswith(".cpp"):
            continue
        folder, listed = os.path.dirname(source.path), False
        while folder and not listed:
            for name in [p for p in tree.by_path if os.path.dirname(p) == folder and p.endswith((".txt", ".cmake"))]:
                # Exact, or as a name from which CMake makes the path (foreach over test names).
                stem = re.escape(os.path.basename(source.path)[:-4])
                if re.search(r"(?<![\w])(tst_|bench_)?" + stem.removeprefix("tst_").removeprefix("bench_") + r"(\.cpp)?(?!\w)",
                             tree.by_path[name].text):
                    listed = True
            folder = os.path.dirname(folder)
        if not listed:
            tree.report(source, 1, "listed", "no CMakeLists.txt above it names this file, so it is not built")


# ---------------------------------------------------------------------------------------------- calls

FORBIDDEN = [
    ("nested-loop", ("modules/ui", "modules/session", "app/", "tests/ui"),
     r"(?<!app)(?<!application)(?<!Application)(?:\.|->)exec\s*\(|\bQ(?:MessageBox::(?:question|information|warning|critical|about)"
     r"|FileDialog::get\w+|InputDialog::get\w+|ColorDialog::getColor|FontDialog::getFont)\s*\(|\bQEventLoop\b",
     "no nested event loop: open() the dialog and connect to its result"),
    ("process-events", (), r"\bprocessEvents\s*\(", "never process events by hand: return to the event loop"),
    ("thread-class", (), r"\bpublic\s+QThread\b|\bstd::thread\b(?!::)|\bstd::async\b|\.detach\s*\(\s*\)",
     "use std::jthread with a stop token or base::ComputePool"),
    ("sleep", (), r"\b(?:u|nano)?sleep\s*\(|\bsleep_(?:for|until)\s*\(|\bQThread::m?sleep|\bqSleep\s*\(|\bqWait\s*\(",
     "wait for the thing itself (condition variable, poll, QTRY_*), never for time"),
    ("unsafe-call", (), r"(?<![:\w.>])(?:std::)?(?:system|popen|v?sprintf|strcpy|strcat|gets|tmpnam|mktemp|strtok|localtime|gmtime|asctime"
     r"|s?rand)\s*\(", "unsafe or unneeded C call"),
    ("print", ("modules/",), r"\bstd::(?:cout|cerr|clog)\b|(?<![\w.>])(?:std::)?(?:printf|puts|fprintf)\s*\(|\bq(?:Debug|Info|Warning|Critical)\s*\(",
     "modules do not print: return an error or use base/Log.h"),
    ("throw", ("modules/",), r"\bthrow\b", "errors are values: return base::failure()"),
    ("string-connect", (), r"\b(?:SIGNAL|SLOT)\s*\(", "connect by function pointer"),
    ("connect-context", (), r"\bconnect\s*\(\s*[^,;()]+(?:\(\))?\s*,\s*&[\w:]+\s*,\s*\[", "a lambda needs a context object"),
    ("translate", tuple(f"modules/{m}/" for m in
                        ("base", "dicom", "imaging", "codec", "cache", "archive", "frames", "session")),
     r"(?<![\w.>])(?:QObject::)?tr\s*\(|\bQCoreApplication::translate\s*\(", "sentences for the user are made in ui"),
    ("rich-text", ("modules/", "app/"), r"\bQt::(?:RichText|AutoText|MarkdownText)\b|\b(?:set|insert|append|to)Html\s*\(",
     "text from files is data: plain text only"),
    ("using-namespace", (), r"\busing\s+namespace\s+(?!std::(?:chrono_)?literals|Qt::(?:StringL|L)iterals|negatoscope\b)",
     "name what you use"),
]
for _name, _where, _pattern, _text in FORBIDDEN:
    rule(_name, _text)(lambda tree, n=_name, w=_where, p=re.compile(_pattern), t=_text:
                       tree.search(n, tree.cpp(*w) if w else tree.cpp(), p, t))

SQL_JOIN = re.compile(r'"\s*(?:SELECT|INSERT|UPDATE|DELETE|CREATE|DROP|PRAGMA|WHERE|AND|OR|FROM|ORDER|VALUES|LIMIT)\b[^"\n]*"\s*\+'
                      r'|\+\s*"[^"\n]*\b(?:SELECT|INSERT|UPDATE|DELETE|WHERE|AND|FROM|VALUES|LIKE|LIMIT)\b')


@rule("sql", "SQL is a constant with bound parameters")
def check_sql(tree):
    tree.search("sql", tree.cpp("modules/cache", "app/"), SQL_JOIN, "SQL is not built by concatenation: bind parameters",
                strings=True)


@rule("unfinished", "no note of unfinished work in the sources")
def check_unfinished(tree):
    pattern = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
    for source in tree.cpp():
        for number, line in enumerate(source.lines, 1):
            if pattern.search(line):
                tree.report(source, number, "unfinished", "finish it, or write it where plans are written")


# ---------------------------------------------------------------------------------------------- headers and form

@rule("pragma-once", "the first directive of a header is #pragma once")
def check_pragma_once(tree):
    for source in tree.cpp():
        if source.path.endswith(".h"):
            first = next((l for l in source.uncommented.split("\n") if l.strip()), "")
            if first.strip() != "#pragma once":
                tree.report(source, 1, "pragma-once", "begin with #pragma once")


@rule("contract", "public headers say what their classes promise")
def check_contract(tree):
    for source in tree.public_headers():
        depth = 0
        code = source.code.split("\n")
        for number, line in enumerate(code, 1):
            namespaces = len(re.findall(r"\bnamespace\b[^{;]*\{", line))
            if depth == 0 and re.match(r"class\s+(?:\[\[\w+\]\]\s*)?\w+(?:\s+final)?\s*(?::[^;]*)?\{?\s*$", line):
                above = number - 2
                while above >= 0 and re.match(r"\s*(template\b.*|\[\[.*\]\])$", source.lines[above]):
                    above -= 1
                if above < 0 or not source.lines[above].startswith("///"):
                    tree.report(source, number, "contract", "a /// contract belongs above this class")
            depth += line.count("{") - line.count("}") - namespaces
            depth = max(depth, 0)
        block = 0
        for number, line in enumerate(source.lines + [""], 1):
            if line.strip().startswith("///") and not line.strip().startswith("///<"):
                block += 1
            else:
                if block > MAX_CONTRACT_LINES:
                    tree.report(source, number - block, "contract", f"a contract has at most {MAX_CONTRACT_LINES} lines")
                block = 0


@rule("length", "files stay short")
def check_length(tree):
    for source in tree.sources:
        count = len(source.lines) - 1
        limit = {"CMakeLists.txt": 80}.get(source.path, MAX_LINES)
        if source.path.endswith((".cpp", ".h", ".py", ".sh", "CMakeLists.txt")) and count > limit \
                and "lint-allow(length): " not in source.text:
            tree.report(source, limit, "length", f"{count} lines, {limit} allowed: cut it by what it does")


@rule("whitespace", "no tabs, trailing spaces, carriage returns; one newline at the end")
def check_whitespace(tree):
    for source in tree.sources:
        for number, line in enumerate(source.lines, 1):
            if line != line.rstrip() or "\t" in line:
                tree.report(source, number, "whitespace", "tab, carriage return or trailing space")
        if not source.text.endswith("\n") or source.text.endswith("\n\n"):
            tree.report(source, len(source.lines), "whitespace", "end with exactly one newline")


@rule("own-path", "nothing names a folder of one machine")
def check_own_path(tree):
    pattern = re.compile(r"(?<![\w.}$])/(?:wo" + r"rk|ho" + r"me|ro" + r"ot)/\w")
    for source in tree.sources:
        for number, line in enumerate(source.lines, 1):
            if pattern.search(line):
                tree.report(source, number, "own-path", "this path exists on one machine only")


@rule("links", "what a document links to exists")
def check_links(tree):
    for source in tree.sources:
        if not source.path.endswith(".md"):
            continue
        for number, line in enumerate(source.lines, 1):
            for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", line):
                here = tree.root / os.path.dirname(source.path) / target
                if not re.match(r"[a-z]+:", target) and not here.exists():
                    tree.report(source, number, "links", f"{target} does not exist")


@rule("translations", "every sentence is translated")
def check_translations(tree):
    for source in tree.sources:
        if source.path.startswith("translations/") and source.path.endswith(".ts"):
            for number, line in enumerate(source.lines, 1):
                if re.search(r'type="(?:unfinished|vanished|obsolete)"|<translation></translation>|<translation/>', line):
                    tree.report(source, number, "translations", "unfinished or dead translation")


@rule("data", "data files are the ones that SOURCES.csv names, under a licence that allows passing on")
def check_data(tree):
    for folder in DATA_FOLDERS:
        base = tree.root / folder
        if not base.is_dir():
            continue
        table = base / "SOURCES.csv"
        rows = list(csv.DictReader(table.read_text("utf-8").splitlines())) if table.exists() else []
        named, total = {r["path"] for r in rows}, 0
        for number, row in enumerate(rows, 2):
            path = base / row["path"]
            if not path.is_file():
                tree.report(f"{folder}/SOURCES.csv", number, "data", f"{row['path']} is missing")
                continue
            total += path.stat().st_size
            if hashlib.sha1(path.read_bytes()).hexdigest() != row["sha1"]:
                tree.report(f"{folder}/{row['path']}", 1, "data", "is not the file whose SHA-1 SOURCES.csv gives")
            if not LICENCES.match(row["licence"]):
                tree.report(f"{folder}/SOURCES.csv", number, "data", f"licence '{row['licence']}' is not on the list")
        for path in sorted(p for p in base.rglob("*") if p.is_file()):
            relative = path.relative_to(base).as_posix()
            if relative not in named and relative not in ("SOURCES.csv", "README.md", ".gitattributes"):
                tree.report(f"{folder}/{relative}", 1, "data", "has no row in SOURCES.csv")
        if total > MAX_SAMPLE_BYTES:
            tree.report(f"{folder}/SOURCES.csv", 1, "data", f"{total} bytes are more than {MAX_SAMPLE_BYTES}")


# ---------------------------------------------------------------------------------------------- other programs

@rule("format", "clang-format has nothing to change")
def check_format(tree):
    program = shutil.which("clang-format-" + CLANG_FORMAT_MAJOR) or shutil.which("clang-format")
    files = [s.path for s in tree.cpp()]
    if program is None or not files:
        if files:
            tree.report(".clang-format", 1, "format", "clang-format is not installed (installer/dependencies.sh)")
        return
    version = subprocess.run([program, "--version"], capture_output=True, text=True).stdout
    if f"version {CLANG_FORMAT_MAJOR}." not in version:
        print(f"lint: format not checked: needs clang-format {CLANG_FORMAT_MAJOR}, found {version.strip()}", file=sys.stderr)
        return
    done = subprocess.run([program, "--dry-run", "--style=file", *files], cwd=tree.root, capture_output=True, text=True)
    first = {}
    for path, line in re.findall(r"^(.+?):(\d+):\d+: \w+: code should be clang-formatted", done.stderr, re.MULTILINE):
        first.setdefault(path, int(line))
    for path, line in first.items():
        tree.report(tree.by_path.get(path, path), line, "format", "run clang-format -i on this file")


@rule("shell", "shellcheck has nothing to say")
def check_shell(tree):
    files = [s.path for s in tree.sources if s.path.endswith(".sh") or s.path == ".ci/run"]
    if not files:
        return
    if shutil.which("shellcheck") is None:
        tree.report(files[0], 1, "shell", "shellcheck is not installed (installer/dependencies.sh)")
        return
    done = subprocess.run(["shellcheck", "-x", "-P", str(tree.root), "-f", "gcc", *files], cwd=tree.root, capture_output=True, text=True)
    for path, line, text in re.findall(r"^(.+?):(\d+):\d+: (.*)$", done.stdout, re.MULTILINE):
        tree.report(tree.by_path.get(path, path), int(line), "shell", text)


def run(root, names=None):
    tree = Tree(root)
    for name in names or RULES:
        RULES[name][1](tree)
    return sorted(set(tree.findings))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--root", default=Path(__file__).resolve().parent.parent)
    parser.add_argument("--list", action="store_true", help="print the rules")
    parser.add_argument("rules", nargs="*", metavar="RULE")
    arguments = parser.parse_args()
    unknown = [r for r in arguments.rules if r not in RULES]
    if unknown:
        parser.error("unknown rule: " + ", ".join(unknown))
    if arguments.list:
        for name, (text, _) in RULES.items():
            print(f"{name:16} {text}")
        return 0
    findings = run(arguments.root, arguments.rules)
    for path, line, name, text in findings:
        print(f"{path}:{line}: {name}: {text}")
    print(f"lint: {len(findings)} findings by {len(arguments.rules or RULES)} rules", file=sys.stderr)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
