// The study list with 100,000 studies against its yardsticks in turns: from the start of the program to rows
// on the screen, against a bare Qt window with a table of as many rows; from a keystroke to its rows on the
// screen, against the query and its first rows alone. Prints one line a figure.
//
// Usage: bench_StudyList [STUDIES]   (default 100000; needs an X server)
#include "Measure.h"

#include <LargeIndex.h>
#include <Workstation.h>
#include <session/Settings.h>
#include <session/StudyListModel.h>
#include <ui/StudyListWindow.h>
#include <ui/Theme.h>
#include <ui/Workstation.h>

#include <QtCore/QDeadlineTimer>
#include <QtCore/QEventLoop> // lint-allow(nested-loop): to measure without polling
#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>
#include <QtCore/QTemporaryDir>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QTableView>

#include <utility>

using namespace negatoscope;
using namespace negatoscope::bench;

namespace {

constexpr int kRounds = 9;
constexpr std::size_t kRowsOnScreen = 40;
constexpr const char *kEndAtFirstRows = "NEGATOSCOPE_BENCH_END_AT_FIRST_ROWS";

/// Tells the time when a table has painted a row that says something, and ends the program as a reader does.
class EndAtFirstRows final : public QObject
{
public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        const auto *table =
            event->type() == QEvent::Paint ? qobject_cast<QTableView *>(watched->parent()) : nullptr;
        if (table != nullptr && watched == table->viewport() && table->model() != nullptr &&
            table->model()->rowCount() > 0 && table->model()->index(0, 1).data().isValid()) {
            // After the painting of which this is the beginning.
            QMetaObject::invokeMethod(
                this,
                [this] {
                    if (std::exchange(m_told, true))
                        return;
                    std::printf("%lld\n", static_cast<long long>(QDeadlineTimer::current().deadlineNSecs()));
                    std::fflush(stdout);
                    QCoreApplication::quit();
                },
                Qt::QueuedConnection);
        }
        return false;
    }

private:
    bool m_told = false;
};

void watchStart()
{
    if (qEnvironmentVariableIsSet(kEndAtFirstRows))
        QCoreApplication::instance()->installEventFilter(new EndAtFirstRows(QCoreApplication::instance()));
}

Q_COREAPP_STARTUP_FUNCTION(watchStart)

class BareRows final : public QAbstractTableModel
{
public:
    explicit BareRows(int rows) : m_rows(rows) {}
    int rowCount(const QModelIndex &) const override { return m_rows; }
    int columnCount(const QModelIndex &) const override { return session::StudyListModel::ColumnCount; }
    QVariant data(const QModelIndex &index, int role) const override
    {
        return role == Qt::DisplayRole ? QVariant(index.row() * index.column()) : QVariant();
    }

private:
    int m_rows;
};

int showBareTable(int &argc, char **argv, int rows)
{
    QApplication application(argc, argv);
    BareRows model(rows);
    QTableView table;
    table.setModel(&model);
    table.resize(1400, 900);
    table.show();
    return QApplication::exec();
}

/// Milliseconds from the start of a process of this program to its first rows.
double run(const QStringList &words)
{
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QLatin1String(kEndAtFirstRows), QStringLiteral("1"));
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    const qint64 start = QDeadlineTimer::current().deadlineNSecs();
    process.start(QCoreApplication::applicationFilePath(), words);
    if (!process.waitForFinished(kLimitMs) || process.exitCode() != 0)
        giveUp("A start did not come to its first rows.");
    return double(process.readAllStandardOutput().trimmed().toLongLong() - start) / 1e6;
}

void starts(const QString &folder, int studies)
{
    std::vector<double> ours, bare;
    for (int round = 0; round < kRounds; ++round) {
        ours.push_back(run({QStringLiteral("--start"), folder}));
        bare.push_back(run({QStringLiteral("--bare"), QString::number(studies)}));
    }
    report("start to the list of studies", median(ours), median(bare), "ms", "2");
}

