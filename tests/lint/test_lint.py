#!/usr/bin/env python3
"""Proves every rule of tools/lint.py: a small clean tree passes, and one deliberate violation is found."""
import hashlib
import importlib.util
import json
import sys
import tempfile
import unittest
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
specification = importlib.util.spec_from_file_location("lint", PROJECT / "tools/lint.py")
lint = importlib.util.module_from_spec(specification)
sys.dont_write_bytecode = True
specification.loader.exec_module(lint)

HEADER = """#pragma once

#include <base/Thing.h>

namespace negatoscope::cache {

/// Keeps things.
class Shelf {
public:
    int count() const;
};

} // namespace negatoscope::cache
"""

BODY = """#include <cache/Shelf.h>

namespace negatoscope::cache {

int Shelf::count() const { return 1; }

} // namespace negatoscope::cache
"""

CLEAN = {
    "modules/modules.json": json.dumps({
        "modules": {"base": {"layer": 0, "uses": [], "libraries": []},
                    "cache": {"layer": 1, "uses": ["base"], "libraries": []},
                    "ui": {"layer": 2, "uses": ["base"], "libraries": ["QtCore"]}},
        "libraries": {"QtCore": {"targets": [], "headers": "^QtCore/"}}}) + "\n",
    "modules/base/README.md": "# base\n",
    "modules/cache/README.md": "# cache\n",
    "modules/ui/README.md": "# ui\n",
    "modules/base/include/base/Thing.h": "#pragma once\n",
    "modules/cache/include/cache/Shelf.h": HEADER,
    "modules/cache/src/Shelf.cpp": BODY,
    "modules/cache/CMakeLists.txt": "negatoscope_module(cache\n    SOURCES\n        src/Shelf.cpp)\n",
    ".clang-format": "BasedOnStyle: LLVM\nIndentWidth: 4\nAccessModifierOffset: -4\n",
    "installer/run.sh": "#!/usr/bin/env bash\necho \"$1\"\n",
    "tests/data/a.dcm": "bytes",
    "tests/data/SOURCES.csv": "path,bytes,sha1,source,licence\na.dcm,5," + hashlib.sha1(b"bytes").hexdigest() + ",somewhere,MIT\n",
    "docs/index.md": "[charter](../modules/base/README.md)\n",
    "translations/negatoscope_fr.ts": "<translation>Ouvrir</translation>\n",
}


def in_function(line):
    return BODY.replace("return 1;", line + "\n    return 1;")


