#pragma once

#include <codec/Limits.h>

#include <string>

namespace negatoscope::codec {

/// Takes from this process, for good, everything but memory and the descriptors it holds or is handed: files,
/// network, exec, fork, signals to others, tracing (docs/safety.md S13). seccomp does it; Landlock, where the
/// kernel has it, does it again for files. Memory, descriptors and core dumps are limited.
/// Returns what could not be done, empty if all was.
std::string enterSandbox(const Limits &limits);

/// Tries what the sandbox must refuse; returns what was possible nevertheless, empty if nothing was.
std::string tryToEscape();

} // namespace negatoscope::codec
