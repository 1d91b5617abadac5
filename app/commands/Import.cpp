#include "Commands.h"

#include <ui/ErrorSentences.h>

#include <QtCore/QJsonArray>

namespace negatoscope::app {

namespace {

QJsonObject jsonOf(const cache::ImportReport &report) {
    QJsonArray refused, studies;
    for (const auto &file : report.refused)
        refused.append(QJsonObject{
            {QStringLiteral("path"), QString::fromStdString(file.path)},
            {QStringLiteral("code"), QString::fromStdString(std::string(base::nameOf(file.error.code())))},
            {QStringLiteral("reason"), ui::sentenceFor(file.error)}});
    for (const auto &study : report.studies)
        studies.append(QString::fromStdString(study.value()));
    return {{QStringLiteral("files"), report.files},
            {QStringLiteral("imported"), report.imported},
            {QStringLiteral("alreadyThere"), report.alreadyThere},
            {QStringLiteral("conflicts"), report.conflicts},
            {QStringLiteral("refused"), refused},
            {QStringLiteral("studies"), static_cast<int>(report.studies.size())},
            {QStringLiteral("studyInstanceUids"), studies},
            {QStringLiteral("series"), report.series},
            {QStringLiteral("instances"), report.instances},
            {QStringLiteral("cancelled"), report.cancelled},
            {QStringLiteral("wallMs"), report.wallMs}};
}

} // namespace

int importFiles(const CommandLine &line, Backend &backend, const Output &output) {
    if (line.arguments.isEmpty())
        return output.fail({base::ErrorCode::BadArgument, "import needs at least one file or folder."});
    std::vector<std::string> paths;
    for (const QString &argument : line.arguments)
        paths.push_back(line.path(argument).toStdString());
    const auto report = backend.cache().import(
        paths,
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
            output.line(QStringLiteral("refused %1: %2").arg(QString::fromStdString(file.path), ui::sentenceFor(file.error)));
        output.line(QStringLiteral("%1 files: %2 imported, %3 already there, %4 refused; %5 studies, %6 series, %7 objects in %8 s")
                        .arg(report->files)
                        .arg(report->imported)
                        .arg(report->alreadyThere)
                        .arg(report->refused.size())
                        .arg(report->studies.size())
                        .arg(report->series)
                        .arg(report->instances)
                        .arg(report->wallMs / 1000, 0, 'f', 1));
    }
    return report->refused.empty() && !report->cancelled ? Done : Partly;
}

} // namespace negatoscope::app
