#include "ArchiveChoice.h"

#include <session/StudyRetrieval.h>

#include <QtCore/QJsonArray>

namespace negatoscope::app {

using base::ErrorCode;

namespace {

QJsonObject jsonOf(const session::RetrievalReport &report, const QString &archive)
{
    QJsonArray failed;
    for (const auto &missing : report.missing) {
        QJsonObject entry{
            {QStringLiteral("sopInstanceUid"), QString::fromStdString(missing.instance.value())}};
        const base::Error reason =
            missing.reason
                ? *missing.reason
                : report.error.value_or(base::Error(ErrorCode::NotFound, "the archive did not send it"));
        const auto why = app::jsonOf(reason, archive);
        entry.insert(QStringLiteral("code"), why.value(QLatin1String("code")));
        entry.insert(QStringLiteral("reason"), why.value(QLatin1String("reason")));
        failed.append(entry);
    }
    QJsonObject json{{QStringLiteral("expected"), report.expected},
                     {QStringLiteral("received"), report.here},
                     {QStringLiteral("arrived"), report.arrived},
                     {QStringLiteral("failed"), failed},
                     {QStringLiteral("bytes"), double(report.bytes)},
                     {QStringLiteral("wallMs"), report.wallMs},
                     {QStringLiteral("completeness"),
                      QString::fromStdString(std::string(cache::nameOf(report.completeness)))}};
    if (report.error)
        json.insert(QStringLiteral("error"), app::jsonOf(*report.error, archive));
    return json;
}

} // namespace

int retrieve(const CommandLine &line, Backend &backend, const Output &output)
{
    if (line.arguments.size() != 1)
        return output.fail({ErrorCode::BadArgument, "retrieve needs one Study Instance UID."});
    session::RetrievalRequest request;
    request.study = base::StudyUid(line.arguments.first().toStdString());
    request.series = base::SeriesUid(line.value(QStringLiteral("--series")).toStdString());
    if (!base::isValidUid(request.study.value()) ||
        (line.has(QStringLiteral("--series")) && !base::isValidUid(request.series.value())))
        return output.fail({ErrorCode::BadArgument, "A UID is made of digits and dots, at most 64."});
    const auto settings = chosenArchive(line);
    if (!settings)
        return output.fail(settings.error());
    request.associations = settings->associations;
    const auto archive = archive::connectTo(*settings);
    if (!archive)
        return output.fail(archive.error(), nameOf(*settings));
    const auto report =
        session::retrieveStudy(backend.cache(), **archive, request,
                               [&](const session::RetrievalProgress &now) {
                                   output.progress(QStringLiteral("%1 of %2 images, %3 MB")
                                                       .arg(now.here)
                                                       .arg(now.expected)
                                                       .arg(double(now.bytes) / 1e6, 0, 'f', 1));
                               },
                               {});
    output.progress({});
    if (!report)
        return output.fail(report.error(), nameOf(*settings));
    if (line.json)
        output.json(jsonOf(*report, nameOf(*settings)));
    else
        output.line(QStringLiteral("%1 of %2 images are here, %3 of them new; %4 MB in %5 s")
                        .arg(report->here)
                        .arg(report->expected)
                        .arg(report->arrived)
                        .arg(double(report->bytes) / 1e6, 0, 'f', 1)
                        .arg(report->wallMs / 1000, 0, 'f', 1));
    if (report->error)
        return output.fail(*report->error, nameOf(*settings));
    return report->missing.empty() ? Done : Partly;
}

} // namespace negatoscope::app
