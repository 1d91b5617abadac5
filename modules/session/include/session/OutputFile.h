#pragma once

#include <base/Result.h>

#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <functional>

class QObject;

namespace negatoscope::session {

/// Puts bytes into a file that appears whole or not at all; what had this name before is replaced.
/// Errors: DiskFull, CannotWrite. Threads: any but the one of the windows, since it waits for the disk.
base::Status writeWhole(const QString &path, const QByteArray &bytes);

/// Does `work` on a thread of the pool, then `done` in the thread of `context`, unless that is gone by then.
void runAside(QObject *context, std::function<base::Status()> work,
              std::function<void(const base::Status &)> done);

} // namespace negatoscope::session
