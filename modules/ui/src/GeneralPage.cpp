#include "GeneralPage.h"

#include <ui/Theme.h>

#include <QtWidgets/QComboBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QSpinBox>

namespace negatoscope::ui {

using session::Setting;

GeneralPage::GeneralPage(session::Settings &settings, QWidget *parent) : QWidget(parent), m_settings(settings)
{
    setObjectName(QStringLiteral("generalPage"));
    auto *form = new QFormLayout(this);
    form->setHorizontalSpacing(16);
    form->setVerticalSpacing(measures::kPadding);
    form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);

    addChoice(form, Setting::Language, "language", tr("Language"),
              {{"system", tr("As the system")},
               {"en_GB", QStringLiteral("English")},
               {"fr_FR", QStringLiteral("Français")}});
    addNote(form, tr("The language changes at the next start."))
        ->setObjectName(QStringLiteral("languageNote"));
    addChoice(form, Setting::Theme, "theme", tr("Theme"),
              {{"dark", tr("Dark, for the reading room")}, {"bright", tr("Bright, for wards")}});
    addChoice(form, Setting::Density, "density", tr("Rows and buttons"),
              {{"normal", tr("Normal")}, {"high", tr("Close together")}});
    addNumber(form, Setting::TextSize, "textSize", tr("Size of letters"), tr(" px", "unit after a number"),
              {});
    addNumber(form, Setting::PriorsFetched, "priorsFetched", tr("Relevant earlier exams to fetch"), {},
              tr("None by themselves"));
    addNumber(form, Setting::FrameBudgetMiB, "frameBudget", tr("Memory for images"),
              tr(" MiB", "unit after a number"), tr("Automatic"));
    addNumber(form, Setting::CacheQuotaGiB, "cacheQuota", tr("Largest size of the cache"),
              tr(" GiB", "unit after a number"), tr("What the disk allows"));
    addNote(form, tr("Memory and cache change at the next start."));
}

QComboBox *GeneralPage::addChoice(QFormLayout *form, Setting setting, const char *name, const QString &text,
                                  const std::vector<Choice> &choices)
{
    auto *combo = new QComboBox(this);
    combo->setObjectName(QLatin1String(name));
    combo->setAccessibleName(text);
    for (const Choice &choice : choices)
        combo->addItem(choice.text, QLatin1String(choice.value));
    const auto show = [this, combo, setting] {
        const QString value = m_settings.text(setting);
        int at = combo->findData(value);
        if (at < 0) // "fr" in the file, "fr_FR" in the list
            at = combo->findData(value + QLatin1Char('_'), Qt::UserRole, Qt::MatchStartsWith);
        combo->setCurrentIndex(std::max(at, 0));
    };
    show();
    connect(combo, &QComboBox::activated, this,
            [this, combo, setting] { m_settings.set(setting, combo->currentData()); });
    connect(&m_settings, &session::Settings::changed, combo, show);
    form->addRow(text, combo);
    return combo;
}

QSpinBox *GeneralPage::addNumber(QFormLayout *form, Setting setting, const char *name, const QString &text,
                                 const QString &unit, const QString &zero)
{
    auto *spin = new QSpinBox(this);
    spin->setObjectName(QLatin1String(name));
    spin->setAccessibleName(text);
    const auto limits = session::limitsOf(setting);
    spin->setRange(limits.least, limits.most);
    spin->setSuffix(unit);
    spin->setSpecialValueText(zero);
    spin->setKeyboardTracking(false);
    spin->setValue(m_settings.integer(setting));
    spin->setEnabled(m_settings.isChangeable(setting));
    if (!spin->isEnabled())
        spin->setToolTip(tr("Set by the administrator of this station."));
    connect(spin, &QSpinBox::valueChanged, this,
            [this, setting](int value) { m_settings.set(setting, value); });
    form->addRow(text, spin);
    return spin;
}

QLabel *GeneralPage::addNote(QFormLayout *form, const QString &text)
{
    auto *note = new QLabel(text, this);
    note->setProperty("role", QStringLiteral("secondary"));
    form->addRow(QString(), note);
    return note;
}

} // namespace negatoscope::ui
