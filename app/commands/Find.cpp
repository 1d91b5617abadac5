#include "ArchiveChoice.h"
#include "StudyText.h"

#include <session/FoundStudies.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QJsonArray>

#include <algorithm>
#include <map>
#include <mutex>
#include <thread>

namespace negatoscope::app {

using base::ErrorCode;

namespace {

/// What the archives answer, merged by Study Instance UID as it comes: two that tell different patients for
/// one study are two rows (docs/safety.md F10).
class Answers
{
public:
    explicit Answers(const std::vector<archive::Settings> &archives) : m_archives(archives) {}

    void add(int archive, std::vector<archive::FoundStudy> studies)
    {
        const std::lock_guard lock(m_mutex);
        for (archive::FoundStudy &study : studies)
            m_found.add(archive, std::move(study));
    }
    void end(int archive, const base::Result<archive::FindReport> &report)
    {
        const std::lock_guard lock(m_mutex);
        if (!report)
            m_failed.emplace(nameOfArchive(archive), report.error());
        else if (report->cutOff)
            m_cutOff << nameOfArchive(archive);
    }

    /// Newest first.
    std::vector<session::FoundRow> rows() const
    {
        auto rows = m_found.rows();
        std::stable_sort(rows.begin(), rows.end(), [](const auto &a, const auto &b) {
            return std::tie(a.study.studyDate, a.study.studyTime) >
                   std::tie(b.study.studyDate, b.study.studyTime);
        });
        return rows;
    }
    QStringList sourcesOf(const session::FoundRow &row) const
    {
        QStringList names;
        for (const auto &told : row.archives)
            names << nameOfArchive(told.archive);
        return names;
    }
    const std::map<QString, base::Error> &failed() const { return m_failed; }
    const QStringList &cutOff() const { return m_cutOff; }

private:
    QString nameOfArchive(int archive) const
    {
        return nameOf(m_archives.at(static_cast<std::size_t>(archive)));
    }