/// From the key press to the end of the painting that shows its rows.
double typeAndPaint(QLineEdit &search, session::StudyListModel &studies, QTableView &table,
                    const QString &text)
{
    struct Painted final : QObject
    {
        QEventLoop &loop; // lint-allow(nested-loop): the only loop of this program
        bool fresh = false;
        explicit Painted(QEventLoop &theLoop) : loop(theLoop) {} // lint-allow(nested-loop): see above
        bool eventFilter(QObject *, QEvent *event) override
        {
            if (fresh && event->type() == QEvent::Paint)
                QMetaObject::invokeMethod(&loop, &QEventLoop::quit, // lint-allow(nested-loop): see above
                                          Qt::QueuedConnection);
            return false;
        }
    };
    QEventLoop loop; // lint-allow(nested-loop): see above
    Painted painted(loop);
    table.viewport()->installEventFilter(&painted);
    QObject::connect(&studies, &session::StudyListModel::refreshed, &painted, [&] {
        painted.fresh = true;
        table.viewport()->update();
    });
    QElapsedTimer timer;
    timer.start();
    search.setText(text);
    loop.exec(); // lint-allow(nested-loop): see above
    return milliseconds(timer);
}

void keystrokes(const QString &folder)
{
    const auto backend = startBackend(folder, std::size_t(256) << 20);
    QTemporaryDir settingsFolder;
    session::Settings settings(settingsFolder.filePath(QStringLiteral("settings.ini")));
    ui::Workstation windows(backend->services(), settings);
    windows.showStudyList();
    windows.studyListWindow().resize(1600, 1000);
    if (!QTest::qWaitForWindowExposed(&windows.studyListWindow()))
        giveUp("The window did not come.");
    auto &studies = windows.studies();
    waitFor([&] { return !studies.isSearching() && studies.rowCount() > 0; });
    auto *search = windows.studyListWindow().findChild<QLineEdit *>(QStringLiteral("searchField"));
    auto *table = windows.studyListWindow().findChild<QTableView *>(QStringLiteral("studyTable"));
    if (search == nullptr || table == nullptr)
        giveUp("The study list has no search field or no table.");
    std::vector<double> ours, query;
    for (int round = 0; round < 3; ++round)
        for (const char *word : {"martin claire", "muller", "acc12", "whole body"}) {
            const QString whole = QLatin1String(word);
            for (qsizetype length = 1; length <= whole.size(); ++length) {
                if (whole.at(length - 1).isSpace())
                    continue; // finds the same
                const QString text = whole.left(length);
                ours.push_back(typeAndPaint(*search, studies, *table, text));
                cache::StudyQuery asked;
                asked.text = text.toStdString();
                QElapsedTimer timer;
                timer.start();
                const auto listing = backend->cache().list(asked);
                const std::span numbers(listing.numbers);
                const auto rows =
                    backend->cache().studiesAt(numbers.first(std::min(numbers.size(), kRowsOnScreen)));
                query.push_back(milliseconds(timer));
            }
        }
    report("keystroke to rows", median(ours), median(query), "ms", "2");
    std::printf("%-34s %9.2f ms, the slowest (its query %.2f)\n", "",
                *std::max_element(ours.begin(), ours.end()), *std::max_element(query.begin(), query.end()));
}

} // namespace

int main(int argc, char **argv)
{
    const QString mode = QString::fromLocal8Bit(argc > 1 ? argv[1] : "");
    if (mode == QLatin1String("--bare"))
        return showBareTable(argc, argv, std::atoi(argv[2]));
    if (mode == QLatin1String("--start")) {
        const QString folder = QString::fromLocal8Bit(argv[2]);
        const QStringList words{QStringLiteral("--cache"), folder, QStringLiteral("--config"), folder};
        const auto line = app::CommandLine::parse(words, folder);
        return line ? app::runWorkstation(argc, argv, *line, words) : 3;
    }
    QApplication application(argc, argv);
    ui::initialiseResources();
    ui::applyLook(application, {});
    const int studies = mode.isEmpty() ? 100'000 : mode.toInt();
    QTemporaryDir folder;
    if (!test::fillIndex(folder.filePath(QStringLiteral("index.sqlite")).toStdString(), studies))
        giveUp("The index could not be made.");
    std::printf("machine: %d cores, %d studies\n", QThread::idealThreadCount(), studies);
    starts(folder.path(), studies);
    keystrokes(folder.path());
    return 0;
}
