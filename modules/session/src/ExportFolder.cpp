#include "ExportFolder.h"

#include "NewFile.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QRandomGenerator>

#include <cerrno>
#include <cstdio>
#include <sys/stat.h>
#include <unistd.h>

namespace negatoscope::session {

using base::failure;

namespace {

constexpr int kLongestName = 32;
constexpr int kMostTries = 10'000;

} // namespace

QString safeName(const std::string &text)
{
    QString name;
    // Letters with accents keep their letter.
    for (const QChar c : QString::fromStdString(text).normalized(QString::NormalizationForm_KD)) {
        if (c.category() == QChar::Mark_NonSpacing)
            continue;
        const bool plain = c.unicode() < 128 && c.isLetterOrNumber();
        if (plain)
            name += c;
        else if (!name.isEmpty() && !name.endsWith(QLatin1Char('-')))
            name += QLatin1Char('-');
        if (name.size() == kLongestName)
            break;
    }
    while (name.endsWith(QLatin1Char('-')))
        name.chop(1);
    return name;
}

ExportFolder::ExportFolder(QString parent, QString name, QString hidden)
    : m_parent(std::move(parent)),
      m_name(std::move(name)),
      m_hidden(std::move(hidden))
{}

ExportFolder::ExportFolder(ExportFolder &&other) noexcept
    : m_parent(std::move(other.m_parent)),
      m_name(std::move(other.m_name)),
      m_hidden(std::exchange(other.m_hidden, QString()))
{}

ExportFolder::~ExportFolder()
{
    discard();
}

void ExportFolder::discard()
{
    if (!m_hidden.isEmpty())
        QDir(m_hidden).removeRecursively();
    m_hidden.clear();
}

base::Result<ExportFolder> ExportFolder::create(const QString &parent, const QString &name)
{
    if (!QDir().mkpath(parent))
        return failure(writeError("make a folder", errno));
    const QString hidden =
        QStringLiteral("%1/.export-%2").arg(parent).arg(QRandomGenerator::system()->generate());
    if (::mkdir(QFile::encodeName(hidden).constData(), 0777) != 0)
        return failure(writeError("make a folder", errno));
    return ExportFolder(parent, name.isEmpty() ? QStringLiteral("export") : name, hidden);
}

base::Result<std::string> ExportFolder::makeFolder(const QString &name) const
{
    const std::string path = QFile::encodeName(m_hidden + QLatin1Char('/') + name).toStdString();
    if (::mkdir(path.c_str(), 0777) != 0 && errno != EEXIST)
        return failure(writeError("make a folder", errno));
    return path;
}

base::Result<QString> ExportFolder::finish()
{
    const std::string from = QFile::encodeName(m_hidden).toStdString();
    for (int i = 1; i < kMostTries; ++i) {
        const QString path =
            m_parent + QLatin1Char('/') + m_name + (i > 1 ? QStringLiteral("-%1").arg(i) : QString());
        // Making it first takes the name, also where file systems cannot rename without replacing.
        const QByteArray to = QFile::encodeName(path);
        if (::mkdir(to.constData(), 0777) != 0) {
            if (errno == EEXIST)
                continue;
            return failure(writeError("make a folder", errno));
        }
        if (std::rename(from.c_str(), to.constData()) != 0) {
            const int code = errno;
            ::rmdir(to.constData());
            return failure(writeError("rename a folder", code));
        }
        m_hidden.clear();
        return path;
    }
    return failure(base::ErrorCode::CannotWrite, "no free name");
}

} // namespace negatoscope::session
