#pragma once

#include <session/StudyListModel.h>

#include <QtWidgets/QWidget>

class QButtonGroup;
class QDateEdit;
class QLineEdit;
class QMenu;
class QPushButton;
class QSettings;
class QToolButton;

namespace negatoscope::ui {

/// What narrows the study list: the search as it is typed, dates by one click, modalities; they combine. All
/// but the search are remembered in `settings`.
class StudyFilterBar final : public QWidget
{
    Q_OBJECT
public:
    StudyFilterBar(session::StudyListModel &studies, QSettings &settings, QWidget *parent);

    QLineEdit &search() { return *m_search; }
    /// Shows all studies again.
    void clear();

private:
    enum Dates { All, Today, Yesterday, Week, Month, Year, Range, DatesCount };

    void buildDates();
    void buildModalities();
    void restore();
    void apply();

    session::StudyListModel &m_studies;
    QSettings &m_settings;
    QLineEdit *m_search;
    QButtonGroup *m_dates;
    QWidget *m_range;
    QDateEdit *m_from, *m_to;
    QToolButton *m_modalities;
    QMenu *m_modalityMenu;
    QPushButton *m_clear;
};

} // namespace negatoscope::ui
