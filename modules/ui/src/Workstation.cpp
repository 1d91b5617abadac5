#include <ui/Workstation.h>

#include "Actions.h"
#include "CommandPalette.h"
#include "ExportWindow.h"
#include "HelpWindow.h"
#include "ImportDrop.h"
#include "ImportStrip.h"
#include "Profiles.h"
#include "ScreenSet.h"
#include "SettingsWindow.h"
#include "TransfersWindow.h"

#include <ui/ErrorSentences.h>
#include <ui/ReadingWindow.h>
#include <ui/StudyListWindow.h>
#include <ui/Theme.h>

#include <session/ImportPresenter.h>
#include <session/PriorsBeside.h>
#include <session/ReadingPreferences.h>
#include <session/SavedSearches.h>
#include <session/ScreenWatch.h>
#include <session/StudyKeeping.h>
#include <session/StudyListModel.h>
#include <session/StudyPreview.h>
#include <session/StudySearch.h>
#include <session/StudySending.h>
#include <session/TransferQueue.h>

#include <QtCore/QJsonArray>
#include <QtCore/QSettings>
#include <QtGui/QScreen>
#include <QtWidgets/QApplication>
#include <QtWidgets/QStatusBar>
#include <QtWidgets/QToolButton>

#include <algorithm>

namespace negatoscope::ui {

/// A reading window with the presenter it shows. The window goes first.
struct Workstation::Reading
{
    Reading(session::Services services, session::Settings &settings, const session::Bindings &bindings,
            session::TransferQueue &transfers, int number)
        : presenter(services),
          preferences(presenter, settings),
          priors(services, presenter, transfers, settings),
          window(presenter, settings, bindings, number)
    {}

