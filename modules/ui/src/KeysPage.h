#pragma once

#include <session/Bindings.h>

#include <QtWidgets/QWidget>

class QLabel;
class QLineEdit;
class QPushButton;
class QTableWidget;

namespace negatoscope::ui {

class KeyCapture;

/// Which key does what: a table to search, and the key to press for what is selected.
class KeysPage final : public QWidget
{
    Q_OBJECT
public:
    KeysPage(session::Bindings &bindings, QWidget *parent);

private:
    void buildEditor(QWidget *editor);
    void fill();
    void filter();
    void takeSelection();
    void give(const QString &key, bool add);
    QString selected() const;
    void showConflicts();

    session::Bindings &m_bindings;
    QLineEdit *m_search;
    QTableWidget *m_table;
    KeyCapture *m_set = nullptr, *m_add = nullptr;
    QPushButton *m_none = nullptr, *m_default = nullptr, *m_take = nullptr;
    QLabel *m_conflict = nullptr;
    QString m_lastKey; ///< the one given last, which "take it" is about
};

} // namespace negatoscope::ui
