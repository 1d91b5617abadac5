#include "Workstation.h"

#include "Backend.h"
#include "Commands.h"
#include "HandOver.h"
#include "RequestServer.h"

#include <base/Log.h>
#include <session/ImportPresenter.h>
#include <session/Settings.h>
#include <session/TransferQueue.h>
#include <ui/ErrorSentences.h>
#include <ui/Language.h>
#include <ui/ReadingWindow.h>
#include <ui/StudyListWindow.h>
#include <ui/Theme.h>
#include <ui/Walkthrough.h>
#include <ui/Workstation.h>

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QJsonDocument>
#include <QtCore/QThreadPool>
#include <QtWidgets/QApplication>
#include <QtWidgets/QMessageBox>

#include <functional>
#include <optional>

namespace negatoscope::app {

namespace {

base::Result<std::optional<session::Layout>> layoutOption(const CommandLine &line)
{
    const QString text = line.value(QStringLiteral("--layout"));
    if (text.isEmpty())
        return std::optional<session::Layout>();
    const auto parts = text.split(QLatin1Char('x'));
    const session::Layout layout{parts.value(0).toInt(), parts.value(1).toInt()};
    const auto fits = [](int count) { return count >= 1 && count <= session::Layout::kMaximum; };
    if (parts.size() != 2 || !fits(layout.rows) || !fits(layout.columns))
        return base::failure(base::ErrorCode::BadArgument,
                             "--layout needs ROWSxCOLUMNS, each 1 to 4, such as 2x2.");
    return std::optional(layout);
}

/// What other processes, and this one's own command line, ask of the windows.
class Requests final : public QObject
{
public:
    Requests(Backend &backend, ui::Workstation &windows) : m_backend(backend), m_windows(windows) {}

    void take(const QStringList &words, const QString &workingFolder, const RequestServer::Respond &respond)
    {
        const auto line = CommandLine::parse(words, workingFolder);
        if (!line)
            return respond({WrongUsage, {}, QByteArray::fromStdString(line.error().text()) + '\n'});
        if (line->command == QLatin1String("state"))
            return respond({Done, QJsonDocument(state()).toJson(), {}});
        if (line->command == QLatin1String("open"))
            return respond(open(*line));
        if (line->command.isEmpty())
            return respond(show(*line));
        runInBackground(*line, respond);
    }

    /// Studies by UID and files by path; a path is opened where it lies.
    Answer show(const CommandLine &line)
    {
        const auto layout = layoutOption(line);
        if (!layout)
            return {WrongUsage, {}, QByteArray::fromStdString(layout.error().text()) + '\n'};
        QStringList paths;
        Answer answer;
        for (const QString &argument : line.arguments) {
            if (const QString path = line.path(argument); QFileInfo::exists(path)) {
                paths << path;
            } else if (const auto study = m_backend.cache().study(base::StudyUid(argument.toStdString()))) {
                openStudy(*study, *layout);
            } else {
                answer.exitCode = Partly;
                answer.complaints +=
                    QStringLiteral("%1 is neither a path nor a study of the cache.\n").arg(argument).toUtf8();
            }
        }
        if (!paths.isEmpty())
            openPaths(paths, *layout);
        if (line.arguments.isEmpty())
            m_windows.showStudyList();
        return answer;
    }

private:
    QJsonObject state() const
    {
        QJsonObject json = m_windows.json();
        const auto workers = m_backend.decoder().statistics();
        json.insert(QStringLiteral("workers"),
                    QJsonObject{{QStringLiteral("running"), static_cast<int>(workers.workers)},
                                {QStringLiteral("sandboxed"), workers.sandboxed},
                                {QStringLiteral("requests"), static_cast<qint64>(workers.requests)},
                                {QStringLiteral("deaths"), static_cast<qint64>(workers.deaths)},
                                {QStringLiteral("timeouts"), static_cast<qint64>(workers.timeouts)},
                                {QStringLiteral("quarantined"), static_cast<qint64>(workers.quarantined)}});
        auto &store = m_backend.frames().store();
        json.insert(
            QStringLiteral("memory"),
            QJsonObject{{QStringLiteral("frameBytes"), static_cast<qint64>(store.usedBytes())},
                        {QStringLiteral("frameBudgetBytes"), static_cast<qint64>(store.budgetBytes())}});
        return json;
    }

    void openStudy(const cache::StudyRecord &study, const std::optional<session::Layout> &layout)
    {
        auto &reading = m_windows.openStudy(study).presenter();
        if (!layout)
            return;
        // The study hangs itself first; the layout that was asked for comes after, once.
        auto *waiting = new QObject(&reading);
        connect(&reading, &session::ReadingPresenter::changed, waiting, [&reading, waiting, layout] {
            if (reading.isOpening())
                return;
            waiting->deleteLater();
            disconnect(&reading, nullptr, waiting, nullptr);
            reading.setLayout(*layout);
        });
    }

