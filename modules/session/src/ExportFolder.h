#pragma once

#include <base/Result.h>

#include <QtCore/QString>

#include <string>

namespace negatoscope::session {

/// A folder that is filled under a hidden name and gets its own when finish() is reached; else it is removed
/// with all that is in it.
///
/// Threads : any, one at a time. Errors: CannotWrite, DiskFull.
class ExportFolder
{
public:
    /// In `parent`, which is made if it is not there; later named `name`, or `name-2` and so on if that is
    /// taken.
    static base::Result<ExportFolder> create(const QString &parent, const QString &name);
    ~ExportFolder();
    ExportFolder(ExportFolder &&other) noexcept;
    ExportFolder &operator=(ExportFolder &&) = delete;
    Q_DISABLE_COPY(ExportFolder)

    /// The path of a folder inside, made if it is not there.
    base::Result<std::string> makeFolder(const QString &name) const;
    /// Its path under its name.
    base::Result<QString> finish();
    /// Removes it now.
    void discard();

private:
    ExportFolder(QString parent, QString name, QString hidden);

    QString m_parent, m_name, m_hidden; ///< m_hidden is a path; empty once there is nothing to remove
};

/// At most 32 letters a to z and A to Z, digits and single dashes: what an object says makes no path.
QString safeName(const std::string &text);

} // namespace negatoscope::session
