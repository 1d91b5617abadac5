#include "FoundStudyActs.h"

#include "Actions.h"
#include "FoundTable.h"
#include "NoticeBar.h"

#include <ui/Words.h>

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QMenu>

#include <algorithm>

namespace negatoscope::ui {

FoundStudyActs::FoundStudyActs(FoundTable &table, session::StudySearch &search, NoticeBar &notices,
                               Actions &actions, QWidget &window)
    : QObject(&window),
      m_table(table),
      m_search(search),
      m_notices(notices),
      m_actions(actions),
      m_menu(new QMenu(&window))
{
    m_menu->setObjectName(QStringLiteral("foundMenu"));
    on(ActionId::OpenStudy, &FoundStudyActs::openPlain);
    on(ActionId::OpenStudyBeside, &FoundStudyActs::openBeside);
    on(ActionId::OpenStudyInNewWindow, &FoundStudyActs::openInNewWindow);
    m_menu->addSeparator();
    on(ActionId::FetchStudy, &FoundStudyActs::fetch);
    m_menu->addSeparator();
    on(ActionId::CopyPatientId, &FoundStudyActs::copyPatientId);
    on(ActionId::CopyAccession, &FoundStudyActs::copyAccession);
    on(ActionId::CopyStudyUid, &FoundStudyActs::copyUid);
    connect(&table, &FoundTable::contextMenuRequested, this, &FoundStudyActs::showMenu);
    connect(&table, &FoundTable::openRequested, this, &FoundStudyActs::openPlain);
}

void FoundStudyActs::on(ActionId id, void (FoundStudyActs::*work)())
{
    m_menu->addAction(m_actions[id]);
    m_actions.on(id, this, [this, work] {
        if (m_active)
            (this->*work)();
    });
}

void FoundStudyActs::showMenu(QPoint globalPosition)
{
    const auto *row = m_table.current();
    const bool isHere = row != nullptr && row->local;
    m_actions[ActionId::OpenStudyBeside]->setEnabled(isHere);
    m_actions[ActionId::OpenStudyInNewWindow]->setEnabled(isHere);
    m_menu->popup(globalPosition);
}

/// From the first archive of the list that told of it.
std::optional<session::RequestedStudy> FoundStudyActs::requestOf(const session::FoundRow &row) const
{
    const auto first =
        std::min_element(row.archives.begin(), row.archives.end(),
                         [](const auto &one, const auto &other) { return one.archive < other.archive; });
    if (first == row.archives.end())
        return std::nullopt;
    return session::RequestedStudy::of(m_search.archivesOf(row).front(), row.asToldBy(*first));
}

void FoundStudyActs::open(bool beside)
{
    const auto *row = m_table.current();
    if (row == nullptr)
        return;
    const auto request = requestOf(*row);
    const bool whole = row->whereabouts() == session::Whereabouts::Here;
    if (row->local && (whole || beside || !request))
        Q_EMIT openRequested(*row->local, beside);
    else if (request)
        Q_EMIT openRemoteRequested(*request);
}

void FoundStudyActs::openPlain()
{
    open(false);
}

void FoundStudyActs::openBeside()
{
    open(true);
}

void FoundStudyActs::openInNewWindow()
{
    const auto *row = m_table.current();
    if (row != nullptr && row->local)
        Q_EMIT openInNewWindowRequested(*row->local);
    else if (row != nullptr)
        open(false);
}

void FoundStudyActs::fetch()
{
    int asked = 0;
    for (const session::FoundRow &row : m_table.chosen()) {
        const auto request = requestOf(row);
        if (!request || row.whereabouts() == session::Whereabouts::Here)
            continue;
        ++asked;
        Q_EMIT fetchRequested(*request);
    }
    m_notices.showNotice(asked > 0 ? tr("%n study(ies) will be fetched.", nullptr, asked)
                                   : tr("What is selected is here already."));
}

void FoundStudyActs::copy(const QString &text, const QString &notice)
{
    QGuiApplication::clipboard()->setText(text);
    m_notices.showNotice(notice);
}

void FoundStudyActs::copyPatientId()
{
    if (const auto *row = m_table.current())
        copy(words::text(row->study.patient.id), tr("Patient ID copied."));
}

void FoundStudyActs::copyAccession()
{
    if (const auto *row = m_table.current())
        copy(words::text(row->study.accession), tr("Accession number copied."));
}

void FoundStudyActs::copyUid()
{
    if (const auto *row = m_table.current())
        copy(QString::fromStdString(row->study.uid.value()), tr("Study Instance UID copied."));
}

} // namespace negatoscope::ui
