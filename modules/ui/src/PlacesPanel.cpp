#include "PlacesPanel.h"

#include <session/Archives.h>

#include <ui/IconSet.h>
#include <ui/Theme.h>

#include <QtCore/QLocale>
#include <QtCore/QSignalBlocker>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTreeWidget>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace negatoscope::ui {

namespace {

using Kind = session::SearchPlace::Kind;

constexpr int kLeastWidth = 150;

enum Role { KindRole = Qt::UserRole, NameRole };
enum ItemKind { PlaceItem, ArchiveItem, WorklistItem };

} // namespace

PlacesPanel::PlacesPanel(const session::Archives &archives, session::SavedSearches &saved, QWidget *parent)
    : QWidget(parent),
      m_archives(archives),
      m_saved(saved),
      m_tree(new QTreeWidget(this)),
      m_addArchive(new QPushButton(tr("Archives…"), this))
{
    setObjectName(QStringLiteral("placesPanel"));
    setProperty("role", QStringLiteral("panel"));
    setAttribute(Qt::WA_StyledBackground);
    m_tree->setObjectName(QStringLiteral("places"));
    m_tree->setAccessibleName(tr("Where to look"));
    m_tree->setProperty("role", QStringLiteral("places"));
    m_tree->setColumnCount(2);
    m_tree->setHeaderHidden(true);
    m_tree->setRootIsDecorated(false);
    m_tree->setIndentation(0);
    m_tree->setIconSize({16, 16});
    m_tree->header()->setStretchLastSection(false);
    m_tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_tree->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_tree->header()->setMinimumSectionSize(8);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_addArchive->setObjectName(QStringLiteral("placesArchives"));
    m_addArchive->setToolTip(tr("The settings of the archives: add, change, test"));
    m_addArchive->setFocusPolicy(Qt::TabFocus);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 4, 0, 8);
    column->setSpacing(4);
    column->addWidget(m_tree, 1);
    auto *buttons = new QVBoxLayout;
    buttons->setContentsMargins(8, 0, 8, 0);
    buttons->addWidget(m_addArchive);
    column->addLayout(buttons);

    connect(m_tree, &QTreeWidget::currentItemChanged, this, [this](QTreeWidgetItem *item) { choose(item); });
    connect(m_tree, &QTreeWidget::customContextMenuRequested, this, &PlacesPanel::showMenu);
    connect(m_addArchive, &QPushButton::clicked, this, &PlacesPanel::settingsRequested);
    connect(&archives, &session::Archives::changed, this, &PlacesPanel::fill);
    connect(&saved, &session::SavedSearches::changed, this, &PlacesPanel::fill);
    fill();
}

void PlacesPanel::addTitle(const QString &text)
{
    auto *item = new QTreeWidgetItem(m_tree, {text});
    item->setFlags(Qt::NoItemFlags);
    item->setFirstColumnSpanned(true);
}

QTreeWidgetItem *PlacesPanel::add(const QString &text, const QString &icon, const QString &tip)
{
    auto *item = new QTreeWidgetItem(m_tree, {text});
    item->setIcon(0, icons::icon(icon));
    item->setToolTip(0, tip);
    item->setTextAlignment(1, Qt::AlignRight | Qt::AlignVCenter);
    return item;
}

