#pragma once

#include "ArchiveFixture.h"

#include <QtCore/QDirIterator>
#include <QtTest/QTest>

namespace negatoscope::test {

/// How a server of a test is reached.
template <typename Server>
archive::Settings settingsOf(const Server &server)
{
    return settingsFor(server.title, server.port);
}

inline archive::Settings named(archive::Settings settings, const std::string &name)
{
    settings.name = name;
    return settings;
}

/// Sends the DICOM files of a folder to an archive.
inline void send(const archive::Settings &settings, const char *folder)
{
    std::vector<archive::Outgoing> files;
    for (QDirIterator at(QString::fromLatin1(folder), {QStringLiteral("*.dcm")}, QDir::Files,
                         QDirIterator::Subdirectories);
         at.hasNext();)
        files.push_back(outgoing(at.next()));
    QVERIFY(!files.empty());
    std::vector<archive::StoreResult> results;
    VERIFY_RESULT((*archive::connectTo(settings))->store(files, results, {}, {}));
    for (const auto &result : results)
        QVERIFY2(!result.error, result.error ? result.error->describe().c_str() : "");
}

} // namespace negatoscope::test
