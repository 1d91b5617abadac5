#pragma once

#include <base/Result.h>
#include <session/Transfer.h>

#include <QtCore/QByteArray>

#include <string>
#include <vector>

namespace negatoscope::session {

/// The file in which a queue of transfers outlives the program: study, purpose, state, how far, last error.
/// It names patients and lies in the cache's folder (0600); it holds no secret.
///
/// Reading: what lies there may be anything: sizes are bounded, and an entry that is not right is left out.
/// Errors : CannotRead, Malformed, LimitExceeded; CannotWrite, DiskFull.
namespace transferFile {

base::Result<std::vector<Transfer>> read(const std::string &path);
/// Whole or not at all, on disk when it returns. Those that are done are left out.
base::Status write(const std::string &path, const std::vector<Transfer> &transfers);

base::Result<std::vector<Transfer>> parse(const QByteArray &json);
QByteArray toJson(const std::vector<Transfer> &transfers);

} // namespace transferFile

} // namespace negatoscope::session
