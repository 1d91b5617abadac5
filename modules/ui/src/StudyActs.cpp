#include "StudyActs.h"

#include "Actions.h"
#include "NoticeBar.h"
#include "StudyTable.h"

#include <ui/ErrorSentences.h>
#include <ui/Words.h>

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QMenu>
#include <QtWidgets/QToolButton>

namespace negatoscope::ui {

namespace {

using Outcome = session::StudyKeeping::Outcome;
using Act = session::StudyKeeping::Act;

QString nameOf(const cache::StudyRecord &study)
{
    const QString name = words::text(study.patient.name.display());
    return name.isEmpty() ? StudyActs::tr("no patient name") : name;
}

QString sentenceOf(const Outcome &outcome)
{
    const int count = static_cast<int>(outcome.studies.size());
    const QString name = count == 1 ? nameOf(outcome.studies.front()) : QString();
    switch (outcome.act) {
    case Act::Delete:
        return count == 1 ? StudyActs::tr("Study of %1 deleted.").arg(name)
                          : StudyActs::tr("%n studies deleted.", nullptr, count);
    case Act::Restore:
        return count == 1 ? StudyActs::tr("Study of %1 is back.").arg(name)
                          : StudyActs::tr("%n studies are back.", nullptr, count);
    case Act::Keep:
        return count == 1 ? StudyActs::tr("Study of %1 is kept: it is never removed to make room.").arg(name)
                          : StudyActs::tr("%n studies are kept: never removed to make room.", nullptr, count);
    case Act::DoNotKeep:
        return count == 1 ? StudyActs::tr("Study of %1 may be removed again to make room.").arg(name)
                          : StudyActs::tr("%n studies may be removed again to make room.", nullptr, count);
    }
    return {};
}

QString failureOf(const Outcome &outcome)
{
    using base::ErrorCode;
    const bool deleting = outcome.act == Act::Delete;
    if (deleting && outcome.error->code() == ErrorCode::Busy)
        return StudyActs::tr(
            "A study that is open in a reading window cannot be deleted: close it there first. "
            "Nothing was deleted.");
    if (!deleting && outcome.act != Act::Restore && outcome.error->code() == ErrorCode::NotFound &&
        !outcome.studies.empty())
        return StudyActs::tr("Only studies in the local cache can be kept: import the study first.");
    return sentenceFor(*outcome.error);
}

} // namespace

StudyActs::StudyActs(StudyTable &table, session::StudyKeeping &keeping, const session::Archives &archives,
                     NoticeBar &notices, Actions &actions, QWidget &window)
    : QObject(&window),
      m_table(table),
      m_keeping(keeping),
      m_archives(archives),
      m_notices(notices),
      m_actions(actions),
      m_menu(new QMenu(&window)),
      m_trash(new QToolButton(&window)),
      m_trashMenu(new QMenu(&window))
{
    m_menu->setObjectName(QStringLiteral("studyMenu"));
    add(ActionId::OpenStudy, &StudyActs::open);
    add(ActionId::OpenStudyBeside, &StudyActs::openBeside);
    add(ActionId::OpenStudyInNewWindow, &StudyActs::openInNewWindow);
    m_menu->addSeparator();
    add(ActionId::KeepStudy, &StudyActs::keep);
    add(ActionId::DoNotKeepStudy, &StudyActs::doNotKeep);
    add(ActionId::DeleteStudy, &StudyActs::deleteStudies);
    m_menu->addSeparator();
    add(ActionId::ExportStudy, &StudyActs::exportStudy);
    add(ActionId::SendStudy, &StudyActs::sendStudies);
    m_menu->addSeparator();
    add(ActionId::ShowAsideFiles, &StudyActs::showAside);
    add(ActionId::ShowRefusedFiles, &StudyActs::showRefused);
    m_menu->addSeparator();
    add(ActionId::CopyPatientId, &StudyActs::copyPatientId);
    add(ActionId::CopyAccession, &StudyActs::copyAccession);
    add(ActionId::CopyStudyUid, &StudyActs::copyUid);
    // Not in the menu: nothing needs to be selected.
    actions.on(ActionId::UndoDelete, this, [this] { undo(); });

    m_trash->setObjectName(QStringLiteral("trashButton"));
    m_trash->setToolTip(tr("Deleted studies can be brought back for 24 hours. After that their files are "
                           "removed at the next start, or sooner if the disk needs the room."));
    m_trash->setPopupMode(QToolButton::InstantPopup);
    m_trash->setAutoRaise(true);
    m_trash->setFocusPolicy(Qt::TabFocus);
    m_trashMenu->setObjectName(QStringLiteral("trashMenu"));
    m_trash->setMenu(m_trashMenu);
    m_trash->hide();

    connect(&table, &StudyTable::contextMenuRequested, this, &StudyActs::showMenu);
    connect(&notices, &NoticeBar::actionRequested, this, &StudyActs::undo);
    connect(&keeping, &session::StudyKeeping::done, this, &StudyActs::take);
    connect(&keeping, &session::StudyKeeping::changed, this, &StudyActs::takeTrash);
    connect(&keeping, &session::StudyKeeping::asideRead, this,
            [this](const cache::StudyRecord &study, const std::vector<cache::AsideRecord> &files) {
                if (files.empty())
                    m_notices.showNotice(tr("No file of the study of %1 was kept aside.").arg(nameOf(study)));
                else
                    Q_EMIT asideFilesRequested(study, files);
            });
    takeTrash();
}

void StudyActs::add(ActionId id, void (StudyActs::*work)())
{
    QAction *action = m_actions[id];
    action->setShortcutVisibleInContextMenu(true);
    m_menu->addAction(action);
    m_actions.on(id, this, [this, work] {
        if (m_active)
            (this->*work)();
    });
}

void StudyActs::showMenu(QPoint globalPosition)
{
    const auto *study = m_table.current();
    const bool several = m_table.chosen().size() > 1;
    m_actions[ActionId::KeepStudy]->setVisible(several || (study != nullptr && !study->pinned));
    m_actions[ActionId::DoNotKeepStudy]->setVisible(several || (study != nullptr && study->pinned));
    for (const ActionId id : {ActionId::CopyPatientId, ActionId::CopyAccession, ActionId::CopyStudyUid,
                              ActionId::ShowAsideFiles, ActionId::ExportStudy})
        m_actions[id]->setEnabled(study != nullptr);
    m_menu->popup(globalPosition);
}

void StudyActs::open()
{
    Q_EMIT openRequested(false);
}

void StudyActs::openBeside()
{
    Q_EMIT openRequested(true);
}

void StudyActs::openInNewWindow()
{
    Q_EMIT openInNewWindowRequested();
}

void StudyActs::exportStudy()
{
    if (const auto *study = m_table.current())
        Q_EMIT exportRequested(*study);
}

/// Where to, is asked by a menu.
void StudyActs::sendStudies()
{
    std::vector<base::StudyUid> studies;
    for (const auto &chosen : m_table.chosen())
        if (!chosen.uid.value().empty())
            studies.push_back(chosen.uid);
    if (studies.empty())
        return;
    auto *menu = new QMenu(&m_table);
    menu->setObjectName(QStringLiteral("sendMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addSection(tr("Send %n study(ies) to", nullptr, static_cast<int>(studies.size())));
    for (const archive::Settings &one : m_archives.all())
        connect(menu->addAction(QString::fromStdString(one.name)), &QAction::triggered, this,
                [this, name = one.name, studies] { Q_EMIT sendRequested(name, studies); });
    if (m_archives.all().empty())
        connect(menu->addAction(tr("Add an archive…")), &QAction::triggered, this,
                &StudyActs::archiveSettingsRequested);
    menu->popup(m_table.viewport()->mapToGlobal(m_table.visualRect(m_table.currentIndex()).center()));
}

void StudyActs::keep()
{
    m_keeping.setKept(m_table.chosen(), true);
}

void StudyActs::doNotKeep()
{
    m_keeping.setKept(m_table.chosen(), false);
}

void StudyActs::deleteStudies()
{
    m_keeping.deleteStudies(m_table.chosen());
}

void StudyActs::undo()
{
    m_keeping.undoDelete();
}

void StudyActs::showRefused()
{
    Q_EMIT refusedFilesRequested();
}

void StudyActs::showAside()
{
    if (const auto *study = m_table.current())
        m_keeping.readAside(*study);
}

void StudyActs::copy(const QString &text, const QString &notice)
{
    QGuiApplication::clipboard()->setText(text);
    m_notices.showNotice(notice);
}

void StudyActs::copyPatientId()
{
    if (const auto *study = m_table.current())
        copy(words::text(study->patient.id), tr("Patient ID copied."));
}

void StudyActs::copyAccession()
{
    if (const auto *study = m_table.current())
        copy(words::text(study->accession), tr("Accession number copied."));
}

void StudyActs::copyUid()
{
    if (const auto *study = m_table.current())
        copy(QString::fromStdString(study->uid.value()), tr("Study Instance UID copied."));
}

void StudyActs::take(const Outcome &outcome)
{
    if (outcome.error) {
        Q_EMIT failed(failureOf(outcome));
        return;
    }
    Q_EMIT failed({}); // what was said before is no longer so
    m_notices.showNotice(sentenceOf(outcome),
                         outcome.act == Act::Delete
                             ? tooltipOf(tr("Undo"), m_actions[ActionId::UndoDelete]->shortcuts())
                             : QString());
}

void StudyActs::takeTrash()
{
    m_trashMenu->clear();
    constexpr int kMostListed = 30;
    for (const auto &one : m_keeping.trash()) {
        if (m_trashMenu->actions().size() == kMostListed)
            break;
        const auto &study = one.study;
        QStringList parts{nameOf(study), words::dateText(words::text(study.studyDate)),
                          words::text(study.description)};
        parts.removeAll(QString());
        auto *action = m_trashMenu->addAction(tr("Bring back: %1").arg(parts.join(QStringLiteral("  "))));
        connect(action, &QAction::triggered, this, [this, uid = study.uid] { m_keeping.restore({uid}); });
    }
    const int count = static_cast<int>(m_keeping.trash().size());
    m_trash->setText(tr("%n deleted", nullptr, count));
    m_trash->setVisible(count > 0);
}

} // namespace negatoscope::ui
