#include "ArchiveChoice.h"
#include "PriorText.h"
#include "StudyText.h"

#include <ui/PriorWords.h>

namespace negatoscope::app {

using base::ErrorCode;
using session::Prior;

namespace {

/// The archives to ask.
base::Result<std::vector<archive::Settings>> askedBy(const CommandLine &line)
{
    if (line.has(QStringLiteral("--local")) && line.has(QStringLiteral("--archive")))
        return base::failure(ErrorCode::BadArgument, "priors takes either --archive NAME or --local.");
    if (line.has(QStringLiteral("--local")))
        return std::vector<archive::Settings>();
    if (line.has(QStringLiteral("--archive"))) {
        TRY(auto one, chosenArchive(line));
        return std::vector{std::move(one)};
    }
    TRY(const auto known, archive::ArchiveList::read(line.configFolder.toStdString()));
    return known.archives();
}

void print(const Prior &prior, const Output &output)
{
    QStringList modalities, why;
    for (const std::string &modality : prior.exam.modalities)
        modalities << visible(modality);
    for (const auto reason : prior.reasons)
        why << ui::priorReasonText(reason);
    if (prior.later)
        why << QStringLiteral("later than this exam");
    for (const auto doubt : prior.doubts)
        why << QStringLiteral("perhaps another person: %1").arg(ui::identityDoubtText(doubt));
    output.line(QStringLiteral("%1 %2  %3  %4  %5  %6  [%7]\n    %8\n    %9")
                    .arg(prior.isSamePerson() ? QStringLiteral(" ") : QStringLiteral("?"))
                    .arg(prior.relevance, 3)
                    .arg(isoDate(prior.exam.date), modalities.join(u' '),
                         visible(prior.exam.patient.name.display()), visible(prior.exam.description),
                         sourcesOf(prior.exam).join(QStringLiteral(", ")),
                         why.isEmpty() ? QStringLiteral("nothing in common is known")
                                       : why.join(QStringLiteral("; ")),
                         visible(prior.exam.uid.value())));
}

} // namespace

int priors(const CommandLine &line, Backend &backend, const Output &output)
{
    if (line.arguments.size() != 1)
        return output.fail({ErrorCode::BadArgument, "priors needs one Study Instance UID."});
    const base::StudyUid study(line.arguments.first().toStdString());
    if (!base::isValidUid(study.value()))
        return output.fail({ErrorCode::BadArgument, "A UID is made of digits and dots, at most 64."});
    const auto archives = askedBy(line);
    if (!archives)
        return output.fail(archives.error());
    const auto search = session::findPriors(backend.cache(), session::AskedArchive::of(*archives), study, {});
    QJsonArray found, failed, cutOff;
    for (const Prior &prior : search.priors) {
        if (line.json)
            found.append(jsonOf(prior));
        else
            print(prior, output);
    }
    for (const auto &[name, error] : search.failed) {
        const QString archive = QString::fromStdString(name);
        auto entry = app::jsonOf(error, archive);
        entry.insert(QStringLiteral("archive"), archive);
        failed.append(entry);
        output.fail(error, archive);
    }
    for (const std::string &name : search.cutOff) {
        cutOff.append(QString::fromStdString(name));
        output.warn(
            QStringLiteral("%1 has more exams of this patient than it told.").arg(cutOff.last().toString()));
    }
    if (line.json)
        output.json({{QStringLiteral("studyInstanceUid"), visible(study.value())},
                     {QStringLiteral("priors"), found},
                     {QStringLiteral("failed"), failed},
                     {QStringLiteral("cutOff"), cutOff}});
    if (!search.current)
        return search.failed.empty()
                   ? output.fail({ErrorCode::NotFound, "Neither the cache nor an archive has this study."})
                   : int(SurroundingsFailed);
    return search.failed.empty() && search.cutOff.empty() ? Done : Partly;
}

} // namespace negatoscope::app
