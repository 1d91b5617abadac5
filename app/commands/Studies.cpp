#include "Commands.h"
#include "StudyText.h"
#include "VolumeSource.h"

#include <session/StackLoader.h>
#include <ui/VolumeWords.h>
#include <ui/Words.h>

#include <QtCore/QJsonArray>

namespace negatoscope::app {

namespace {

QJsonObject jsonOf(const cache::StudyRecord &study)
{
    QJsonArray modalities;
    for (const std::string &modality : study.modalities)
        modalities.append(visible(modality));
    return {{QStringLiteral("studyInstanceUid"), visible(study.uid.value())},
            {QStringLiteral("patientName"), visible(study.patient.name.display())},
            {QStringLiteral("patientId"), visible(study.patient.id)},
            {QStringLiteral("issuer"), visible(study.patient.issuer)},
            {QStringLiteral("birthDate"), isoDate(study.patient.birthDate)},
            {QStringLiteral("sex"), visible(study.patient.sex)},
            {QStringLiteral("studyDate"), isoDate(study.studyDate)},
            {QStringLiteral("accession"), visible(study.accession)},
            {QStringLiteral("description"), visible(study.description)},
            {QStringLiteral("modalities"), modalities},
            {QStringLiteral("series"), study.series},
            {QStringLiteral("instances"), study.instances},
            {QStringLiteral("frames"), study.frames},
            {QStringLiteral("completeness"), shown(cache::nameOf(study.completeness))},
            {QStringLiteral("pinned"), study.pinned},
            {QStringLiteral("identityConflict"), study.identityConflict}};
}

/// What planes of the series would meet; null where there are none to be had, of single pictures.
QJsonValue reformatJson(Backend &backend, const session::LoadedStack &loaded)
{
    if (loaded.stack.frames.size() < 2)
        return {};
    const auto found = volumeFindings(backend.services(), loaded);
    if (!found)
        return {};
    return QJsonObject{{QStringLiteral("possible"), !isRefused(*found)},
                       {QStringLiteral("findings"), app::jsonOf(*found)}};
}

QJsonObject jsonOf(const cache::SeriesRecord &series, const session::LoadedStack &loaded)
{
    QJsonArray findings;
    for (const auto &finding : loaded.stack.findings)
        findings.append(QJsonObject{{QStringLiteral("code"), shown(dicom::nameOf(finding.code))},
                                    {QStringLiteral("text"), ui::words::findingSentence(finding)}});
    QJsonObject json{{QStringLiteral("seriesInstanceUid"), visible(series.uid.value())},
                     {QStringLiteral("modality"), visible(series.modality)},
                     {QStringLiteral("description"), visible(series.description)},
                     {QStringLiteral("instances"), series.instances},
                     {QStringLiteral("frames"), static_cast<int>(loaded.stack.frames.size())},
                     {QStringLiteral("notDisplayable"), loaded.notDisplayable},
                     {QStringLiteral("rows"), static_cast<int>(series.rows)},
                     {QStringLiteral("columns"), static_cast<int>(series.columns)},
                     {QStringLiteral("transferSyntax"), visible(series.transferSyntax)},
                     {QStringLiteral("completeness"), shown(cache::nameOf(series.completeness))},
                     {QStringLiteral("conflicts"), series.conflicts},
                     {QStringLiteral("findings"), findings}};
    json.insert(QStringLiteral("number"), series.number ? QJsonValue(qint64(*series.number)) : QJsonValue());
    if (series.expected)
        json.insert(QStringLiteral("expected"), *series.expected);
    if (loaded.stack.spacingMm)
        json.insert(QStringLiteral("spacingMm"), *loaded.stack.spacingMm);
    return json;
}

/// Why there can be no planes, and what is corrected in them: what the stack's own findings do not say.
void printReformat(Backend &backend, const session::LoadedStack &loaded, const Output &output)
{
    if (loaded.stack.frames.size() < 2)
        return;
    const auto found = volumeFindings(backend.services(), loaded);
    if (!found)
        return;
    for (const volume::Finding &finding : *found)
        if (finding.effect != volume::Finding::Effect::Corrected)
            output.line(QStringLiteral("    ") + ui::words::findingSentence(finding));
}

base::Result<cache::StudyQuery> queryOf(const CommandLine &line)
{
    cache::StudyQuery query;
    query.text = (QStringList(line.arguments) << line.value(QStringLiteral("--text")))
                     .join(QLatin1Char(' '))
                     .trimmed()
                     .toStdString();
    query.patient = line.value(QStringLiteral("--patient")).toStdString();
    if (line.has(QStringLiteral("--modality")))
        query.modalities = {line.value(QStringLiteral("--modality")).toUpper().toStdString()};
    TRY(query.dateFrom, dateOption(line, QStringLiteral("--from")));
    TRY(query.dateTo, dateOption(line, QStringLiteral("--to")));
    if (line.has(QStringLiteral("--limit"))) {
        bool ok = false;
        query.limit = line.value(QStringLiteral("--limit")).toInt(&ok);
        if (!ok || query.limit < 1)
            return base::failure(base::ErrorCode::BadArgument, "--limit needs a number of 1 or more.");
    }
    return query;
}

} // namespace

int listStudies(const CommandLine &line, Backend &backend, const Output &output)
{
    const auto query = queryOf(line);
    if (!query)
        return output.fail(query.error());
    const auto studies = backend.cache().studies(*query);
    if (line.json) {
        QJsonArray all;
        for (const auto &study : studies)
            all.append(jsonOf(study));
        output.json({{QStringLiteral("studies"), all}});
        return Done;
    }
    for (const auto &study : studies) {
        QStringList modalities;
        for (const std::string &modality : study.modalities)
            modalities << visible(modality);
        output.line(QStringLiteral("%1  %2  %3  %4  %5  %6 series, %7 images, %8\n    %9")
                        .arg(isoDate(study.studyDate), modalities.join(QLatin1Char(' ')),
                             visible(study.patient.name.display()), visible(study.patient.id),
                             visible(study.description))
                        .arg(study.series)
                        .arg(study.frames)
                        .arg(shown(cache::nameOf(study.completeness)), visible(study.uid.value())));
    }
    return Done;
}

int listSeries(const CommandLine &line, Backend &backend, const Output &output)
{
    if (line.arguments.size() != 1)
        return output.fail({base::ErrorCode::BadArgument, "series needs one Study Instance UID."});
    const base::StudyUid uid(line.arguments.first().toStdString());
    const auto study = backend.cache().study(uid);
    if (!study)
        return output.fail(study.error());
    QJsonArray all;
    for (const auto &series : backend.cache().series(uid)) {
        const auto loaded = session::loadStack(backend.services(), series.uid);
        if (line.json) {
            QJsonObject json = jsonOf(series, loaded);
            json.insert(QStringLiteral("reformat"), reformatJson(backend, loaded));
            all.append(json);
            continue;
        }
        output.line(QStringLiteral("%1  %2  %3  %4 objects, %5 frames, %6x%7, %8\n    %9")
                        .arg(series.number ? QString::number(*series.number) : QStringLiteral("-"))
                        .arg(visible(series.modality), visible(series.description))
                        .arg(series.instances)
                        .arg(loaded.stack.frames.size())
                        .arg(series.columns)
                        .arg(series.rows)
                        .arg(shown(cache::nameOf(series.completeness)), visible(series.uid.value())));
        for (const auto &finding : loaded.stack.findings)
            output.line(QStringLiteral("    ") + ui::words::findingSentence(finding));
        printReformat(backend, loaded, output);
    }
    if (line.json)
        output.json({{QStringLiteral("series"), all}});
    return Done;
}

} // namespace negatoscope::app
