#pragma once

#include <session/StudyQuestion.h>

#include <QtWidgets/QWidget>

#include <vector>

class QButtonGroup;
class QDateEdit;
class QHBoxLayout;
class QLineEdit;
class QMenu;
class QPushButton;
class QSettings;
class QToolButton;

namespace negatoscope::ui {

/// What a reader looks for: words as they are typed, dates by one click, modalities, and behind "More" a
/// field for each thing that can be asked for alone; they combine. Dates and modalities are remembered in
/// `settings`, what may name a patient is not.
class StudyFilterBar final : public QWidget
{
    Q_OBJECT
public:
    StudyFilterBar(QSettings &settings, QWidget *parent);

    QLineEdit &search() { return *m_search; }
    const session::StudyQuestion &question() const { return m_question; }
    void setQuestion(const session::StudyQuestion &question);
    /// Shows all studies again.
    void clear();

Q_SIGNALS:
    void changed();
    /// Return in one of the fields behind "More".
    void entered();

private:
    struct Field
    {
        QLineEdit *edit;
        QString session::StudyQuestion::*text;
    };
    static constexpr int kDates = static_cast<int>(session::StudyDates::Range) + 1;

    void buildDates(QHBoxLayout *row);
    void buildModalities();
    void buildFields();
    void restore();
    void showQuestion(const session::StudyQuestion &question);
    void apply();

    QSettings &m_settings;
    session::StudyQuestion m_question;
    QLineEdit *m_search;
    QButtonGroup *m_dates;
    QWidget *m_range;
    QDateEdit *m_from, *m_to;
    QToolButton *m_modalities;
    QMenu *m_modalityMenu;
    QPushButton *m_clear;
    QToolButton *m_more;
    QWidget *m_fieldRow;
    std::vector<Field> m_fields;
    bool m_showing = false; ///< a question, field by field
};

} // namespace negatoscope::ui
