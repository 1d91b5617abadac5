#include "StudyFilterBar.h"

#include <ui/IconSet.h>
#include <ui/Theme.h>

#include <QtCore/QSettings>
#include <QtWidgets/QButtonGroup>
#include <QtWidgets/QDateEdit>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QToolButton>

#include <array>
#include <utility>

namespace negatoscope::ui {

namespace {

constexpr auto kDatesKey = QLatin1String("studyList/dates");
constexpr auto kFromKey = QLatin1String("studyList/dateFrom");
constexpr auto kToKey = QLatin1String("studyList/dateTo");
constexpr auto kModalitiesKey = QLatin1String("studyList/modalities");

} // namespace

StudyFilterBar::StudyFilterBar(session::StudyListModel &studies, QSettings &settings, QWidget *parent)
    : QWidget(parent),
      m_studies(studies),
      m_settings(settings),
      m_search(new QLineEdit(this)),
      m_dates(new QButtonGroup(this)),
      m_range(new QWidget(this)),
      m_from(new QDateEdit(this)),
      m_to(new QDateEdit(this)),
      m_modalities(new QToolButton(this)),
      m_modalityMenu(new QMenu(this)),
      m_clear(new QPushButton(tr("Show all"), this))
{
    setObjectName(QStringLiteral("filterBar"));
    m_search->setObjectName(QStringLiteral("searchField"));
    m_search->setAccessibleName(tr("Search studies"));
    m_search->setPlaceholderText(tr("Search: name, patient ID, accession number, description"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(icons::icon(QStringLiteral("search"), colours::kSecondaryText),
                        QLineEdit::LeadingPosition);
    connect(m_search, &QLineEdit::textChanged, this, &StudyFilterBar::apply);

    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    buildDates();
    row->addSpacing(8);
    buildModalities();
    row->addWidget(m_modalities);
    row->addStretch(1);
    m_clear->setObjectName(QStringLiteral("clearAllFilters"));
    m_clear->setToolTip(tr("Show all studies again (Esc in the search)"));
    connect(m_clear, &QPushButton::clicked, this, &StudyFilterBar::clear);
    row->addWidget(m_clear);
    restore();
    apply();
}

void StudyFilterBar::buildDates()
{
    auto *row = static_cast<QHBoxLayout *>(layout());
    const std::pair<const char *, QString> entries[] = {
        {"datesAll", tr("All dates")},  {"datesToday", tr("Today")},   {"datesYesterday", tr("Yesterday")},
        {"datesWeek", tr("7 days")},    {"datesMonth", tr("30 days")}, {"datesYear", tr("This year")},
        {"datesRange", tr("From… to…")}};
    for (int id = 0; id < DatesCount; ++id) {
        const auto &[name, text] = entries[id];
        auto *button = new QToolButton(this);
        button->setObjectName(QLatin1String(name));
        button->setText(text);
        button->setCheckable(true);
        button->setToolTip(tr("Study date: %1").arg(text));
        button->setFocusPolicy(Qt::TabFocus);
        m_dates->addButton(button, id);
        row->addWidget(button);
    }
    auto *range = new QHBoxLayout(m_range);
    range->setContentsMargins(0, 0, 0, 0);
    range->setSpacing(4);
    for (const auto &[edit, name, label] : {std::tuple(m_from, "dateFrom", tr("First study date")),
                                            std::tuple(m_to, "dateTo", tr("Last study date"))}) {
        edit->setObjectName(QLatin1String(name));
        edit->setAccessibleName(label);
        edit->setToolTip(label);
        edit->setCalendarPopup(true);
        edit->setDisplayFormat(locale().dateFormat(QLocale::ShortFormat).contains(QLatin1String("yyyy"))
                                   ? locale().dateFormat(QLocale::ShortFormat)
                                   : locale()
                                         .dateFormat(QLocale::ShortFormat)
                                         .replace(QLatin1String("yy"), QLatin1String("yyyy")));
        range->addWidget(edit);
        connect(edit, &QDateEdit::dateChanged, this, &StudyFilterBar::apply);
    }
    row->addWidget(m_range);
    connect(m_dates, &QButtonGroup::idClicked, this, &StudyFilterBar::apply);
}

void StudyFilterBar::buildModalities()
{
    m_modalityMenu->setObjectName(QStringLiteral("modalityMenu"));
    for (const char *modality : {"CT", "MR", "CR", "DX", "MG", "US", "XA", "RF", "NM", "PT", "OT"}) {
        auto *action = m_modalityMenu->addAction(QLatin1String(modality));
        action->setObjectName(QStringLiteral("modality") + QLatin1String(modality));
        action->setCheckable(true);
        connect(action, &QAction::toggled, this, &StudyFilterBar::apply);
    }
    m_modalities->setObjectName(QStringLiteral("modalityFilter"));
    m_modalities->setAccessibleName(tr("Modality"));
    m_modalities->setToolTip(tr("Modality: one or several"));
    m_modalities->setPopupMode(QToolButton::InstantPopup);
    m_modalities->setMenu(m_modalityMenu);
    m_modalities->setCheckable(true);
    m_modalities->setFocusPolicy(Qt::TabFocus);
}

void StudyFilterBar::restore()
{
    const QSignalBlocker quiet[] = {QSignalBlocker(m_from), QSignalBlocker(m_to)};
    const QDate today = QDate::currentDate();
    const QDate from = m_settings.value(kFromKey).toDate(), to = m_settings.value(kToKey).toDate();
    m_from->setDate(from.isValid() ? from : today.addMonths(-1));
    m_to->setDate(to.isValid() ? to : today);
    const int dates = m_settings.value(kDatesKey, int(All)).toInt();
    m_dates->button(dates >= 0 && dates < DatesCount ? dates : int(All))->setChecked(true);
    const QStringList modalities = m_settings.value(kModalitiesKey).toStringList();
    for (QAction *action : m_modalityMenu->actions()) {
        const QSignalBlocker block(action);
        action->setChecked(modalities.contains(action->text()));
    }
}

void StudyFilterBar::clear()
{
    const QSignalBlocker quiet(m_search);
    m_search->clear();
    m_dates->button(All)->setChecked(true);
    for (QAction *action : m_modalityMenu->actions()) {
        const QSignalBlocker block(action);
        action->setChecked(false);
    }
    apply();
}

void StudyFilterBar::apply()
{
    const int dates = m_dates->checkedId();
    const QDate today = QDate::currentDate();
    QDate from, to;
    switch (dates) {
    case Today:
        from = to = today;
        break;
    case Yesterday:
        from = to = today.addDays(-1);
        break;
    case Week:
        from = today.addDays(-6);
        break;
    case Month:
        from = today.addDays(-29);
        break;
    case Year:
        from = QDate(today.year(), 1, 1);
        break;
    case Range:
        from = std::min(m_from->date(), m_to->date());
        to = std::max(m_from->date(), m_to->date());
        break;
    default:
        break;
    }
    QStringList modalities;
    for (const QAction *action : m_modalityMenu->actions())
        if (action->isChecked())
            modalities << action->text();
    m_studies.setSearchText(m_search->text());
    m_studies.setDateRange(from, to);
    m_studies.setModalities(modalities);

    m_range->setVisible(dates == Range);
    m_modalities->setChecked(!modalities.isEmpty());
    m_modalities->setText(modalities.isEmpty() ? tr("All modalities")
                                               : modalities.join(QStringLiteral(", ")));
    m_clear->setVisible(!m_studies.isUnfiltered());
    m_settings.setValue(kDatesKey, dates);
    m_settings.setValue(kFromKey, m_from->date());
    m_settings.setValue(kToKey, m_to->date());
    m_settings.setValue(kModalitiesKey, modalities);
}

} // namespace negatoscope::ui