    session::ReadingPresenter presenter;
    session::ReadingPreferences preferences;
    session::PriorsBeside priors;
    ReadingWindow window;
};

void Workstation::raise(QWidget &window)
{
    if (window.isMinimized())
        window.showNormal();
    window.show();
    window.raise();
    window.activateWindow();
}

Workstation::Workstation(session::Services services, session::Settings &settings, QObject *parent)
    : QObject(parent),
      m_settings(settings),
      m_presets(services.presets, settings),
      m_corners(settings),
      m_services{services.cache,      services.decoder,  services.frames,
                 m_presets.inForce(), services.archives, services.volumes},
      m_bindings(ui::bindables(), settings),
      m_transfers(std::make_unique<session::TransferQueue>(m_services, services.archives)),
      m_screenWatch(std::make_unique<session::ScreenWatch>(*m_transfers)),
      m_studies(std::make_unique<session::StudyListModel>(m_services)),
      m_search(std::make_unique<session::StudySearch>(m_services)),
      m_worklists(std::make_unique<session::SavedSearches>(settings)),
      m_imports(std::make_unique<session::ImportPresenter>(m_services)),
      m_preview(std::make_unique<session::StudyPreview>(m_services)),
      m_keeping(std::make_unique<session::StudyKeeping>(m_services)),
      m_sending(std::make_unique<session::StudySending>(m_services)),
      m_studyList(std::make_unique<StudyListWindow>(
          StudyListWindow::Presenters{*m_studies, *m_search, *m_worklists, services.archives, *m_imports,
                                      *m_preview, *m_keeping, *m_sending},
          m_bindings, settings.places()))
{
    connect(m_studyList.get(), &StudyListWindow::openRequested, this,
            [this](const cache::StudyRecord &study, bool beside) { openStudy(study, beside); });
    connect(m_studyList.get(), &StudyListWindow::openInNewWindowRequested, this,
            [this](const cache::StudyRecord &study) { openInNewWindow(study); });
    connect(m_studyList.get(), &StudyListWindow::archiveSettingsRequested, this,
            [this] { settingsWindow().showPage(SettingsWindow::Page::Archives); });
    connect(m_studyList.get(), &StudyListWindow::exportRequested, this, &Workstation::exportStudy);
    connect(m_studyList.get(), &StudyListWindow::openRemoteRequested, this,
            [this](const session::RequestedStudy &study) { openRemote(study); });
    connect(m_studyList.get(), &StudyListWindow::fetchRequested, this, &Workstation::fetch);
    connect(m_keeping.get(), &session::StudyKeeping::done, this, &Workstation::refreshStudies);
    connect(&settings, &session::Settings::changed, this, &Workstation::takeLook);
    connect(&m_presets, &session::PresetChoices::changed, this, [this] {
        for (const auto &reading : m_readings)
            reading->window.updatePresets();
    });
    connect(&m_corners, &session::CornerChoices::changed, this, [this] {
        for (const auto &reading : m_readings)
            reading->presenter.setCornerLayouts(m_corners.layouts());
    });
    addToStudyList();
    addTransferStrip(*m_studyList, nullptr);
}

Workstation::~Workstation() = default;

ReadingWindow &Workstation::readingWindow()
{
    return current().window;
}

void Workstation::refreshStudies()
{
    m_studies->refresh();
    m_search->refreshLocal();
    for (const auto &reading : m_readings) {
        reading->presenter.refresh();
        reading->priors.refresh();
    }
}

void Workstation::showStudyList()
{
    raise(*m_studyList);
}

ReadingWindow &Workstation::openStudy(const cache::StudyRecord &study, bool beside)
{
    Reading &reading = current();
    if (beside)
        reading.presenter.openBeside(study.uid, study.patient);
    else
        reading.presenter.openStudy(study.uid, study.patient);
    raise(reading.window);
    return reading.window;
}

ReadingWindow &Workstation::openStudy(const base::StudyUid &study, bool beside)
{
    Reading &reading = current();
    if (beside)
        reading.presenter.openBeside(study);
    else
        reading.presenter.openStudy(study);
    raise(reading.window);
    return reading.window;
}

ReadingWindow &Workstation::openWindow()
{
    Reading &reading = addReading();
    raise(reading.window);
    return reading.window;
}

ReadingWindow &Workstation::openInNewWindow(const cache::StudyRecord &study)
{
    ReadingWindow &window = openWindow();
    window.presenter().openStudy(study.uid, study.patient);
    return window;
}

// --- Export ---

void Workstation::exportStudy(const cache::StudyRecord &study)
{
    const Leaving leaving{session::ReadingPresenter::CornerText::Full, false, m_corners.layouts()};
    (new ExportWindow(m_services, {study, {}, {}, {}, leaving}, m_settings.places(), m_studyList.get()))
        ->show();
}

void Workstation::exportFrom(ReadingWindow &window)
{
    const auto *active = window.presenter().active();
    const auto &study = active != nullptr && active->study() ? active->study() : window.presenter().study();
    if (!study)
        return;
    ExportWindow::Source source{
        *study, {}, {}, {}, {window.presenter().cornerText(), false, window.presenter().cornerLayouts()}};
    if (active != nullptr && active->series()) {
        source.series = active->series();
        source.viewing = active->viewing();
        if (active->state().frame)
            source.image = active->state().frame->key;
    }
    (new ExportWindow(m_services, std::move(source), m_settings.places(), &window))->show();
}

// --- Settings, help, commands ---

void Workstation::addToStudyList()
{
    Actions &actions = m_studyList->actions();
    actions.on(ActionId::Commands, this, [this] { showCommands(*m_studyList); });
    actions.on(ActionId::Settings, this, [this] { showSettings(); });
    actions.on(ActionId::Help, this, [this] { showHelp(); });
    actions.on(ActionId::NewWindow, this, [this] { openWindow(); });
    actions.on(ActionId::ShowTransfers, this, [this] { showTransfers(); });
    for (const ActionId id : {ActionId::Commands, ActionId::Settings, ActionId::Help}) {
        QAction *action = actions[id];
        auto *button = new QToolButton(m_studyList.get());
        button->setDefaultAction(action);
        button->setObjectName(action->objectName() + QLatin1String("Button"));
        button->setAccessibleName(action->text());
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        m_studyList->statusBar()->addPermanentWidget(button);
    }
}

void Workstation::takeLook(session::Setting setting)
{
    using session::Setting;
    if (setting == Setting::Theme || setting == Setting::Density || setting == Setting::TextSize)
        applyLook(*qApp, lookFrom(m_settings));
}

SettingsWindow &Workstation::settingsWindow()
{
    if (!m_settingsWindow)
        m_settingsWindow = std::make_unique<SettingsWindow>(m_settings, m_bindings, m_presets, m_corners,
                                                            m_services.archives);
    return *m_settingsWindow;
}

HelpWindow &Workstation::helpWindow()
{
    if (!m_helpWindow)
        m_helpWindow = std::make_unique<HelpWindow>(m_settings, m_bindings);
    return *m_helpWindow;
}

void Workstation::showSettings()
{
    settingsWindow().showPage(SettingsWindow::Page::General);
}

void Workstation::showHelp()
{
    helpWindow().showPage(HelpWindow::Page::Studies);
}

void Workstation::showCommands(QWidget &window)
{
    std::vector<Command> commands;
    if (const auto *reading = qobject_cast<const ReadingWindow *>(&window))
        commands = reading->commands();
    else
        commands = m_studyList->commands();
    for (int at = 0; at <= static_cast<int>(SettingsWindow::kLastPage); ++at) {
        const auto page = static_cast<SettingsWindow::Page>(at);
        commands.push_back(
            {tr("Settings", "kind of command"), SettingsWindow::titleOf(page), {}, {}, [this, page] {
                 settingsWindow().showPage(page);
             }});
    }
    commands.push_back(
        {tr("Help", "kind of command"), tr("About Negatoscope"), QStringLiteral("About"), {}, [this] {
             helpWindow().showPage(HelpWindow::Page::About);
         }});
    commands.push_back(
        {tr("Help", "kind of command"), tr("Keys and mouse"), QStringLiteral("Keys and mouse"), {}, [this] {
             helpWindow().showPage(HelpWindow::Page::Hands);
         }});
    new CommandPalette(window, std::move(commands)); // it closes itself
}

void Workstation::importPaths(const QStringList &paths)
{
    m_imports->start(paths, session::ImportPresenter::Mode::Import);
}

/// How far it is stands where it was asked for.
void Workstation::importFrom(ReadingWindow &window, const QStringList &paths)
{
    if (auto *strip = window.showImports(*m_imports))
        connect(strip, &ImportStrip::refusedFilesRequested, m_studyList.get(),
                [this, &window] { m_studyList->showRefusedFiles(&window); });
    importPaths(paths);
}

Workstation::Reading &Workstation::current()
{
    if (m_readings.empty())
        return addReading();
    return m_current != nullptr ? *m_current : *m_readings.front();
}

/// Where the reader had it; else it fills the screen after that of the last one, the first of them after that
/// of the study list.
void Workstation::place(ReadingWindow &window, const QWidget &last)
{
    QScreen *next = nextScreen(last);
    if (window.hasPlace() || next == nullptr || next == last.screen())
        return;
    moveToScreen(window, *next);
    window.setGeometry(next->availableGeometry());
    window.setWindowState(window.windowState() | Qt::WindowMaximized);
}

Workstation::Reading &Workstation::addReading()
{
    const QWidget &last = m_readings.empty() ? static_cast<QWidget &>(*m_studyList) : current().window;
    // The lowest free number: a window that was closed and is opened again has its old place.
    int number = 1;
    const auto taken = [&](const auto &reading) { return reading->window.number() == number; };
    while (std::any_of(m_readings.begin(), m_readings.end(), taken))
        ++number;
    m_readings.push_back(std::make_unique<Reading>(m_services, m_settings, m_bindings, *m_transfers, number));
    Reading &reading = *m_readings.back();
    ReadingWindow *window = &reading.window;
    place(*window, last);
    m_current = &reading;
    window->showPriors(reading.priors.presenter());
    connect(window, &ReadingWindow::priorChosen, &reading.priors, &session::PriorsBeside::open);
    connect(window, &ReadingWindow::bestPriorRequested, &reading.priors, &session::PriorsBeside::openBest);
    connect(window, &ReadingWindow::studyListRequested, this, &Workstation::showStudyList);
    connect(new ImportDrop(*window), &ImportDrop::dropped, this,
            [this, window](const QStringList &paths) { importFrom(*window, paths); });
    connect(window, &ReadingWindow::exportRequested, this, [this, window] { exportFrom(*window); });
    connect(window, &ReadingWindow::commandsRequested, this, [this, window] { showCommands(*window); });
    connect(window, &ReadingWindow::settingsRequested, this, &Workstation::showSettings);
    connect(window, &ReadingWindow::helpRequested, this, &Workstation::showHelp);
    connect(window, &ReadingWindow::transfersRequested, this, &Workstation::showTransfers);
    connect(window, &ReadingWindow::newWindowRequested, this, [this] { openWindow(); });
    connect(window, &ReadingWindow::activated, this, [this, &reading] { m_current = &reading; });
    connect(window, &ReadingWindow::closed, this, [this, window] {
        // It is still inside its own event.
        QMetaObject::invokeMethod(
            this, [this, window] { close(window); }, Qt::QueuedConnection);
    });
    reading.presenter.setCornerLayouts(m_corners.layouts());
    reading.presenter.setElsewhere([this, &reading] { return studiesElsewhere(reading); }, &m_pairs);
    connect(&reading.presenter, &session::ReadingPresenter::othersToClose, this,
            [this, &reading] { closeOthers(reading); });
    connect(&reading.presenter, &session::ReadingPresenter::changed, this, &Workstation::tellPersons);
    connect(&reading.presenter, &session::ReadingPresenter::openFailed, m_studyList.get(),
            [this](const base::Error &error) { m_studyList->showError(sentenceFor(error)); });
    m_screenWatch->add(reading.presenter);
    addTransferStrip(*window, &reading.presenter);
    return reading;
}

void Workstation::close(ReadingWindow *window)
{
    const auto closed = [&](const auto &reading) {
        return &reading->window == window && !window->isVisible();
    };
    if (m_current != nullptr && &m_current->window == window)
        m_current = nullptr;
    std::erase_if(m_readings, closed);
    tellPersons();
}

// --- Persons on several windows ---

std::vector<session::StudyElsewhere> Workstation::studiesElsewhere(const Reading &asking) const
{
    std::vector<session::StudyElsewhere> studies;
    for (const auto &reading : m_readings) {
        if (reading.get() == &asking || !reading->window.isVisible())
            continue;
        for (auto &study : reading->presenter.studies())
            studies.push_back({reading->window.number(), std::move(study)});
    }
    return studies;
}

void Workstation::closeOthers(const Reading &asking)
{
    for (const auto &reading : m_readings)
        if (reading.get() != &asking)
            reading->presenter.closeStudy();
}

void Workstation::tellPersons()
{
    for (const auto &reading : m_readings)
        reading->window.takePersons();
}

std::vector<ReadingWindow *> Workstation::readingWindows() const
{
    std::vector<ReadingWindow *> windows;
    for (const auto &reading : m_readings)
        windows.push_back(&reading->window);
    return windows;
}

QJsonObject Workstation::choicesJson() const
{
    return {{QStringLiteral("theme"), m_settings.text(session::Setting::Theme)},
            {QStringLiteral("language"), QLocale().name()},
            {QStringLiteral("keyProfile"), profileInUse(m_bindings)}};
}

QJsonObject Workstation::json() const
{
    QJsonArray windows;
    for (std::size_t i = 0; i < m_readings.size(); ++i) {
        QJsonObject window = m_readings[i]->window.json();
        window.insert(QStringLiteral("window"), m_readings[i]->window.number());
        window.insert(QStringLiteral("visible"), m_readings[i]->window.isVisible());
        window.insert(QStringLiteral("screen"), m_readings[i]->window.screen()->name());
        windows.append(window);
    }
    QJsonObject list = m_studyList->json();
    list.insert(QStringLiteral("deleted"), static_cast<int>(m_keeping->trash().size()));
    return {{QStringLiteral("settings"), choicesJson()},
            {QStringLiteral("studyList"), list},
            {QStringLiteral("transfers"), transfersJson()},
            {QStringLiteral("windows"), windows}};
}

} // namespace negatoscope::ui
