#pragma once

#include "CommandLine.h"

namespace negatoscope::app {

/// Runs the windows until the last one closes; returns the exit code. `line` has no command.
int runWorkstation(int &argc, char **argv, const CommandLine &line, const QStringList &words);

} // namespace negatoscope::app
