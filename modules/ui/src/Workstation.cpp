#include <ui/Workstation.h>

#include "Actions.h"
#include "ImportDrop.h"

#include <ui/ErrorSentences.h>
#include <ui/ReadingWindow.h>
#include <ui/StudyListWindow.h>

#include <session/ImportPresenter.h>
#include <session/ReadingPreferences.h>
#include <session/StudyKeeping.h>
#include <session/StudyListModel.h>
#include <session/StudyPreview.h>

#include <QtCore/QJsonArray>
#include <QtGui/QScreen>

#include <algorithm>

namespace negatoscope::ui {

/// A reading window with the presenter it shows. The window goes first.
struct Workstation::Reading
{
    Reading(session::Services services, session::Settings &settings, const session::Bindings &bindings)
        : presenter(services),
          preferences(presenter, settings),
          window(presenter, settings, bindings)
    {}

    session::ReadingPresenter presenter;
    session::ReadingPreferences preferences;
    ReadingWindow window;
};

namespace {

void raise(QWidget &window)
{
    if (window.isMinimized())
        window.showNormal();
    window.show();
    window.raise();
    window.activateWindow();
}

} // namespace

Workstation::Workstation(session::Services services, session::Settings &settings, QObject *parent)
    : QObject(parent),
      m_services(services),
      m_settings(settings),
      m_bindings(ui::bindables(), settings),
      m_studies(std::make_unique<session::StudyListModel>(services)),
      m_imports(std::make_unique<session::ImportPresenter>(services)),
      m_preview(std::make_unique<session::StudyPreview>(services)),
      m_keeping(std::make_unique<session::StudyKeeping>(services)),
      m_studyList(std::make_unique<StudyListWindow>(*m_studies, *m_imports, *m_preview, *m_keeping,
                                                    settings.places()))
{
    connect(m_studyList.get(), &StudyListWindow::openRequested, this,
            [this](const cache::StudyRecord &study, bool beside) { openStudy(study, beside); });
    connect(m_keeping.get(), &session::StudyKeeping::done, m_studies.get(),
            &session::StudyListModel::refresh);
}

Workstation::~Workstation() = default;

void Workstation::showStudyList()
{
    raise(*m_studyList);
}

ReadingWindow &Workstation::openStudy(const cache::StudyRecord &study, bool beside)
{
    Reading &reading = readingFor(beside);
    reading.presenter.openStudy(study.uid, study.patient);
    raise(reading.window);
    return reading.window;
}

ReadingWindow &Workstation::openStudy(const base::StudyUid &study, bool beside)
{
    Reading &reading = readingFor(beside);
    reading.presenter.openStudy(study);
    raise(reading.window);
    return reading.window;
}

void Workstation::importPaths(const QStringList &paths)
{
    m_imports->start(paths, session::ImportPresenter::Mode::Import);
}

Workstation::Reading &Workstation::readingFor(bool beside)
{
    if (!beside && !m_readings.empty())
        return *m_readings.front();
    m_readings.push_back(std::make_unique<Reading>(m_services, m_settings, m_bindings));
    Reading &reading = *m_readings.back();
    ReadingWindow *window = &reading.window;
    connect(window, &ReadingWindow::studyListRequested, this, &Workstation::showStudyList);
    connect(new ImportDrop(*window), &ImportDrop::dropped, this, &Workstation::importPaths);
    connect(window, &ReadingWindow::closed, this, [this, window] {
        // It is still inside its own event.
        QMetaObject::invokeMethod(
            this, [this, window] { close(window); }, Qt::QueuedConnection);
    });
    connect(&reading.presenter, &session::ReadingPresenter::openFailed, m_studyList.get(),
            [this](const base::Error &error) { m_studyList->showError(sentenceFor(error)); });
    return reading;
}

void Workstation::close(ReadingWindow *window)
{
    std::erase_if(m_readings,
                  [&](const auto &reading) { return &reading->window == window && !window->isVisible(); });
}

std::vector<ReadingWindow *> Workstation::readingWindows() const
{
    std::vector<ReadingWindow *> windows;
    for (const auto &reading : m_readings)
        windows.push_back(&reading->window);
    return windows;
}

QJsonObject Workstation::json() const
{
    QJsonArray windows;
    for (std::size_t i = 0; i < m_readings.size(); ++i) {
        QJsonObject window = m_readings[i]->presenter.json();
        window.insert(QStringLiteral("window"), static_cast<int>(i) + 1);
        window.insert(QStringLiteral("visible"), m_readings[i]->window.isVisible());
        window.insert(QStringLiteral("screen"), m_readings[i]->window.screen()->name());
        windows.append(window);
    }
    return {{QStringLiteral("studyList"),
             QJsonObject{{QStringLiteral("visible"), m_studyList->isVisible()},
                         {QStringLiteral("search"), m_studies->searchText()},
                         {QStringLiteral("listed"), m_studies->rowCount()},
                         {QStringLiteral("total"), m_studies->total()},
                         {QStringLiteral("deleted"), static_cast<int>(m_keeping->trash().size())}}},
            {QStringLiteral("windows"), windows}};
}

} // namespace negatoscope::ui
