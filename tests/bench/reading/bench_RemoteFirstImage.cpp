// A study of many slices that is only in an archive (Orthanc), from the wish to open it to its first image
// painted, against one instance of it retrieved by hand: getscu (with TCP_NODELAY) and curl.
//   bench_RemoteFirstImage [slices] [rounds]

#include "ArchiveFixture.h"
#include "Measure.h"
#include "OrthancServer.h"
#include "Phantom.h"

#include <session/Archives.h>
#include <session/Settings.h>
#include <session/TransferQueue.h>
#include <ui/ReadingWindow.h>
#include <ui/Theme.h>
#include <ui/ViewportWidget.h>
#include <ui/Workstation.h>

#include <QtCore/QDir>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtWidgets/QApplication>

using namespace negatoscope;
using namespace negatoscope::bench;
using Content = session::ViewportState::Content;

namespace {

struct Instance
{
    QString study, series, uid;
};

/// Sends a phantom to the archive and names one instance of it.
Instance fill(test::OrthancServer &orthanc, const QString &folder, session::RequestedStudy &study)
{
    const auto archive = archive::connectTo(test::settingsFor(orthanc.title, orthanc.port));
    if (!archive)
        giveUp("The archive cannot be reached.");
    std::vector<archive::Outgoing> files;
    for (const QString &name : QDir(folder).entryList(QDir::Files))
        files.push_back(test::outgoing(folder + u'/' + name));
    std::vector<archive::StoreResult> results;
    if (!(*archive)->store(files, results, {}, {}))
        giveUp("The phantom could not be sent.");
    (void)(*archive)->findStudies({},
                                  [&](std::vector<archive::FoundStudy> found) {
                                      study = session::RequestedStudy::of("A", found.at(0));
                                  },
                                  {});
    const auto all = (*archive)->listInstances(study.uid, {}, {});
    if (!all || all->empty())
        giveUp("The archive does not list the phantom.");
    const auto &one = all->at(all->size() / 2);
    return {QString::fromStdString(study.uid.value()), QString::fromStdString(one.series.value()),
            QString::fromStdString(one.uid.value())};
}

double run(const QString &program, const QStringList &words)
{
    QProcess process;
    auto environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("TCP_NODELAY"), QStringLiteral("1"));
    process.setProcessEnvironment(environment);
    QElapsedTimer timer;
    timer.start();
    process.start(program, words);
    if (!process.waitForFinished(kLimitMs) || process.exitCode() != 0)
        giveUp("The yardstick failed.");
    return milliseconds(timer);
}

double openRemote(const QString &folder, const archive::Settings &settings,
                  const session::RequestedStudy &study)
{
    QDir().mkpath(folder);
    app::Backend::Options options{folder + QStringLiteral("/cache"), std::size_t(512) << 20, 0,
                                  QStringLiteral(NEGATOSCOPE_WORKER)};
    options.configFolder = folder;
    auto backend = app::Backend::start(options);
    if (!backend || !(*backend)->archives().add(settings))
        giveUp("The engine did not start.");
    session::Settings choices(folder + QStringLiteral("/settings.ini"));
    double first = 0;
    {
        ui::Workstation workstation((*backend)->services(), choices);
        (*backend)->cache().setChangedHandler([&workstation] {
            QMetaObject::invokeMethod(&workstation, &ui::Workstation::refreshStudies, Qt::QueuedConnection);
        });
        auto &window = workstation.openWindow();
        if (!QTest::qWaitForWindowExposed(&window))
            giveUp("The window did not come.");
        QElapsedTimer timer;
        timer.start();
        workstation.openRemote(study);
        bool isPainted = false;
        QObject::connect(window.viewports().front(), &ui::ViewportWidget::painted, &window, [&] {
            isPainted = isPainted || window.presenter().active()->state().content == Content::Picture;
        });
        waitFor([&] { return isPainted; });
        first = milliseconds(timer);
        (*backend)->cache().setChangedHandler({});
    }
    return first;
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    ui::initialiseResources();
    const int slices = argc > 1 ? std::atoi(argv[1]) : 1000;
    const int rounds = argc > 2 ? std::atoi(argv[2]) : 7;
    QTemporaryDir folder;
    test::OrthancServer orthanc;
    orthanc.addWeb();
    if (!orthanc.start() || !test::makePhantom(folder.filePath(QStringLiteral("study")), slices,
                                               {QStringLiteral("--size"), QStringLiteral("512")}))
        return 3;
    session::RequestedStudy study;
    const Instance one = fill(orthanc, folder.filePath(QStringLiteral("study")), study);
    auto dimse = test::settingsFor(orthanc.title, orthanc.port);
    auto web = test::webSettingsFor(orthanc.httpPort);
    for (archive::Settings *settings : {&dimse, &web}) {
        settings->name = "A";
        settings->associations = 3;
    }
    const QString received = folder.filePath(QStringLiteral("received"));
    QDir().mkpath(received);
    const QStringList getscu{QStringLiteral("-S"),
                             QStringLiteral("-aec"),
                             orthanc.title,
                             QStringLiteral("-od"),
                             received,
                             QStringLiteral("-k"),
                             QStringLiteral("0008,0052=IMAGE"),
                             QStringLiteral("-k"),
                             QStringLiteral("0020,000d=") + one.study,
                             QStringLiteral("-k"),
                             QStringLiteral("0020,000e=") + one.series,
                             QStringLiteral("-k"),
                             QStringLiteral("0008,0018=") + one.uid,
                             QStringLiteral("127.0.0.1"),
                             QString::number(orthanc.port)};
    const QStringList curl{QStringLiteral("-s"), QStringLiteral("-f"), QStringLiteral("-o"),
                           received + QStringLiteral("/part"),
                           QStringLiteral("http://127.0.0.1:%1/dicom-web/studies/%2/series/%3/instances/%4")
                               .arg(orthanc.httpPort)
                               .arg(one.study, one.series, one.uid)};
    std::vector<double> byGet, byWeb, getscuMs, curlMs;
    for (int round = 0; round < rounds; ++round) {
        getscuMs.push_back(run(QStringLiteral("getscu"), getscu));
        byGet.push_back(openRemote(folder.filePath(QStringLiteral("get%1").arg(round)), dimse, study));
        curlMs.push_back(run(QStringLiteral("curl"), curl));
        byWeb.push_back(openRemote(folder.filePath(QStringLiteral("web%1").arg(round)), web, study));
    }
    std::printf("%d slices, medians of %d rounds\n", slices, rounds);
    report("first image on screen, C-GET", median(byGet), median(getscuMs), "ms", "2.0 and 300 ms");
    report("first image on screen, WADO-RS", median(byWeb), median(curlMs), "ms", "2.0 and 300 ms");
    return 0;
}