void PlacesPanel::fill()
{
    const QSignalBlocker quiet(m_tree);
    m_tree->clear();
    addTitle(tr("Look in"));
    auto *here = add(tr("This workstation"), QStringLiteral("study-list"), tr("Studies in the local cache"));
    here->setData(0, KindRole, PlaceItem);
    here->setData(0, NameRole, static_cast<int>(Kind::Here));
    if (!m_archives.all().empty()) {
        auto *all = add(tr("All archives"), QStringLiteral("search"),
                        tr("This workstation and every archive, asked at once"));
        all->setData(0, KindRole, PlaceItem);
        all->setData(0, NameRole, static_cast<int>(Kind::Everywhere));
    }
    for (const archive::Settings &one : m_archives.all()) {
        const QString name = QString::fromStdString(one.name);
        const QString trouble = m_troubles.value(name);
        QStringList tips{trouble.isEmpty() ? tr("The archive %1 alone").arg(name) : trouble};
        auto *item = add(name, QStringLiteral("remote"), QString());
        if (!one.tls.on) {
            tips << tr("Not encrypted: patient data crosses the network in clear.");
            item->setIcon(0, icons::icon(QStringLiteral("unprotected"), colours::kWarning));
        }
        if (!trouble.isEmpty())
            item->setIcon(1, icons::icon(QStringLiteral("warning"), colours::kWarning));
        item->setToolTip(0, tips.join(u'\n'));
        item->setToolTip(1, tips.join(u'\n'));
        item->setData(0, KindRole, ArchiveItem);
        item->setData(0, NameRole, name);
        item->setData(0, Qt::AccessibleTextRole, name + QStringLiteral(". ") + tips.join(u' '));
    }
    if (!m_saved.all().empty())
        addTitle(tr("Worklists"));
    for (const session::SavedSearch &search : m_saved.all()) {
        auto *item = add(search.name, QStringLiteral("worklist"), search.name);
        if (m_counts.contains(search.name)) {
            const Count count = m_counts.value(search.name);
            item->setText(1, QLocale().toString(count.studies));
            item->setToolTip(0, tr("%n study(ies) at %1", nullptr, count.studies)
                                    .arg(QLocale().toString(count.when.time(), QLocale::ShortFormat)));
        }
        item->setData(0, KindRole, WorklistItem);
        item->setData(0, NameRole, search.name);
    }
    m_addArchive->setText(m_archives.all().empty() ? tr("Add an archive…") : tr("Archives…"));
    setMinimumWidth(std::max(kLeastWidth, m_addArchive->sizeHint().width() + 2 * measures::kPadding));
    mark();
}

void PlacesPanel::mark()
{
    const QSignalBlocker quiet(m_tree);
    for (int row = 0; row < m_tree->topLevelItemCount(); ++row) {
        QTreeWidgetItem *item = m_tree->topLevelItem(row);
        const QVariant kind = item->data(0, KindRole), name = item->data(0, NameRole);
        const bool isIt = !kind.isValid() ? false
                          : !m_worklist.isEmpty()
                              ? kind == WorklistItem && name.toString() == m_worklist
                              : (kind == PlaceItem && m_place.kind != Kind::Archive &&
                                 name == static_cast<int>(m_place.kind)) ||
                                    (kind == ArchiveItem && m_place.kind == Kind::Archive &&
                                     name.toString() == m_place.archive);
        if (isIt)
            return m_tree->setCurrentItem(item);
    }
    m_tree->setCurrentItem(nullptr);
}

void PlacesPanel::setCurrent(const session::SearchPlace &place, const QString &worklist)
{
    m_place = place;
    m_worklist = worklist;
    mark();
}

void PlacesPanel::setTrouble(const QString &archive, const QString &sentence)
{
    if (m_troubles.value(archive) == sentence)
        return;
    m_troubles.insert(archive, sentence);
    fill();
}

void PlacesPanel::setCount(const QString &worklist, int studies, const QDateTime &when)
{
    const Count before = m_counts.value(worklist);
    if (before.studies == studies && before.when == when)
        return;
    m_counts.insert(worklist, {studies, when});
    fill();
}

void PlacesPanel::choose(QTreeWidgetItem *item)
{
    if (item == nullptr || !item->data(0, KindRole).isValid())
        return;
    switch (item->data(0, KindRole).toInt()) {
    case WorklistItem:
        Q_EMIT worklistChosen(item->data(0, NameRole).toString());
        break;
    case ArchiveItem:
        Q_EMIT placeChosen({Kind::Archive, item->data(0, NameRole).toString()});
        break;
    default:
        Q_EMIT placeChosen({static_cast<Kind>(item->data(0, NameRole).toInt()), {}});
        break;
    }
}

void PlacesPanel::showMenu(QPoint position)
{
    const QTreeWidgetItem *item = m_tree->itemAt(position);
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("placesMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (item != nullptr && item->data(0, KindRole) == WorklistItem) {
        const QString name = item->data(0, NameRole).toString();
        connect(menu->addAction(tr("Change this worklist…")), &QAction::triggered, this,
                [this, name] { Q_EMIT changeRequested(name); });
        connect(menu->addAction(tr("Remove this worklist")), &QAction::triggered, this, [this, name] {
            m_saved.remove(name);
            Q_EMIT removed(name);
        });
    } else {
        connect(menu->addAction(tr("Save the search as a worklist…")), &QAction::triggered, this,
                &PlacesPanel::saveRequested);
        connect(menu->addAction(tr("Settings of the archives…")), &QAction::triggered, this,
                &PlacesPanel::settingsRequested);
    }
    menu->popup(m_tree->viewport()->mapToGlobal(position));
}

} // namespace negatoscope::ui
