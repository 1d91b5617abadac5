// The longest stall of the UI thread in a walk through the reader's main job: studies found, opened,
// scrolled, windowed, laid out, compared. A stall is the delivery of one event, with all that it causes in
// its turn. Prints the longest ones, and what they were.
//
// Usage: bench_stalls FOLDER   (of DICOM files, such as resources/samples; needs an X server)
#include "Measure.h"

#include <session/Settings.h>
#include <session/StudyListModel.h>
#include <ui/Theme.h>
#include <ui/Walkthrough.h>
#include <ui/Workstation.h>

#include <QtCore/QMetaEnum>
#include <QtCore/QTemporaryDir>
#include <QtWidgets/QApplication>

using namespace negatoscope;
using namespace negatoscope::bench;

namespace {

/// Times each event that comes from the event loop.
class MeteredApplication final : public QApplication
{
public:
    using QApplication::QApplication;

    bool notify(QObject *receiver, QEvent *event) override
    {
        if (m_inside || !m_metering)
            return QApplication::notify(receiver, event);
        const auto *type = QMetaEnum::fromType<QEvent::Type>().valueToKey(event->type());
        QByteArray name = QByteArray(receiver->metaObject()->className()) + ' ' +
                          receiver->objectName().toUtf8() + ' ' + (type != nullptr ? type : "event");
        m_inside = true;
        QElapsedTimer timer;
        timer.start();
        const bool done = QApplication::notify(receiver, event);
        m_inside = false;
        m_stalls.emplace_back(milliseconds(timer), std::move(name));
        return done;
    }

    void startMetering() { m_metering = true; }

    void print()
    {
        if (m_stalls.empty())
            giveUp("Nothing was metered.");
        std::sort(m_stalls.begin(), m_stalls.end(),
                  [](const auto &a, const auto &b) { return a.first > b.first; });
        std::printf("%-34s %9.2f ms of %zu events  (reach under 50 ms)\n", "longest stall of the UI thread",
                    m_stalls.front().first, m_stalls.size());
        for (std::size_t i = 0; i < std::min<std::size_t>(8, m_stalls.size()); ++i)
            std::printf("  %9.2f ms  %s\n", m_stalls[i].first, m_stalls[i].second.constData());
    }

private:
    bool m_metering = false, m_inside = false;
    std::vector<std::pair<double, QByteArray>> m_stalls;
};

} // namespace

int main(int argc, char **argv)
{
    MeteredApplication application(argc, argv);
    ui::initialiseResources();
    ui::applyLook(application, {});
    const QString data = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral(NEGATOSCOPE_SAMPLES);
    QTemporaryDir folder;
    const auto backend = startBackend(folder.filePath(QStringLiteral("cache")), std::size_t(1) << 30);
    importStudy(*backend, data);
    session::Settings settings(folder.filePath(QStringLiteral("settings.ini")));
    ui::Workstation windows(backend->services(), settings);
    ui::Walkthrough walk(windows, {});
    int code = -1;
    QObject::connect(&walk, &ui::Walkthrough::finished, &application,
                     [&](int exitCode, const QString &problem) {
                         code = exitCode;
                         if (!problem.isEmpty())
                             giveUp(qUtf8Printable(problem));
                     });
    application.startMetering();
    walk.start();
    waitFor([&] { return code >= 0; }, 600'000);
    application.print();
    return 0;
}
