#pragma once

#include "Backend.h"
#include "CommandLine.h"
#include "Output.h"

namespace negatoscope::app {

/// The commands of docs/cli.md, one file each under commands/. They block and return an exit code; they run
/// in this process or, for another one, in the running workstation, on a thread that has no windows.
int importFiles(const CommandLine &line, Backend &backend, const Output &output);
int listStudies(const CommandLine &line, Backend &backend, const Output &output);
int listSeries(const CommandLine &line, Backend &backend, const Output &output);
int dump(const CommandLine &line, Backend &backend, const Output &output);
int render(const CommandLine &line, Backend &backend, const Output &output);
int probe(const CommandLine &line, Backend &backend, const Output &output);
int exportImages(const CommandLine &line, Backend &backend, const Output &output);
int verify(const CommandLine &line, Backend &backend, const Output &output);
int benchmark(const CommandLine &line, Backend &backend, const Output &output);

/// Runs the command named in `line`.
int runCommand(const CommandLine &line, Backend &backend, const Output &output);

} // namespace negatoscope::app
