#include "Commands.h"

#include <ui/ErrorSentences.h>

#include <QtCore/QJsonArray>

namespace negatoscope::app {

namespace {

bool isAside(base::ErrorCode code)
{
    using enum cache::AsideReason;
    return code == cache::codeOf(OtherVersion) || code == cache::codeOf(OtherPatient) ||
           code == cache::codeOf(OtherStudy);
}

/// Everything that anybody meant to import is in the cache. Texts beside the images do not count against
/// that, unless there was nothing else.
bool isDone(const cache::ImportReport &report)
{
    const bool foundNothing = report.ignored > 0 && report.imported + report.alreadyThere == 0;
    return static_cast<int>(report.refused.size()) == report.ignored && !foundNothing && !report.cancelled;
}

QJsonObject jsonOf(const cache::ImportReport &report)
{
    QJsonArray refused, studies;
    for (const auto &file : report.refused)
        refused.append(QJsonObject{
            {QStringLiteral("path"), QString::fromStdString(file.path)},
            {QStringLiteral("code"), QString::fromStdString(std::string(base::nameOf(file.error.code())))},
            {QStringLiteral("reason"), ui::sentenceFor(file.error)},
            {QStringLiteral("ignored"), file.ignored},
            {QStringLiteral("keptAside"), isAside(file.error.code())}});
    for (const auto &study : report.studies)
        studies.append(QString::fromStdString(study.value()));
    return {{QStringLiteral("files"), report.files},
            {QStringLiteral("imported"), report.imported},
            {QStringLiteral("alreadyThere"), report.alreadyThere},
            {QStringLiteral("conflicts"), report.conflicts},
            {QStringLiteral("refused"), refused},
            {QStringLiteral("ignored"), report.ignored},
            {QStringLiteral("studies"), static_cast<int>(report.studies.size())},
            {QStringLiteral("studyInstanceUids"), studies},
            {QStringLiteral("series"), report.series},
            {QStringLiteral("instances"), report.instances},
            {QStringLiteral("cancelled"), report.cancelled},
            {QStringLiteral("wallMs"), report.wallMs}};
}

} // namespace

int importFiles(const CommandLine &line, Backend &backend, const Output &output)
{
    if (line.arguments.isEmpty())
        return output.fail({base::ErrorCode::BadArgument, "import needs at least one file or folder."});
    std::vector<std::string> paths;
    for (const QString &argument : line.arguments)
        paths.push_back(line.path(argument).toStdString());
    const auto report =
        backend.cache().import(paths,
                               [&](const cache::ImportProgress &now) {
                                   output.progress(QStringLiteral("%1 of %2%3 files, %4 refused")
                                                       .arg(now.done)
                                                       .arg(now.found)
                                                       .arg(now.listing ? QStringLiteral("+") : QString())
                                                       .arg(now.refused));
                               },
                               {});
    if (!report)
        return output.fail(report.error());
    output.progress({});
    if (line.json) {
        output.json(jsonOf(*report));
    } else {
        for (const auto &file : report->refused)
            output.line(QStringLiteral("%1 %2: %3")
                            .arg(file.ignored ? QStringLiteral("ignored") : QStringLiteral("refused"),
                                 QString::fromStdString(file.path), ui::sentenceFor(file.error)));
        output.line(QStringLiteral("%1 files: %2 imported, %3 already there, %4 refused, %5 ignored; "
                                   "%6 studies, %7 series, %8 objects in %9 s")
                        .arg(report->files)
                        .arg(report->imported)
                        .arg(report->alreadyThere)
                        .arg(static_cast<int>(report->refused.size()) - report->ignored)
                        .arg(report->ignored)
                        .arg(report->studies.size())
                        .arg(report->series)
                        .arg(report->instances)
                        .arg(report->wallMs / 1000, 0, 'f', 1));
    }
    return isDone(*report) ? Done : Partly;
}

} // namespace negatoscope::app
