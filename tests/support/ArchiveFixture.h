#pragma once

#include <archive/Connect.h>

#include <QtCore/QByteArray>
#include <QtCore/QDir>
#include <QtCore/QDirIterator>
#include <QtCore/QFile>
#include <QtCore/QString>
#include <QtCore/QTemporaryDir>

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>

namespace negatoscope::test {

/// Settings for a server of a test, with limits that a test can wait for.
inline archive::Settings settingsFor(const QString &title, quint16 port)
{
    archive::Settings settings;
    settings.name = "test";
    settings.host = "127.0.0.1";
    settings.port = port;
    settings.theirTitle = title.toStdString();
    settings.allowCleartext = true;
    settings.limits.connect = std::chrono::milliseconds(2000);
    settings.limits.association = std::chrono::milliseconds(5000);
    settings.limits.idle = std::chrono::milliseconds(10'000);
    return settings;
}

/// The same for DICOMweb, in clear.
inline archive::Settings webSettingsFor(quint16 port, const QString &path = QStringLiteral("/dicom-web"))
{
    archive::Settings settings = settingsFor({}, port);
    settings.host.clear();
    settings.url = QStringLiteral("http://127.0.0.1:%1%2").arg(port).arg(path).toStdString();
    return settings;
}

inline QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// The bytes of a Part 10 file after its File Meta Information.
inline QByteArray dataSetOf(const QByteArray &file)
{
    if (file.mid(128, 4) != "DICM")
        return file;
    // (0002,0000) UL: the length of what follows in the group.
    const auto at = [&](int i) { return quint32(quint8(file[140 + i])); };
    return file.mid(144 + int(at(0) | at(1) << 8 | at(2) << 16 | at(3) << 24));
}

/// What the File Meta Information and the first elements say, in explicit or implicit little endian.
inline QByteArray metaText(const QByteArray &file, quint16 element)
{
    for (int at = 132; at + 8 < file.size() && file[at] == 2 && file[at + 1] == 0;) {
        const auto byte = [&](int i) { return quint32(quint8(file[at + i])); };
        const bool isLong = file.mid(at + 4, 2) == "OB";
        const int header = isLong ? 12 : 8;
        const int length =
            int(isLong ? byte(8) | byte(9) << 8 | byte(10) << 16 | byte(11) << 24 : byte(6) | byte(7) << 8);
        if ((byte(2) | byte(3) << 8) == element) {
            QByteArray value = file.mid(at + header, length);
            while (value.endsWith('\0') || value.endsWith(' '))
                value.chop(1);
            return value;
        }
        at += header + length;
    }
    return {};
}

/// A Part 10 file as it is sent.
inline archive::Outgoing outgoing(const QString &path)
{
    const QByteArray file = contentOf(path);
    return {path.toStdString(), metaText(file, 0x0002).toStdString(),
            base::InstanceUid(metaText(file, 0x0003).toStdString()), metaText(file, 0x0010).toStdString()};
}

/// Sends the DICOM files below a folder. False unless all were taken.
inline bool sendFolder(const archive::Settings &settings, const QString &folder)
{
    std::vector<archive::Outgoing> files;
    for (QDirIterator at(folder, {QStringLiteral("*.dcm")}, QDir::Files, QDirIterator::Subdirectories);
         at.hasNext();)
        files.push_back(outgoing(at.next()));
    const auto archive = archive::connectTo(settings);
    std::vector<archive::StoreResult> results;
    if (files.empty() || !archive || !(*archive)->store(files, results, {}, {}))
        return false;
    return std::all_of(results.begin(), results.end(), [](const auto &result) { return !result.error; });
}

/// A staging folder and what arrived in it.
class Staging
{
public:
    archive::Retrieval retrieval()
    {
        return {m_folder.path().toStdString(),
                [this](archive::ReceivedFile file) {
                    const std::lock_guard lock(m_mutex);
                    bytes[file.instance.value()] = contentOf(QString::fromStdString(file.path));
                    files.push_back(std::move(file));
                },
                {}};
    }
    QStringList names() const { return QDir(m_folder.path()).entryList(QDir::Files | QDir::Hidden); }

    std::vector<archive::ReceivedFile> files;
    std::map<std::string, QByteArray> bytes;

private:
    QTemporaryDir m_folder;
    std::mutex m_mutex;
};

} // namespace negatoscope::test

/// Fails with the error of a Result that has no value.
#define VERIFY_RESULT(expression)                                                                            \
    do {                                                                                                     \
        const auto &checkedResult = (expression);                                                            \
        QVERIFY2(checkedResult.has_value(), checkedResult ? "" : checkedResult.error().describe().c_str());  \
    } while (false)
