#include "ArchiveChoice.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QJsonArray>

#include <set>

namespace negatoscope::app {

using base::ErrorCode;

namespace {

/// The instances of a study, a series, or the one instance of this UID.
std::vector<cache::InstanceRecord> instancesOf(cache::Cache &cache, const std::string &uid)
{
    if (cache.study(base::StudyUid(uid))) {
        std::vector<cache::InstanceRecord> all;
        for (const cache::SeriesRecord &series : cache.series(base::StudyUid(uid)))
            for (auto &instance : cache.instances(series.uid))
                all.push_back(std::move(instance));
        return all;
    }
    if (auto all = cache.instances(base::SeriesUid(uid)); !all.empty())
        return all;
    if (auto one = cache.instance(base::InstanceUid(uid)))
        return {*std::move(one)};
    return {};
}

class Sending
{
public:
    Sending(const CommandLine &line, const Output &output, QString archive)
        : m_line(line),
          m_output(output),
          m_archive(std::move(archive))
    {}

    /// False where a UID is unknown.
    bool gather(cache::Cache &cache)
    {
        std::set<base::InstanceUid> seen;
        for (const QString &uid : m_line.arguments) {
            const auto instances = instancesOf(cache, uid.toStdString());
            if (instances.empty()) {
                m_output.warn(QStringLiteral("%1 is not in the cache.").arg(uid));
                return false;
            }
            for (const auto &instance : instances)
                if (seen.insert(instance.uid).second)
                    m_files.push_back(
                        {instance.path, instance.sopClass, instance.uid, instance.transferSyntax});
        }
        return true;
    }

    int run(archive::Archive &archive)
    {
        QElapsedTimer timer;
        timer.start();
        const auto stored = archive.store(
            m_files, m_results,
            [&](int done) {
                m_output.progress(QStringLiteral("%1 of %2 objects").arg(done).arg(m_files.size()));
            },
            {});
        m_output.progress({});
        QJsonObject json;
        int code = report(json);
        std::optional<base::Error> error;
        if (!stored)
            error = stored.error();
        else if (m_line.has(QStringLiteral("--commit")))
            error = commit(archive, json, code);
        json.insert(QStringLiteral("wallMs"), double(timer.elapsed()));
        if (error)
            json.insert(QStringLiteral("error"), app::jsonOf(*error, m_archive));
        if (m_line.json)
            m_output.json(json);
        return error ? m_output.fail(*error, m_archive) : code;
    }

private:
    int report(QJsonObject &json)
    {
        QJsonArray failed;
        int sent = 0, warnings = 0;
        for (std::size_t i = 0; i < m_files.size(); ++i) {
            warnings += m_results[i].warning ? 1 : 0;
            if (!m_results[i].error) {
                ++sent;
                m_sent.push_back({m_files[i].sopClass, m_files[i].instance});
                continue;
            }
            auto entry = app::jsonOf(*m_results[i].error, m_archive);
            entry.insert(QStringLiteral("sopInstanceUid"),
                         QString::fromStdString(m_files[i].instance.value()));
            failed.append(entry);
            if (!m_line.json)
                m_output.line(QStringLiteral("not sent: %1: %2")
                                  .arg(QString::fromStdString(m_files[i].instance.value()),
                                       entry.value(QLatin1String("reason")).toString()));
        }
        json.insert(QStringLiteral("objects"), static_cast<int>(m_files.size()));
        json.insert(QStringLiteral("sent"), sent);
        json.insert(QStringLiteral("warnings"), warnings);
        json.insert(QStringLiteral("failed"), failed);
        if (!m_line.json)
            m_output.line(QStringLiteral("%1 of %2 objects sent").arg(sent).arg(m_files.size()));
        return failed.isEmpty() ? Done : Partly;
    }

    std::optional<base::Error> commit(archive::Archive &archive, QJsonObject &json, int &code)
    {
        const auto report = archive.commit(m_sent, {});
        if (!report)
            return report.error();
        json.insert(QStringLiteral("committed"), static_cast<int>(report->committed.size()));
        if (!m_line.json)
            m_output.line(QStringLiteral("%1 of %2 objects are answered for by the archive")
                              .arg(report->committed.size())
                              .arg(m_sent.size()));
        if (report->committed.size() < m_sent.size())
            code = Partly;
        return std::nullopt;
    }

    const CommandLine &m_line;
    const Output &m_output;
    QString m_archive;
    std::vector<archive::Outgoing> m_files;
    std::vector<archive::StoreResult> m_results;
    std::vector<archive::Reference> m_sent;
};

} // namespace

int send(const CommandLine &line, Backend &backend, const Output &output)
{
    if (line.arguments.isEmpty())
        return output.fail({ErrorCode::BadArgument, "send needs at least one UID."});
    const auto settings = chosenArchive(line);
    if (!settings)
        return output.fail(settings.error());
    const auto archive = archive::connectTo(*settings);
    if (!archive)
        return output.fail(archive.error(), nameOf(*settings));
    Sending sending(line, output, nameOf(*settings));
    return sending.gather(backend.cache()) ? sending.run(**archive) : Partly;
}

} // namespace negatoscope::app
