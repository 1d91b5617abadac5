#include "Commands.h"

#include <session/ExportPresenter.h>
#include <ui/ErrorSentences.h>
#include <ui/ViewPicture.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QEventLoop> // lint-allow(nested-loop): a command has no loop of its own yet
#include <QtCore/QJsonArray>

namespace negatoscope::app {

using base::ErrorCode;
using base::failure;

namespace {

using Format = session::ExportRequest::Format;

base::Result<Format> formatOf(const CommandLine &line)
{
    const QString name = line.value(QStringLiteral("--format"));
    if (name.isEmpty() || name == QLatin1String("dicom"))
        return Format::Dicom;
    if (name == QLatin1String("png"))
        return Format::Png;
    if (name == QLatin1String("jpeg"))
        return Format::Jpeg;
    return failure(ErrorCode::BadArgument, "--format needs dicom, png or jpeg.");
}

base::Result<session::ExportRequest> requestOf(const CommandLine &line, Backend &backend)
{
    session::ExportRequest request;
    TRY(request.format, formatOf(line));
    if (line.value(QStringLiteral("--to")).isEmpty())
        return failure(ErrorCode::BadArgument, "export needs --to FOLDER.");
    request.folder = line.path(line.value(QStringLiteral("--to")));
    request.deidentified = line.has(QStringLiteral("--deidentify"));
    if (request.deidentified && request.format == Format::Dicom)
        return failure(ErrorCode::BadArgument,
                       "--deidentify needs --format png or jpeg: DICOM files are copied as they are.");
    request.encode = ui::pictureEncoder(request.format, {{}, request.deidentified});
    const std::string uid = line.arguments.first().toStdString();
    if (const auto study = backend.cache().study(base::StudyUid(uid))) {
        request.study = study->uid;
        return request;
    }
    const base::SeriesUid series(uid);
    TRY(const auto first, backend.cache().firstInstance(series));
    TRY(const auto file, backend.decoder().readDataSet(first.path, codec::Purpose::Interactive));
    request.study = base::StudyUid(file.dataSet.text(dicom::tags::StudyInstanceUid));
    request.series = series;
    return request;
}

QJsonObject jsonOf(const session::ExportReport &report, double wallMs)
{
    QJsonArray failed;
    for (const auto &one : report.failed)
        failed.append(
            QJsonObject{{QStringLiteral("series"), one.series},
                        {QStringLiteral("image"), one.image},
                        {QStringLiteral("code"), QString::fromUtf8(base::nameOf(one.error.code()).data())},
                        {QStringLiteral("reason"), ui::sentenceFor(one.error)}});
    return {{QStringLiteral("folder"), report.folder},
            {QStringLiteral("files"), report.files},
            {QStringLiteral("failed"), failed},
            {QStringLiteral("wallMs"), wallMs}};
}

} // namespace

int exportImages(const CommandLine &line, Backend &backend, const Output &output)
{
    if (line.arguments.size() != 1)
        return output.fail({ErrorCode::BadArgument, "export needs one Study or Series Instance UID."});
    auto request = requestOf(line, backend);
    if (!request)
        return output.fail(request.error());

    QElapsedTimer timer;
    timer.start();
    session::ExportPresenter presenter(backend.services());
    QEventLoop loop; // lint-allow(nested-loop): the only loop of the command's thread
    QObject::connect(&presenter, &session::ExportPresenter::changed, &loop, [&] {
        if (presenter.isRunning())
            output.progress(QStringLiteral("%1 of %2").arg(presenter.done()).arg(presenter.total()));
    });
    QObject::connect(&presenter, &session::ExportPresenter::finished, &loop,
                     &QEventLoop::quit); // lint-allow(nested-loop): same loop
    presenter.start(*std::move(request));
    loop.exec(); // lint-allow(nested-loop): same loop
    output.progress({});

    const auto &report = *presenter.lastReport();
    if (!report) {
        // The program's sentences of these are about its cache.
        const ErrorCode code = report.error().code();
        if (code != ErrorCode::CannotWrite && code != ErrorCode::DiskFull)
            return output.fail(report.error());
        output.warn(code == ErrorCode::DiskFull
                        ? QStringLiteral("The disk is full: nothing was exported.")
                        : QStringLiteral("The folder cannot be written to: nothing was exported."));
        return SurroundingsFailed;
    }
    if (line.json) {
        output.json(jsonOf(*report, static_cast<double>(timer.elapsed())));
    } else {
        for (const auto &one : report->failed)
            output.warn(QStringLiteral("not exported: %1, image %2: %3")
                            .arg(one.series)
                            .arg(one.image)
                            .arg(ui::sentenceFor(one.error)));
        output.line(QStringLiteral("%1 files in %2").arg(report->files).arg(report->folder));
    }
    return report->failed.empty() ? Done : Partly;
}

} // namespace negatoscope::app
