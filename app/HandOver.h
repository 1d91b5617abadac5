#pragma once

#include "Backend.h"
#include "RequestServer.h"

#include <QtCore/QStringList>

#include <memory>
#include <optional>

namespace negatoscope::app {

/// What became of a start: this process has the cache, or the workstation that has it answered.
struct Start
{
    std::unique_ptr<Backend> backend;
    std::optional<Answer> answer;
};

/// One process has a cache (docs/decisions/0017): hands `words` over to the workstation that has it, or
/// starts a backend here. Where the other one is a command at work, or a workstation that is not up yet, it
/// tries again for some seconds. Threads: one that may wait. Errors: Busy (still taken), those of
/// Backend::start().
base::Result<Start> startOrHandOver(const Backend::Options &options, const QStringList &words,
                                    const QString &workingFolder);

} // namespace negatoscope::app
