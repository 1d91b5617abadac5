// The part of StudyListWindow that knows places: this workstation, archives, worklists.
#include "Actions.h"
#include "ArchiveSearchPage.h"
#include "FoundStudyActs.h"
#include "FoundTable.h"
#include "NoticeBar.h"
#include "PlacesPanel.h"
#include "StudyActs.h"
#include "StudyFilterBar.h"
#include "StudyPreviewPanel.h"
#include "StudyTable.h"
#include "WorklistWindow.h"

#include <ui/ErrorSentences.h>
#include <ui/StudyListWindow.h>

#include <QtCore/QSettings>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QStackedWidget>

#include <chrono>

namespace negatoscope::ui {

namespace {

using Kind = session::SearchPlace::Kind;
constexpr auto kPlaceKey = QLatin1String("studyList/place");
constexpr auto kArchiveKey = QLatin1String("studyList/archive");

} // namespace

void StudyListWindow::connectPlaces()
{
    connect(m_filters, &StudyFilterBar::changed, this, [this] {
        const auto *worklist = m_saved.named(m_worklist);
        if (worklist != nullptr && worklist->question != m_filters->question())
            m_worklist.clear();
        takePlace();
        takeQuestion();
    });
    connect(m_filters, &StudyFilterBar::entered, this, [this] {
        if (isRemote())
            m_remote->enter();
    });
    connect(m_places, &PlacesPanel::placeChosen, this, [this](const session::SearchPlace &place) {
        m_worklist.clear();
        setPlace(place);
    });
    connect(m_places, &PlacesPanel::worklistChosen, this, &StudyListWindow::showWorklist);
    connect(m_places, &PlacesPanel::settingsRequested, this, &StudyListWindow::archiveSettingsRequested);
    connect(m_places, &PlacesPanel::saveRequested, this, [this] {
        saveWorklist({{}, m_place, m_filters->question(), 0});
    });
    connect(m_places, &PlacesPanel::changeRequested, this, [this](const QString &name) {
        if (const auto *worklist = m_saved.named(name))
            saveWorklist(*worklist);
    });
    connect(m_places, &PlacesPanel::removed, this, [this](const QString &name) {
        if (m_worklist == name)
            m_worklist.clear();
        takePlace();
        m_worklistNotice->showNotice(tr("Worklist %1 removed.").arg(name), tr("Undo"));
    });
    connect(m_worklistNotice, &NoticeBar::actionRequested, this, [this] {
        m_saved.undoRemove();
        m_worklistNotice->hide();
    });
    connect(m_remote, &ArchiveSearchPage::settingsRequested, this,
            &StudyListWindow::archiveSettingsRequested);
    connect(m_remote, &ArchiveSearchPage::countChanged, this, [this](const QString &text) {
        if (isRemote())
            m_count->setText(text);
    });
    connect(&m_searchModel, &session::StudySearch::changed, this, &StudyListWindow::takeSearch);
    connect(&m_remote->table(), &FoundTable::currentRowChanged, this, [this] {
        if (!isRemote())
            return;
        // Rows that come later do not make the panel blink.
        const auto *row = m_remote->table().current();
        const auto &found = m_panel->found();
        if (m_preview.study() && (row == nullptr || row->study.uid != m_preview.study()->uid))
            m_preview.setStudy(std::nullopt);
        if (found && (row == nullptr || row->study.uid != found->study.uid ||
                      row->study.patient != found->study.patient))
            m_panel->setFound(std::nullopt);
        m_previewTimer.start();
    });
    connect(&m_remote->table(), &FoundTable::textTyped, this, [this](const QString &text) {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->setText(m_search->text() + text);
    });
    connect(m_foundActs, &FoundStudyActs::openRequested, this, &StudyListWindow::openRequested);
    connect(m_foundActs, &FoundStudyActs::openInNewWindowRequested, this,
            &StudyListWindow::openInNewWindowRequested);
    connect(m_foundActs, &FoundStudyActs::openRemoteRequested, this, &StudyListWindow::openRemoteRequested);
    connect(m_foundActs, &FoundStudyActs::fetchRequested, this, &StudyListWindow::fetchRequested);
    m_actions->on(ActionId::SearchAgain, this, [this] {
        if (isRemote())
            m_remote->askAgain();
        else
            m_studies.refresh();
    });
    m_actions->on(ActionId::SaveSearch, this, [this] {
        saveWorklist({{}, m_place, m_filters->question(), 0});
    });
    connect(&m_schedule, &QTimer::timeout, this, [this] {
        if (isVisible() && isRemote() && m_remote->isAsked())
            m_remote->askAgain();
    });

    const auto kind = static_cast<Kind>(std::clamp(m_settings.value(kPlaceKey).toInt(), 0, 2));
    if (!m_archives.all().empty())
        m_place = {kind, kind == Kind::Archive ? m_settings.value(kArchiveKey).toString() : QString()};
    takePlace();
    takeQuestion();
}

void StudyListWindow::setPlace(const session::SearchPlace &place)
{
    m_place = place;
    m_settings.setValue(kPlaceKey, static_cast<int>(place.kind));
    m_settings.setValue(kArchiveKey, place.archive);
    takePlace();
    takeQuestion();
}

/// What the place changes: what is shown, whom the acts mean.
void StudyListWindow::takePlace()
{
    m_places->setCurrent(m_place, m_worklist);
    m_acts->setActive(!isRemote());
    m_foundActs->setActive(isRemote());
    for (const ActionId id : {ActionId::KeepStudy, ActionId::DoNotKeepStudy, ActionId::DeleteStudy,
                              ActionId::ExportStudy, ActionId::SendStudy, ActionId::ShowAsideFiles})
        (*m_actions)[id]->setEnabled(!isRemote());
    (*m_actions)[ActionId::FetchStudy]->setEnabled(isRemote());
    for (const ActionId id : {ActionId::OpenStudyBeside, ActionId::OpenStudyInNewWindow,
                              ActionId::CopyPatientId, ActionId::CopyAccession, ActionId::CopyStudyUid})
        (*m_actions)[id]->setEnabled(true);
    const auto *worklist = m_saved.named(m_worklist);
    if (worklist != nullptr && worklist->refreshMinutes > 0)
        m_schedule.start(std::chrono::minutes(worklist->refreshMinutes));
    else
        m_schedule.stop();
    if (isRemote()) {
        m_pages->setCurrentWidget(m_remote);
    } else {
        m_remote->leave();
        takeRefreshed();
    }
    m_previewTimer.start();
}

void StudyListWindow::takeQuestion()
{
    if (!isRemote())
        return m_studies.setQuestion(m_filters->question());
    m_remote->setQuestion(m_filters->question());
    m_remote->setPlace(m_place);
}

void StudyListWindow::showWorklist(const QString &name)
{
    const auto *found = m_saved.named(name);
    if (found == nullptr)
        return;
    const session::SavedSearch worklist = *found;
    m_place = worklist.place;
    m_filters->setQuestion(worklist.question);
    m_worklist = name;
    takePlace();
    takeQuestion();
    // The reader has said that this is to be asked, narrow or not.
    if (isRemote() && !m_remote->isAsked())
        m_remote->askNow();
}

void StudyListWindow::saveWorklist(session::SavedSearch search)
{
    auto *window = new WorklistWindow(m_saved, std::move(search), this);
    connect(window, &WorklistWindow::kept, this, &StudyListWindow::showWorklist);
    window->open();
}

void StudyListWindow::takeSearch()
{
    for (const session::AskedSource &source : m_searchModel.sources()) {
        if (source.archive.empty() || source.state == session::AskedSource::State::Asking)
            continue;
        const QString name = QString::fromStdString(source.archive);
        const bool failed = source.error && source.error->code() != base::ErrorCode::Cancelled;
        m_places->setTrouble(name, failed ? sentenceFor(*source.error, name) : QString());
    }
    if (!m_worklist.isEmpty() && isRemote() && !m_searchModel.isAsking() &&
        m_searchModel.answeredAt().isValid())
        m_places->setCount(m_worklist, m_searchModel.rowCount(), m_searchModel.answeredAt());
}

/// The panel shows the study under the cursor, once it rests.
void StudyListWindow::showCurrent()
{
    if (!isRemote()) {
        m_panel->setFound(std::nullopt);
        const auto *study = m_pages->currentWidget() == m_table ? m_table->current() : nullptr;
        m_preview.setStudy(study != nullptr ? std::optional(*study) : std::nullopt);
        return;
    }
    const auto *row = m_remote->table().current();
    m_preview.setStudy(row != nullptr ? row->local : std::nullopt);
    m_panel->setFound(row != nullptr && !row->local ? std::optional(*row) : std::nullopt);
}

QJsonObject StudyListWindow::json() const
{
    QJsonObject json{{QStringLiteral("visible"), isVisible()},
                     {QStringLiteral("place"), m_place.toJson()},
                     {QStringLiteral("worklist"), m_worklist},
                     {QStringLiteral("search"), m_filters->question().words},
                     {QStringLiteral("question"), m_filters->question().toJson()},
                     {QStringLiteral("listed"), isRemote() ? m_searchModel.rowCount() : m_studies.rowCount()},
                     {QStringLiteral("total"), m_studies.total()}};
    if (isRemote())
        json.insert(QStringLiteral("archives"), m_searchModel.json());
    return json;
}

} // namespace negatoscope::ui