    void openPaths(const QStringList &paths, const std::optional<session::Layout> &layout)
    {
        auto &imports = m_windows.imports();
        auto *waiting = new QObject(this);
        connect(&imports, &session::ImportPresenter::finished, waiting, [this, &imports, waiting, layout] {
            waiting->deleteLater();
            disconnect(&imports, nullptr, waiting, nullptr);
            const auto &report = imports.lastReport();
            if (!report || !*report || (*report)->studies.empty()) {
                m_windows.showStudyList();
                return;
            }
            if (const auto study = m_backend.cache().study((*report)->studies.front()))
                openStudy(*study, layout);
        });
        imports.start(paths, session::ImportPresenter::Mode::OpenInPlace);
    }

    Answer open(const CommandLine &line)
    {
        std::vector<cache::StudyRecord> found;
        if (line.arguments.size() == 1) {
            if (auto study = m_backend.cache().study(base::StudyUid(line.arguments.first().toStdString())))
                found.push_back(*std::move(study));
        } else {
            found = matching(line);
        }
        if (found.empty())
            return {Partly, {}, QByteArrayLiteral("The cache has no study that matches.\n")};
        if (found.size() > 1)
            return {Partly,
                    {},
                    QStringLiteral("%1 studies match: open one by its Study Instance UID.\n")
                        .arg(found.size())
                        .toUtf8()};
        m_windows.openStudy(found.front());
        return {Done, QByteArray::fromStdString(found.front().uid.value()) + '\n', {}};
    }

    /// Exactly equal, not as a search: a wrong patient must not open because an id begins alike.
    std::vector<cache::StudyRecord> matching(const CommandLine &line)
    {
        const std::string accession = line.value(QStringLiteral("--accession")).toStdString();
        const std::string patientId = line.value(QStringLiteral("--patient-id")).toStdString();
        std::vector<cache::StudyRecord> found;
        if (accession.empty() && patientId.empty())
            return found;
        cache::StudyQuery query;
        query.text = accession;
        query.patient = patientId;
        for (auto &study : m_backend.cache().studies(query))
            if ((accession.empty() || study.accession == accession) &&
                (patientId.empty() || study.patient.id == patientId))
                found.push_back(std::move(study));
        return found;
    }

    void runInBackground(const CommandLine &line, const RequestServer::Respond &respond)
    {
        m_commands.start([this, line, respond] {
            Answer answer;
            Output output;
            output.quiet = true;
            output.write = [&](const QByteArray &bytes) { answer.output += bytes; };
            output.complain = [&](const QByteArray &bytes) { answer.complaints += bytes; };
            answer.exitCode = runCommand(line, m_backend, output);
            QMetaObject::invokeMethod(this, [respond, answer] { respond(answer); });
        });
    }

