#pragma once

#include <session/SavedSearches.h>

#include <QtWidgets/QDialog>

class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace negatoscope::ui {

/// Asks for the name of a worklist and how often it is refreshed, and keeps it. Closes itself.
class WorklistWindow final : public QDialog
{
    Q_OBJECT
public:
    /// A `search` with a name is changed, one without becomes a new one.
    WorklistWindow(session::SavedSearches &saved, session::SavedSearch search, QWidget *parent);

Q_SIGNALS:
    void kept(const QString &name);

private:
    void check();
    void keep();

    session::SavedSearches &m_saved;
    session::SavedSearch m_search;
    const QString m_before;
    QLineEdit *m_name;
    QSpinBox *m_minutes;
    QLabel *m_says;
    QPushButton *m_keep;
};

} // namespace negatoscope::ui
