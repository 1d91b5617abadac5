#include "ArchiveChoice.h"
#include "PriorText.h"

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

base::Result<session::RetrievalRequest> requestOf(const CommandLine &line)
{
    if (line.arguments.size() != 1)
        return base::failure(ErrorCode::BadArgument, "retrieve needs one Study Instance UID.");
    const bool oneSeries = line.has(QStringLiteral("--series"));
    if (oneSeries && line.has(QStringLiteral("--priors")))
        return base::failure(ErrorCode::BadArgument, "retrieve takes either --series UID or --priors.");
    session::RetrievalRequest request;
    request.study = base::StudyUid(line.arguments.first().toStdString());
    request.series = base::SeriesUid(line.value(QStringLiteral("--series")).toStdString());
    if (!base::isValidUid(request.study.value()) || (oneSeries && !base::isValidUid(request.series.value())))
        return base::failure(ErrorCode::BadArgument, "A UID is made of digits and dots, at most 64.");
    return request;
}

/// One study or series, with its progress told.
base::Result<session::RetrievalReport> bring(const session::RetrievalRequest &request,
                                             archive::Archive &archive, Backend &backend,
                                             const Output &output, bool json)
{
    const auto tell = [&](const session::RetrievalProgress &now) {
        output.progress(QStringLiteral("%1 of %2 images, %3 MB")
                            .arg(now.here)
                            .arg(now.expected)
                            .arg(double(now.bytes) / 1e6, 0, 'f', 1));
    };
    auto report = session::retrieveStudy(backend.cache(), archive, request, tell, {});
    output.progress({});
    if (report && !json)
        output.line(QStringLiteral("%1 of %2 images are here, %3 of them new; %4 MB in %5 s")
                        .arg(report->here)
                        .arg(report->expected)
                        .arg(report->arrived)
                        .arg(double(report->bytes) / 1e6, 0, 'f', 1)
                        .arg(report->wallMs / 1000, 0, 'f', 1));
    return report;
}

/// The relevant priors that the archive has; one JSON entry each. True if all that was to come is here.
bool bringPriors(session::RetrievalRequest request, const archive::Settings &settings,
                 archive::Archive &archive, Backend &backend, const Output &output, bool json,
                 QJsonArray &told)
{
    const auto search =
        session::findPriors(backend.cache(), session::AskedArchive::of({settings}), request.study, {});
    for (const auto &[name, error] : search.failed)
        output.fail(error, QString::fromStdString(name));
    bool whole = search.failed.empty();
    for (const auto &prior : session::priorsToFetch(search.priors, {})) {
        request.study = prior.exam.uid;
        const auto report = bring(request, archive, backend, output, json);
        QJsonObject entry = app::jsonOf(prior);
        if (report)
            entry.insert(QStringLiteral("retrieved"), jsonOf(*report, nameOf(settings)));
        else
            entry.insert(QStringLiteral("error"), app::jsonOf(report.error(), nameOf(settings)));
        told.append(entry);
        if (!report)
            output.fail(report.error(), nameOf(settings));
        whole = whole && report && report->missing.empty() && !report->error;
    }
    return whole;
}

} // namespace

int retrieve(const CommandLine &line, Backend &backend, const Output &output)
{
    auto request = requestOf(line);
    if (!request)
        return output.fail(request.error());
    const auto settings = chosenArchive(line);
    if (!settings)
        return output.fail(settings.error());
    request->associations = settings->associations;
    const auto archive = archive::connectTo(*settings);
    if (!archive)
        return output.fail(archive.error(), nameOf(*settings));
    const auto report = bring(*request, **archive, backend, output, line.json);
    if (!report)
        return output.fail(report.error(), nameOf(*settings));
    QJsonObject json = jsonOf(*report, nameOf(*settings));
    bool whole = report->missing.empty();
    if (line.has(QStringLiteral("--priors")) && !report->error) {
        QJsonArray told;
        whole = bringPriors(*request, *settings, **archive, backend, output, line.json, told) && whole;
        json.insert(QStringLiteral("priors"), told);
    }
    if (line.json)
        output.json(json);
    if (report->error)
        return output.fail(*report->error, nameOf(*settings));
    return whole ? Done : Partly;
}

} // namespace negatoscope::app