    Backend &m_backend;
    ui::Workstation &m_windows;
    QThreadPool m_commands; ///< not the global pool, which commands themselves wait for
};

QLocale localeOf(const CommandLine &line, const session::Settings &settings)
{
    QString language = line.value(QStringLiteral("--language"));
    if (language.isEmpty())
        language = settings.text(session::Setting::Language);
    return language == QLatin1String("system") ? QLocale::system() : QLocale(language);
}

/// After each import and transfer the least recently used studies make room for the quota.
void keepQuota(Backend &backend, ui::Workstation &windows)
{
    const auto enforce = [&backend] {
        QThreadPool::globalInstance()->start([&backend] {
            const auto evicted = backend.cache().enforceQuota();
            if (!evicted)
                base::log(base::LogLevel::Warning, "cache", evicted.error().describe());
            else if (!evicted->empty())
                base::log(base::LogLevel::Info, "cache",
                          std::to_string(evicted->size()) + " studies evicted for the quota");
        });
    };
    QObject::connect(&windows.imports(), &session::ImportPresenter::finished, &windows, enforce);
    QObject::connect(&windows.transfers(), &session::TransferQueue::finished, &windows, enforce);
}

/// The workers come up while the windows do. Without them there is nothing to do here: the reader is told, if
/// `tell` says that there is one, and the program ends.
void watchWorkers(Backend &backend, ui::Workstation &windows, std::function<bool(const base::Error &)> tell)
{
    QThreadPool::globalInstance()->start([&backend, &windows, tell = std::move(tell)] {
        const auto ready = backend.waitForWorkers();
        if (ready)
            return;
        QMetaObject::invokeMethod(&windows, [&windows, tell, error = ready.error()] {
            const auto end = [] { QCoreApplication::exit(SurroundingsFailed); };
            if (!tell(error))
                return end();
            auto *box = new QMessageBox(QMessageBox::Critical, QStringLiteral("Negatoscope"),
                                        ui::sentenceFor(error), QMessageBox::Ok, &windows.studyListWindow());
            box->setTextFormat(Qt::PlainText);
            QObject::connect(box, &QMessageBox::finished, &windows, end);
            box->open();
        });
    });
}

void showAndWait(const QString &sentence)
{
    QMessageBox box(QMessageBox::Critical, QStringLiteral("Negatoscope"), sentence);
    box.setTextFormat(Qt::PlainText);
    box.open();
    QApplication::exec();
}

std::size_t frameBudget(const session::Settings &settings)
{
    const int megabytes = settings.integer(session::Setting::FrameBudgetMiB);
    return megabytes >= 64 ? static_cast<std::size_t>(megabytes) << 20 : Backend::defaultFrameBudget();
}

/// The largest size of the cache; 0: what the disk allows.
std::uint64_t quotaBytes(const session::Settings &settings)
{
    return static_cast<std::uint64_t>(settings.integer(session::Setting::CacheQuotaGiB)) << 30;
}

} // namespace

int runWorkstation(int &argc, char **argv, const CommandLine &line, const QStringList &words)
{
    const Output output = Output::terminal(line.quiet);
    if (const auto layout = layoutOption(line); !layout)
        return output.fail(layout.error());
    const auto tell = [&output](const Answer &answer) {
        output.complain(answer.complaints);
        output.write(answer.output);
        return answer.exitCode;
    };
    // Before anything else: a start that hands over needs no windows.
    if (const auto answer = RequestServer::ask(line.cacheFolder, words, line.workingFolder))
        return tell(*answer);

    QApplication application(argc, argv);
    QDir().mkpath(line.configFolder);
    session::Settings settings(line.configFolder + QStringLiteral("/negatoscope.ini"),
                               session::Settings::administratorFile());
    ui::initialiseResources();
    ui::setLanguage(application, localeOf(line, settings));
    ui::applyLook(application, ui::lookFrom(settings));

    const auto start = startOrHandOver(
        {line.cacheFolder, frameBudget(settings), quotaBytes(settings), {}, true, line.configFolder}, words,
        line.workingFolder);
    if (!start) {
        const int failed = output.fail(start.error());
        // Whoever started it from a menu sees no terminal.
        if (!line.has(QStringLiteral("--walkthrough")))
            showAndWait(ui::sentenceFor(start.error()));
        return failed;
    }
    if (start->answer)
        return tell(*start->answer);
    const auto &backend = start->backend;
    ui::Workstation windows(backend->services(), settings);
    Requests requests(*backend, windows);
    RequestServer server(line.cacheFolder);
    const auto listening =
        server.listen([&](const QStringList &asked, const QString &folder,
                          const RequestServer::Respond &respond) { requests.take(asked, folder, respond); });
    if (!listening)
        base::log(base::LogLevel::Warning, "app", listening.error().describe());

    keepQuota(*backend, windows);

    std::unique_ptr<ui::Walkthrough> walkthrough;
    if (line.has(QStringLiteral("--walkthrough"))) {
        walkthrough = std::make_unique<ui::Walkthrough>(
            windows, line.path(line.value(QStringLiteral("--walkthrough"))));
        QObject::connect(walkthrough.get(), &ui::Walkthrough::finished, &application,
                         [&](int code, const QString &problem) {
                             if (!problem.isEmpty())
                                 output.warn(problem);
                             QCoreApplication::exit(code);
                         });
    } else {
        windows.showStudyList();
    }
    watchWorkers(*backend, windows, [&](const base::Error &error) {
        output.fail(error);
        return !walkthrough;
    });
    // The cache tells on its writer's thread, also of what another process had imported here.
    backend->cache().setChangedHandler([&windows] {
        QMetaObject::invokeMethod(&windows, &ui::Workstation::refreshStudies, Qt::QueuedConnection);
    });
    if (walkthrough)
        walkthrough->start();
    else if (!line.arguments.isEmpty())
        output.complain(requests.show(line).complaints);
    const int exitCode = QApplication::exec();
    walkthrough.reset();
    backend->cache().setChangedHandler({});
    // Commands of other processes still use the windows' engine.
    QThreadPool::globalInstance()->waitForDone();
    return exitCode;
}

} // namespace negatoscope::app
