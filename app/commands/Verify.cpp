#include "Commands.h"

#include <QtCore/QJsonArray>

namespace negatoscope::app {

namespace {

QJsonArray arrayOf(const std::vector<std::string> &paths) {
    QJsonArray array;
    for (const std::string &path : paths)
        array.append(QString::fromStdString(path));
    return array;
}

} // namespace

int verify(const CommandLine &line, Backend &backend, const Output &output) {
    const auto progress = [&](int done, int total) {
        output.progress(QStringLiteral("%1 of %2 files").arg(done).arg(total));
    };
    if (line.has(QStringLiteral("--repair"))) {
        const auto rebuilt = backend.cache().rebuild(progress, {});
        if (!rebuilt)
            return output.fail(rebuilt.error());
        output.progress({});
        if (!line.json)
            output.line(QStringLiteral("The index was rebuilt from %1 files.").arg(*rebuilt));
    }
    const auto report = backend.cache().verify(progress, {});
    if (!report)
        return output.fail(report.error());
    output.progress({});
    if (line.json) {
        output.json({{QStringLiteral("files"), report->files},
                     {QStringLiteral("ok"), report->ok},
                     {QStringLiteral("damaged"), arrayOf(report->damaged)},
                     {QStringLiteral("missing"), arrayOf(report->missing)},
                     {QStringLiteral("unindexed"), arrayOf(report->unindexed)}});
    } else {
        const auto list = [&](const QString &what, const std::vector<std::string> &paths) {
            for (const std::string &path : paths)
                output.line(QStringLiteral("%1 %2").arg(what, QString::fromStdString(path)));
        };
        list(QStringLiteral("damaged"), report->damaged);
        list(QStringLiteral("missing"), report->missing);
        list(QStringLiteral("unindexed"), report->unindexed);
        output.line(QStringLiteral("%1 files, %2 ok, %3 damaged, %4 missing, %5 not in the index")
                        .arg(report->files)
                        .arg(report->ok)
                        .arg(report->damaged.size())
                        .arg(report->missing.size())
                        .arg(report->unindexed.size()));
    }
    const bool clean = report->damaged.empty() && report->missing.empty() && report->unindexed.empty();
    return clean ? Done : Partly;
}

} // namespace negatoscope::app
