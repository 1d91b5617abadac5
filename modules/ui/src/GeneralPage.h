#pragma once

#include <session/Settings.h>

#include <QtWidgets/QWidget>

class QComboBox;
class QFormLayout;
class QLabel;
class QSpinBox;

namespace negatoscope::ui {

/// Language, look and limits: one row per row of the table of settings.
class GeneralPage final : public QWidget
{
    Q_OBJECT
public:
    GeneralPage(session::Settings &settings, QWidget *parent);

private:
    struct Choice
    {
        const char *value;
        QString text;
    };
    QComboBox *addChoice(QFormLayout *form, session::Setting setting, const char *name, const QString &text,
                         const std::vector<Choice> &choices);
    QSpinBox *addNumber(QFormLayout *form, session::Setting setting, const char *name, const QString &text,
                        const QString &unit, const QString &zero);
    QLabel *addNote(QFormLayout *form, const QString &text);

    session::Settings &m_settings;
};

} // namespace negatoscope::ui
