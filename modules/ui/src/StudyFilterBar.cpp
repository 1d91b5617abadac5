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
#include <QtWidgets/QVBoxLayout>

#include <array>
#include <utility>

namespace negatoscope::ui {

namespace {

constexpr auto kDatesKey = QLatin1String("studyList/dates");
constexpr auto kFromKey = QLatin1String("studyList/dateFrom");
constexpr auto kToKey = QLatin1String("studyList/dateTo");
constexpr auto kModalitiesKey = QLatin1String("studyList/modalities");

} // namespace

StudyFilterBar::StudyFilterBar(QSettings &settings, QWidget *parent)
    : QWidget(parent),
      m_settings(settings),
      m_search(new QLineEdit(this)),
      m_dates(new QButtonGroup(this)),
      m_range(new QWidget(this)),
      m_from(new QDateEdit(this)),
      m_to(new QDateEdit(this)),
      m_modalities(new QToolButton(this)),
      m_modalityMenu(new QMenu(this)),
      m_clear(new QPushButton(tr("Show all"), this)),
      m_more(new QToolButton(this)),
      m_fieldRow(new QWidget(this))
{
    setObjectName(QStringLiteral("filterBar"));
    m_search->setObjectName(QStringLiteral("searchField"));
    m_search->setAccessibleName(tr("Search studies"));
    m_search->setPlaceholderText(tr("Search: name, patient ID, accession number, description"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(icons::icon(QStringLiteral("search"), colours::kSecondaryText),
                        QLineEdit::LeadingPosition);
    connect(m_search, &QLineEdit::textChanged, this, &StudyFilterBar::apply);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    auto *row = new QHBoxLayout;
    row->setSpacing(4);
    column->addLayout(row);
    buildDates(row);
    row->addSpacing(8);
    buildModalities();
    row->addWidget(m_modalities);
    row->addSpacing(8);
    buildFields();
    row->addWidget(m_more);
    column->addWidget(m_fieldRow);
    row->addStretch(1);
    m_clear->setObjectName(QStringLiteral("clearAllFilters"));
    m_clear->setToolTip(tr("Show all studies again (Esc in the search)"));
    connect(m_clear, &QPushButton::clicked, this, &StudyFilterBar::clear);
    row->addWidget(m_clear);
    restore();
}

void StudyFilterBar::buildDates(QHBoxLayout *row)
{
    const std::pair<const char *, QString> entries[] = {
        {"datesAll", tr("All dates")},  {"datesToday", tr("Today")},   {"datesYesterday", tr("Yesterday")},
        {"datesWeek", tr("7 days")},    {"datesMonth", tr("30 days")}, {"datesYear", tr("This year")},
        {"datesRange", tr("From… to…")}};
    for (int id = 0; id < kDates; ++id) {
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

void StudyFilterBar::buildFields()
{
    m_more->setObjectName(QStringLiteral("moreFilters"));
    m_more->setText(tr("More", "further search fields"));
    m_more->setCheckable(true);
    m_more->setFocusPolicy(Qt::TabFocus);
    m_more->setToolTip(
        tr("Search by patient ID, issuer, accession number, description, referring physician or "
           "institution alone"));
    m_fieldRow->setObjectName(QStringLiteral("moreFields"));
    auto *row = new QHBoxLayout(m_fieldRow);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    using session::StudyQuestion;
    const auto add = [&](const char *name, const QString &label, QString StudyQuestion::*text) {
        auto *edit = new QLineEdit(m_fieldRow);
        edit->setObjectName(QLatin1String(name));
        edit->setAccessibleName(label);
        edit->setPlaceholderText(label);
        edit->setToolTip(label);
        edit->setClearButtonEnabled(true);
        row->addWidget(edit, 1);
        m_fields.push_back({edit, text});
        connect(edit, &QLineEdit::textChanged, this, &StudyFilterBar::apply);
        connect(edit, &QLineEdit::returnPressed, this, &StudyFilterBar::entered);
    };
    add("filterPatientId", tr("Patient ID"), &StudyQuestion::patientId);
    add("filterIssuer", tr("Issuer of the patient ID"), &StudyQuestion::issuer);
    add("filterAccession", tr("Accession number"), &StudyQuestion::accession);
    add("filterDescription", tr("Description"), &StudyQuestion::description);
    add("filterReferring", tr("Referring physician"), &StudyQuestion::referringPhysician);
    add("filterInstitution", tr("Institution"), &StudyQuestion::institution);
    m_fieldRow->hide();
    connect(m_more, &QToolButton::toggled, this, [this](bool shown) {
        m_fieldRow->setVisible(shown);
        if (shown)
            m_fields.front().edit->setFocus(Qt::OtherFocusReason);
        else // what cannot be seen must not narrow
            for (const Field &field : m_fields)
                field.edit->clear();
    });
}

void StudyFilterBar::restore()
{
    session::StudyQuestion question;
    const QDate today = QDate::currentDate();
    const QDate from = m_settings.value(kFromKey).toDate(), to = m_settings.value(kToKey).toDate();
    question.from = from.isValid() ? from : today.addMonths(-1);
    question.to = to.isValid() ? to : today;
    const int dates = m_settings.value(kDatesKey, 0).toInt();
    question.dates = static_cast<session::StudyDates>(dates >= 0 && dates < kDates ? dates : 0);
    question.modalities = m_settings.value(kModalitiesKey).toStringList();
    setQuestion(question);
}

void StudyFilterBar::clear()
{
    setQuestion({});
}

void StudyFilterBar::setQuestion(const session::StudyQuestion &question)
{
    m_showing = true;
    showQuestion(question);
    m_showing = false;
    apply();
}

/// In the fields alone.
void StudyFilterBar::showQuestion(const session::StudyQuestion &question)
{
    m_search->setText(question.words);
    if (question.from.isValid())
        m_from->setDate(question.from);
    if (question.to.isValid())
        m_to->setDate(question.to);
    m_dates->button(static_cast<int>(question.dates))->setChecked(true);
    for (QAction *action : m_modalityMenu->actions())
        action->setChecked(question.modalities.contains(action->text()));
    bool any = false;
    for (const Field &field : m_fields) {
        field.edit->setText(question.*field.text);
        any = any || !(question.*field.text).isEmpty();
    }
    const QSignalBlocker quiet(m_more); // the focus stays
    m_more->setChecked(any || m_more->isChecked());
    m_fieldRow->setVisible(m_more->isChecked());
}

void StudyFilterBar::apply()
{
    if (m_showing)
        return;
    session::StudyQuestion question;
    question.words = m_search->text();
    question.dates = static_cast<session::StudyDates>(m_dates->checkedId());
    if (question.dates == session::StudyDates::Range) {
        question.from = m_from->date();
        question.to = m_to->date();
    }
    for (const QAction *action : m_modalityMenu->actions())
        if (action->isChecked())
            question.modalities << action->text();
    for (const Field &field : m_fields)
        question.*field.text = field.edit->text();

    const QStringList &modalities = question.modalities;
    m_range->setVisible(question.dates == session::StudyDates::Range);
    m_modalities->setChecked(!modalities.isEmpty());
    m_modalities->setText(modalities.isEmpty() ? tr("All modalities")
                                               : modalities.join(QStringLiteral(", ")));
    m_clear->setVisible(!question.isEmpty());
    m_settings.setValue(kDatesKey, static_cast<int>(question.dates));
    m_settings.setValue(kFromKey, m_from->date());
    m_settings.setValue(kToKey, m_to->date());
    m_settings.setValue(kModalitiesKey, modalities);
    if (question == m_question)
        return;
    m_question = question;
    Q_EMIT changed();
}

} // namespace negatoscope::ui
