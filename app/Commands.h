#pragma once

#include "Backend.h"
#include "CommandLine.h"
#include "Output.h"

#include <optional>

namespace negatoscope::app {

/// The commands of docs/cli.md, one file each under commands/. They block and return an exit code; they run
/// in this process or, for another one, in the running workstation, on a thread that has no windows.
int importFiles(const CommandLine &line, Backend &backend, const Output &output);
int listStudies(const CommandLine &line, Backend &backend, const Output &output);
int listSeries(const CommandLine &line, Backend &backend, const Output &output);
int dump(const CommandLine &line, Backend &backend, const Output &output);
int render(const CommandLine &line, Backend &backend, const Output &output);
int reslice(const CommandLine &line, Backend &backend, const Output &output);
int probe(const CommandLine &line, Backend &backend, const Output &output);
int exportImages(const CommandLine &line, Backend &backend, const Output &output);
int priors(const CommandLine &line, Backend &backend, const Output &output);
int retrieve(const CommandLine &line, Backend &backend, const Output &output);
int send(const CommandLine &line, Backend &backend, const Output &output);
int verify(const CommandLine &line, Backend &backend, const Output &output);
int benchmark(const CommandLine &line, Backend &backend, const Output &output);

/// These need no cache, and run beside whoever has it.
int archives(const CommandLine &line, const Output &output);
int findStudies(const CommandLine &line, const Output &output);

/// Runs the command named in `line` where it needs no cache; nothing if it needs one.
std::optional<int> runWithoutCache(const CommandLine &line, const Output &output);
/// Runs the command named in `line`.
int runCommand(const CommandLine &line, Backend &backend, const Output &output);

} // namespace negatoscope::app
