#include <ui/Walkthrough.h>

#include <ui/ReadingWindow.h>
#include <ui/StudyListWindow.h>
#include <ui/ViewportWidget.h>
#include <ui/Workstation.h>

#include <session/ImportPresenter.h>
#include <session/StudyListModel.h>
#include <session/StudyPreview.h>
#include <session/StudySearch.h>
#include <session/TransferQueue.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QRegularExpression>
#include <QtCore/QTextStream>
#include <QtGui/QAction>
#include <QtGui/QMouseEvent>
#include <QtGui/QScreen>
#include <QtGui/QWheelEvent>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QTableView>

#include <algorithm>
#include <chrono>

namespace negatoscope::ui {

namespace {

using namespace std::chrono_literals;
using Content = session::ViewportState::Content;

constexpr auto kLimit = 60s;
constexpr int kWheelSteps = 12;

void wheel(QWidget &widget, int steps, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    const QPointF at = widget.rect().center();
    for (int i = 0; i < std::abs(steps); ++i) {
        QWheelEvent event(at, widget.mapToGlobal(at), {}, QPoint(0, steps > 0 ? 120 : -120), Qt::NoButton,
                          modifiers, Qt::NoScrollPhase, false);
        QCoreApplication::sendEvent(&widget, &event);
    }
}

void drag(QWidget &widget, Qt::MouseButton button, QPoint distance)
{
    const QPointF from = widget.rect().center(), to = from + QPointF(distance);
    const auto send = [&](QEvent::Type type, QPointF at, Qt::MouseButton cause, Qt::MouseButtons held) {
        QMouseEvent event(type, at, widget.mapToGlobal(at), cause, held, Qt::NoModifier);
        QCoreApplication::sendEvent(&widget, &event);
    };
    send(QEvent::MouseButtonPress, from, button, button);
    for (int part = 1; part <= 10; ++part)
        send(QEvent::MouseMove, from + (to - from) * part / 10.0, Qt::NoButton, button);
    send(QEvent::MouseButtonRelease, to, button, Qt::NoButton);
}

bool thumbnailsDrawn(const session::SeriesStripModel &strip)
{
    for (int row = 0; row < strip.rowCount(); ++row) {
        if (strip.seriesAt(row).displayable > 0 && strip.thumbnailAt(row) == nullptr &&
            strip.errorAt(row) == nullptr)
            return false;
    }
    return true;
}

/// What a reader would type to find the study: the beginning of its name, else of its id.
QString searchTermOf(const cache::StudyRecord &study)
{
    const std::string &text =
        study.patient.name.alphabetic.empty() ? study.patient.id : study.patient.name.alphabetic;
    static const QRegularExpression gaps(QStringLiteral("[\\^ ,-]"));
    return QString::fromStdString(text).section(gaps, 0, 0, QString::SectionSkipEmpty).toLower();
}

} // namespace

Walkthrough::Walkthrough(Workstation &workstation, QString folder, QObject *parent)
    : QObject(parent),
      m_workstation(workstation),
      m_folder(std::move(folder))
{
    m_limit.setSingleShot(true);
    m_limit.setInterval(kLimit);
    connect(&m_limit, &QTimer::timeout, this,
            [this] { end(1, tr("Step %1 did not come about in time.").arg(m_steps[m_at].name)); });
    planStudyList();
    planReading();
    planOtherStudies();
    planArchives();
}

void Walkthrough::start()
{
    if (!m_folder.isEmpty() && !QDir().mkpath(m_folder)) {
        end(1, tr("The folder for the pictures cannot be made."));
        return;
    }
    m_workstation.showStudyList();
    next();
}

// --- The steps ---

void Walkthrough::planStudyList()
{
    const auto list = [this]() -> QWidget * { return &m_workstation.studyListWindow(); };
    const auto listed = [this] {
        return !m_workstation.imports().isRunning() && !m_workstation.studies().isSearching() &&
               m_workstation.studies().rowCount() > 0;
    };
    const auto previewed = [this, listed] {
        auto &preview = m_workstation.preview();
        return listed() && preview.study() && preview.series().rowCount() > 0 &&
               m_workstation.studies().rowOf(preview.study()->uid) >= 0 && thumbnailsDrawn(preview.series());
    };
    m_steps.push_back({QStringLiteral("study-list"), [] { return true; }, previewed, list});
    m_steps.push_back({QStringLiteral("search"),
                       [this, list] {
                           const auto *study = studyWith({QStringLiteral("CT")});
                           auto *field = list()->findChild<QLineEdit *>(QStringLiteral("searchField"));
                           if (study == nullptr || field == nullptr)
                               return false;
                           for (const QChar letter : searchTermOf(*study))
                               field->insert(letter); // each letter searches, as when typing
                           return true;
                       },
                       previewed, list});
}

void Walkthrough::addReadingStep(const QString &name, std::function<bool()> act, std::function<bool()> ready)
{
    m_steps.push_back({name, [this, act = std::move(act)] { return reading() != nullptr && act(); },
                       [this, ready = std::move(ready)] { return picturesShown() && (!ready || ready()); },
                       [this]() -> QWidget * { return reading(); }});
}

/// One that opens a study, in a window that may not be there yet.
void Walkthrough::addOpeningStep(const QString &name, std::function<bool()> act, std::function<bool()> ready)
{
    addReadingStep(name, {}, std::move(ready));
    m_steps.back().act = std::move(act);
}

void Walkthrough::planReading()
{
    addOpeningStep(QStringLiteral("study-open"), [this] { return openStudy({QStringLiteral("CT")}); });
    addReadingStep(QStringLiteral("one-viewport"), [this] { return trigger(QStringLiteral("layout1x1")); });
    addReadingStep(
        QStringLiteral("scrolled"),
        [this] {
            const auto &state = activeViewport()->presenter()->state();
            m_expectedIndex = std::min(state.index + kWheelSteps, state.count - 1);
            wheel(*activeViewport(), -kWheelSteps);
            return true;
        },
        [this] { return activeViewport()->presenter()->state().index == m_expectedIndex; });
    addReadingStep(QStringLiteral("lung-window"), [this] { return trigger(QStringLiteral("preset2")); });
    addReadingStep(
        QStringLiteral("window-dragged"),
        [this] {
            const auto &window = activeViewport()->presenter()->state().window;
            m_before = window ? window->width : 0;
            drag(*activeViewport(), Qt::RightButton, {-80, 40});
            return true;
        },
        [this] {
            const auto &window = activeViewport()->presenter()->state().window;
            return window && window->width != m_before;
        });
    addReadingStep(
        QStringLiteral("zoomed"),
        [this] {
            m_before = activeViewport()->presenter()->state().transform.zoom();
            wheel(*activeViewport(), 5, Qt::ControlModifier);
            return true;
        },
        [this] { return activeViewport()->presenter()->state().transform.zoom() > m_before; });
    addReadingStep(QStringLiteral("reset"), [this] { return trigger(QStringLiteral("reset")); });
    addReadingStep(QStringLiteral("layout-2x2"), [this] { return trigger(QStringLiteral("layout2x2")); });
}

void Walkthrough::planOtherStudies()
{
    m_steps.push_back({QStringLiteral("all-studies"),
                       [this] {
                           auto *field = m_workstation.studyListWindow().findChild<QLineEdit *>(
                               QStringLiteral("searchField"));
                           field->clear();
                           return true;
                       },
                       [this] {
                           return m_workstation.studies().question().words.isEmpty() &&
                                  !m_workstation.studies().isSearching();
                       },
                       {}});
    addStudy(QStringLiteral("mr-series"), {QStringLiteral("MR")});
    addStudy(QStringLiteral("radiograph"),
             {QStringLiteral("CR"), QStringLiteral("DX"), QStringLiteral("RG")});
    addStudy(QStringLiteral("ultrasound"), {QStringLiteral("US")});
}

void Walkthrough::addStudy(const QString &name, const QStringList &modalities)
{
    addOpeningStep(name, [this, modalities] { return openStudy(modalities); });
}

// --- What there is ---

/// The study with most images among those of a modality.
const cache::StudyRecord *Walkthrough::studyWith(const QStringList &modalities) const
{
    const auto &studies = m_workstation.studies();
    const cache::StudyRecord *best = nullptr;
    for (int row = 0; row < studies.rowCount(); ++row) {
        const auto &study = studies.studyAt(row);
        const bool fits =
            std::any_of(study.modalities.begin(), study.modalities.end(), [&](const auto &modality) {
                return modalities.contains(QString::fromStdString(modality));
            });
        if (fits && (best == nullptr || study.instances > best->instances))
            best = &study;
    }
    return best;
}

/// As a reader does: the row is selected in the list and double-clicked. No keys: they go to the window that
/// the desktop holds active, which may be another.
bool Walkthrough::openStudy(const QStringList &modalities)
{
    const auto *study = studyWith(modalities);
    return study != nullptr && openListed(study->uid);
}

bool Walkthrough::openListed(const base::StudyUid &study)
{
    auto &list = m_workstation.studyListWindow();
    m_opened = study; // it may be a part of a page of the list, which may go
    if (!list.selectStudy(m_opened))
        return false;
    auto *table = list.findChild<QTableView *>(QStringLiteral("studyTable"));
    Q_EMIT table->doubleClicked(table->currentIndex());
    return true;
}

ReadingWindow *Walkthrough::reading() const
{
    const auto windows = m_workstation.readingWindows();
    return windows.empty() ? nullptr : windows.front();
}

ViewportWidget *Walkthrough::activeViewport() const
{
    return reading()->viewports().at(static_cast<std::size_t>(reading()->presenter().activeIndex()));
}

/// Every viewport with a series shows what was asked of it, or says why not.
bool Walkthrough::picturesShown() const
{
    if (reading() == nullptr)
        return false;
    auto &presenter = reading()->presenter();
    if (presenter.isOpening() || !presenter.study() || presenter.study()->uid != m_opened)
        return false;
    const auto shown = [](const auto &viewport) {
        const auto &state = viewport->state();
        return state.content == Content::Empty ||
               (state.content != Content::Waiting && !state.pending && state.countFinal);
    };
    if (!std::all_of(presenter.viewports().begin(), presenter.viewports().end(), shown))
        return false;
    return thumbnailsDrawn(presenter.strip());
}

bool Walkthrough::trigger(const QString &action) const
{
    auto *found = reading()->findChild<QAction *>(action);
    if (found == nullptr || !found->isEnabled())
        return false;
    found->trigger();
    return true;
}

// --- The walk ---

void Walkthrough::next()
{
    if (m_ended)
        return;
    if (m_at >= m_steps.size()) {
        end(0, {});
        return;
    }
    m_limit.start();
    m_acting = true;
    const bool possible = m_steps[m_at].act();
    m_acting = false;
    if (!possible) {
        QTextStream(stderr)
            << tr("Step %1 is left out: the studies here do not allow it.").arg(m_steps[m_at].name)
            << Qt::endl;
        ++m_at;
        m_acting = true; // what the step before still tells is not the next one's
        QMetaObject::invokeMethod(this, &Walkthrough::next, Qt::QueuedConnection);
        return;
    }
    watch();
    QMetaObject::invokeMethod(this, &Walkthrough::check, Qt::QueuedConnection);
}

/// Every sign of life is a reason to look again whether the step has come about.
void Walkthrough::watch()
{
    const auto on = [this](auto *sender, auto signal) {
        disconnect(sender, signal, this, nullptr);
        connect(sender, signal, this, &Walkthrough::check, Qt::QueuedConnection);
    };
    on(&m_workstation.studies(), &session::StudyListModel::refreshed);
    on(&m_workstation.imports(), &session::ImportPresenter::changed);
    on(&m_workstation.search(), &session::StudySearch::changed);
    on(&m_workstation.search(), &session::StudySearch::rowsMoved);
    on(&m_workstation.transfers(), &session::TransferQueue::changed);
    on(&m_workstation.preview(), &session::StudyPreview::changed);
    on(&m_workstation.preview().series(), &QAbstractItemModel::modelReset);
    on(&m_workstation.preview().series(), &QAbstractItemModel::dataChanged);
    for (ReadingWindow *window : m_workstation.readingWindows()) {
        on(&window->presenter(), &session::ReadingPresenter::changed);
        on(&window->presenter().strip(), &QAbstractItemModel::dataChanged);
        on(window->findChild<QListView *>(QStringLiteral("priorsList"))->model(),
           &QAbstractItemModel::modelReset);
        for (ViewportWidget *viewport : window->viewports())
            on(viewport, &ViewportWidget::painted);
    }
}

void Walkthrough::check()
{
    if (m_ended || m_acting || m_at >= m_steps.size())
        return;
    watch(); // windows and viewports may have come since
    const Step &step = m_steps[m_at];
    if (!step.ready())
        return;
    if (step.window && !m_folder.isEmpty() && !keep(step)) {
        end(1, tr("The picture of step %1 cannot be written.").arg(step.name));
        return;
    }
    ++m_at;
    next();
}

bool Walkthrough::keep(const Step &step)
{
    QWidget *window = step.window();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    // What is on screen is what the state says: another window may lie over it, a change may not have been
    // painted yet.
    window->raise();
    window->repaint();
    for (QWidget *part : window->findChildren<QWidget *>())
        if (part->isVisible())
            part->repaint();
    QPixmap picture;
    if (QScreen *screen = window->screen())
        picture = screen->grabWindow(window->winId());
    if (picture.isNull())
        picture = window->grab();
    const QString path = QDir(m_folder).filePath(
        QStringLiteral("%1-%2.png").arg(m_pictures.size() + 1, 2, 10, QLatin1Char('0')).arg(step.name));
    if (!picture.save(path))
        return false;
    m_pictures << path;
    QTextStream(stdout) << path << Qt::endl;
    return true;
}

void Walkthrough::end(int exitCode, const QString &problem)
{
    if (std::exchange(m_ended, true))
        return;
    m_limit.stop();
    if (!problem.isEmpty())
        QTextStream(stderr) << problem << Qt::endl;
    Q_EMIT finished(exitCode, problem);
}

} // namespace negatoscope::ui