# rule -> variants; a variant is {path: new content}, None to delete.
SHELF = "modules/cache/src/Shelf.cpp"
VIOLATIONS = {
    "include-graph": [
        {SHELF: "#include <ui/Window.h>\n" + BODY},
        {SHELF: "#include <QtCore/QString>\n" + BODY},
        {"modules/base/include/base/Thing.h": "#pragma once\n#include <cache/Shelf.h>\n"},
        {"tests/unit/cache/tst_Shelf.cpp": "#include <ui/Window.h>\n"},
        {"modules/modules.json": CLEAN["modules/modules.json"].replace('"uses": []', '"uses": ["ui"]', 1)},
    ],
    "include-cycle": [{"modules/base/include/base/Thing.h": "#pragma once\n#include <base/Other.h>\n",
                       "modules/base/include/base/Other.h": "#pragma once\n#include <base/Thing.h>\n"}],
    "public-include": [{"modules/cache/include/cache/Shelf.h": HEADER.replace("<base/Thing.h>", '"Private.h"')}],
    "charter": [{"modules/ui/README.md": None}, {"modules/ui/README.md": "# another\n"}],
    "listed": [{"modules/cache/src/Drawer.cpp": BODY}],
    "nested-loop": [{"modules/ui/src/A.cpp": in_function(f"{call};")} for call in
                    ("dialog.exec()", "menu->exec(point)", "QMessageBox::question(this)", "QFileDialog::getOpenFileName()",
                     "QEventLoop loop")],
    "process-events": [{SHELF: in_function("QCoreApplication::processEvents();")}],
    "thread-class": [{SHELF: "class Worker : public QThread {};\n" + BODY}, {SHELF: in_function("std::thread t(work);")},
                     {SHELF: in_function("worker.detach();")}],
    "sleep": [{SHELF: in_function("std::this_thread::sleep_for(10ms);")}, {SHELF: in_function("usleep(5);")},
              {"tests/unit/cache/tst_Shelf.cpp": "QTest::qWait(100);\n"},
              {"tests/unit/cache/tst_Shelf.cpp": "QTest::qSleep(100);\n"}],
    "unsafe-call": [{SHELF: in_function(f"{call};")} for call in
                    ("system(command)", "std::system(command)", "popen(command, mode)", "sprintf(buffer, format)", "strcpy(a, b)", "rand()")],
    "print": [{SHELF: in_function(f"{call};")} for call in ("std::cout << 1", "printf(text)", "qDebug() << 1")],
    "throw": [{SHELF: in_function("throw Problem();")}],
    "string-connect": [{SHELF: in_function("connect(a, SIGNAL(changed()), b, SLOT(update()));")}],
    "connect-context": [{SHELF: in_function("connect(button, &QPushButton::clicked, [this] { go(); });")}],
    "translate": [{SHELF: in_function("auto s = tr(text);")}],
    "rich-text": [{"modules/ui/src/A.cpp": in_function("label->setTextFormat(Qt::RichText);")},
                  {"modules/ui/src/A.cpp": in_function("view->setHtml(text);")}],
    "using-namespace": [{SHELF: "using namespace std;\n" + BODY}],
    "sql": [{SHELF: in_function('query("SELECT a FROM b WHERE c = " + name);')},
            {SHELF: in_function('query(start + " WHERE name = ?");')}],
    "unfinished": [{SHELF: in_function("// TO" + "DO later")}],
    "pragma-once": [{"modules/base/include/base/Thing.h": "#ifndef THING\n#define THING\n#endif\n"}],
    "contract": [{"modules/cache/include/cache/Shelf.h": HEADER.replace("/// Keeps things.\n", "")},
                 {"modules/cache/include/cache/Shelf.h": HEADER.replace("/// Keeps things.\n", "/// Long.\n" * 16)}],
    "length": [{SHELF: BODY + "\n// more" * 500 + "\n"}, {"CMakeLists.txt": "#\n" * 81}],
    "whitespace": [{SHELF: BODY.replace("{\n", "{ \n")}, {SHELF: BODY.replace("    ", "\t") + "\tint a;\n"},
                   {SHELF: BODY.rstrip("\n")}, {SHELF: BODY + "\n"}, {SHELF: BODY.replace("\n", "\r\n")}],
    "own-path": [{SHELF: in_function('open("/ho' + 'me/someone/file");')}, {"docs/index.md": "See /wo" + "rk/tree.\n"}],
    "links": [{"docs/index.md": "[gone](missing.md)\n"}],
    "translations": [{"translations/negatoscope_fr.ts": '<translation type="unfinished">Ouvrir</translation>\n'},
                     {"translations/negatoscope_fr.ts": "<translation></translation>\n"}],
    "data": [{"tests/data/a.dcm": "other"}, {"tests/data/b.dcm": "new"}, {"tests/data/a.dcm": None},
             {"tests/data/SOURCES.csv": CLEAN["tests/data/SOURCES.csv"].replace("MIT", "GPL-3.0")}],
    "format": [{SHELF: BODY.replace("{ return 1; }", "{return   1;}")}],
    "shell": [{"installer/run.sh": "#!/usr/bin/env bash\nrm $1/*\n"}],
}

# What looks like a violation and is none.
HARMLESS = [
    {SHELF: in_function("// QEventLoop, processEvents() and throw are only named here")},
    {SHELF: in_function('log("tr(text) system(command) throw");')},
    {SHELF: in_function("database.exec(constant);")},
    {"app/main.cpp": "int main() { return application.exec(); }\n", "app/CMakeLists.txt": "main.cpp\n"},
    {SHELF: in_function("const int large = 1'000'000; const char quote = '\"';")},
    {SHELF: in_function("std::jthread t(work); auto n = std::thread::hardware_concurrency();")},
    {SHELF: in_function("connect(button, &QPushButton::clicked, this, [this] { go(); });")},
    {SHELF: in_function("// lint-allow(throw): SQLiteCpp hands errors over this way only\n    throw Problem();")},
]


class LintTest(unittest.TestCase):
    def findings(self, changes):
        with tempfile.TemporaryDirectory() as folder:
            for path, content in {**CLEAN, **changes}.items():
                if content is not None:
                    target = Path(folder) / path
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(content.encode())
            return lint.run(folder)

    def test_passes_a_clean_tree(self):
        self.assertEqual(self.findings({}), [])

    def test_has_a_violation_for_every_rule(self):
        self.assertEqual(set(lint.RULES), set(VIOLATIONS))

    def test_finds_every_violation(self):
        found = 0
        for name, variants in VIOLATIONS.items():
            for number, changes in enumerate(variants):
                with self.subTest(rule=name, variant=number):
                    findings = self.findings(changes)
                    self.assertIn(name, {f[2] for f in findings}, findings)
                    found += 1
        self.assertEqual(found, sum(map(len, VIOLATIONS.values())))
        self.assertGreater(found, 0)

    def test_leaves_the_harmless_alone(self):
        for changes in HARMLESS:
            with self.subTest(changes=changes):
                self.assertEqual([f for f in self.findings(changes) if f[2] != "format"], [])

    def test_an_exemption_needs_a_reason(self):
        findings = self.findings({SHELF: in_function("// lint-allow(throw):\n    throw Problem();")})
        self.assertIn("throw", {f[2] for f in findings})


if __name__ == "__main__":
    unittest.main()