    const std::vector<archive::Settings> &m_archives;
    std::mutex m_mutex;
    session::FoundStudies m_found;
    std::map<QString, base::Error> m_failed;
    QStringList m_cutOff;
};

base::Status readDates(const QString &text, archive::StudyQuery &query)
{
    const QString option = QStringLiteral("--date");
    const qsizetype dots = text.indexOf(QLatin1String(".."));
    const QString from = dots < 0 ? text : text.left(dots), to = dots < 0 ? text : text.mid(dots + 2);
    if (!from.isEmpty()) {
        TRY(query.dateFrom, dicomDate(from, option));
    }
    if (!to.isEmpty()) {
        TRY(query.dateTo, dicomDate(to, option));
    }
    return {};
}

base::Result<archive::StudyQuery> queryOf(const CommandLine &line)
{
    archive::StudyQuery query;
    for (const auto &[option, member] : {std::pair("--patient", &archive::StudyQuery::patientName),
                                         std::pair("--id", &archive::StudyQuery::patientId),
                                         std::pair("--issuer", &archive::StudyQuery::issuer),
                                         std::pair("--accession", &archive::StudyQuery::accession),
                                         std::pair("--description", &archive::StudyQuery::description),
                                         std::pair("--referring", &archive::StudyQuery::referringPhysician),
                                         std::pair("--institution", &archive::StudyQuery::institution)})
        query.*member = line.value(QLatin1String(option)).toStdString();
    query.study = base::StudyUid(line.value(QStringLiteral("--study")).toStdString());
    TRY(query.birthDate, dateOption(line, QStringLiteral("--birth-date")));
    if (line.has(QStringLiteral("--date")))
        TRY_DO(readDates(line.value(QStringLiteral("--date")), query));
    for (const QString &modality : line.value(QStringLiteral("--modality")).split(u',', Qt::SkipEmptyParts))
        query.modalities.push_back(modality.trimmed().toUpper().toStdString());
    if (line.has(QStringLiteral("--limit"))) {
        bool ok = false;
        query.most = line.value(QStringLiteral("--limit")).toInt(&ok);
        if (!ok || query.most < 1)
            return base::failure(ErrorCode::BadArgument, "--limit needs a number of 1 or more.");
    }
    return query;
}

base::Result<std::vector<archive::Settings>> asked(const CommandLine &line)
{
    if (line.has(QStringLiteral("--all")) == line.has(QStringLiteral("--archive")))
        return base::failure(ErrorCode::BadArgument, "find needs either --archive NAME or --all.");
    if (line.has(QStringLiteral("--archive"))) {
        TRY(auto one, chosenArchive(line));
        return std::vector{std::move(one)};
    }
    TRY(const auto known, archive::ArchiveList::read(line.configFolder.toStdString()));
    if (known.archives().empty())
        return base::failure(ErrorCode::BadArgument, "No archive is known. See: negatoscope archives add.");
    return known.archives();
}

QJsonObject jsonOf(const session::FoundRow &row, const QStringList &sources)
{
    const auto count = [](std::optional<int> number) { return number ? QJsonValue(*number) : QJsonValue(); };
    QJsonArray modalities;
    for (const std::string &modality : row.study.modalities)
        modalities.append(visible(modality));
    return {{QStringLiteral("studyInstanceUid"), visible(row.study.uid.value())},
            {QStringLiteral("patientName"), visible(row.study.patient.name.display())},
            {QStringLiteral("patientId"), visible(row.study.patient.id)},
            {QStringLiteral("issuer"), visible(row.study.patient.issuer)},
            {QStringLiteral("birthDate"), isoDate(row.study.patient.birthDate)},
            {QStringLiteral("sex"), visible(row.study.patient.sex)},
            {QStringLiteral("studyDate"), isoDate(row.study.studyDate)},
            {QStringLiteral("accession"), visible(row.study.accession)},
            {QStringLiteral("description"), visible(row.study.description)},
            {QStringLiteral("referringPhysician"), visible(row.study.referringPhysician)},
            {QStringLiteral("institution"), visible(row.study.institution)},
            {QStringLiteral("modalities"), modalities},
            {QStringLiteral("series"), count(row.study.series)},
            {QStringLiteral("instances"), count(row.study.instances)},
            {QStringLiteral("completeness"), QStringLiteral("unknown")},
            {QStringLiteral("sources"), QJsonArray::fromStringList(sources)},
            {QStringLiteral("conflict"), row.conflict}};
}

void printRow(const session::FoundRow &row, const QStringList &sources, const Output &output)
{
    QStringList modalities;
    for (const std::string &modality : row.study.modalities)
        modalities << visible(modality);
    output.line(QStringLiteral("%1  %2  %3  %4  %5  [%6]\n    %7%8")
                    .arg(isoDate(row.study.studyDate), modalities.join(u' '),
                         visible(row.study.patient.name.display()), visible(row.study.patient.id),
                         visible(row.study.description), sources.join(QStringLiteral(", ")),
                         visible(row.study.uid.value()),
                         row.conflict
                             ? QStringLiteral("  another archive tells another patient for this study")
                             : QString()));
}

} // namespace

int findStudies(const CommandLine &line, const Output &output)
{
    const auto query = queryOf(line);
    if (!query)
        return output.fail(query.error());
    const auto archives = asked(line);
    if (!archives)
        return output.fail(archives.error());
    QElapsedTimer timer;
    timer.start();
    Answers answers(*archives);
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < static_cast<int>(archives->size()); ++i)
            threads.emplace_back(
                [&answers, &query, i, &settings = archives->at(static_cast<std::size_t>(i))] {
                    const auto take = [&](std::vector<archive::FoundStudy> rows) {
                        answers.add(i, std::move(rows));
                    };
                    const auto archive = archive::connectTo(settings);
                    answers.end(i, archive ? (*archive)->findStudies(*query, take, {})
                                           : base::failure(archive.error()));
                });
    }
    QJsonArray studies, failed;
    for (const auto &row : answers.rows()) {
        if (line.json)
            studies.append(jsonOf(row, answers.sourcesOf(row)));
        else
            printRow(row, answers.sourcesOf(row), output);
    }
    for (const auto &[name, error] : answers.failed()) {
        auto entry = app::jsonOf(error, name);
        entry.insert(QStringLiteral("archive"), name);
        failed.append(entry);
        output.fail(error, name);
    }
    for (const QString &name : answers.cutOff())
        output.warn(
            QStringLiteral("%1 has more studies than %2; narrow the search.").arg(name).arg(query->most));
    if (line.json)
        output.json({{QStringLiteral("studies"), studies},
                     {QStringLiteral("failed"), failed},
                     {QStringLiteral("cutOff"), QJsonArray::fromStringList(answers.cutOff())},
                     {QStringLiteral("wallMs"), double(timer.elapsed())}});
    if (answers.failed().size() == archives->size())
        return SurroundingsFailed;
    return answers.failed().empty() && answers.cutOff().isEmpty() ? Done : Partly;
}

} // namespace negatoscope::app
