#pragma once

#include <QtCore/QObject>
#include <QtCore/QPoint>
#include <QtCore/QString>

#include <vector>

class QSettings;
class QTableView;

namespace negatoscope::ui {

/// The columns of a table of studies: width, order and choice, which the reader changes and `settings`
/// remember under `key`. Until she chooses widths, one column takes what room the others leave.
class StudyColumns final : public QObject
{
    Q_OBJECT
public:
    struct Choice
    {
        QString key;
        std::vector<int> widths; ///< at first, by column
        int fitted = 0;          ///< takes the room that is left
        int always = 0;          ///< cannot be hidden
        std::vector<int> hidden; ///< at first
    };
    /// `table` has its model. Sorting is asked for as it was left.
    StudyColumns(QTableView &table, QSettings &settings, Choice choice);

    void fit();

private:
    void restore();
    void showMenu(QPoint position);
    QString nameOf(int column) const;

    QTableView &m_table;
    QSettings &m_settings;
    const Choice m_choice;
    bool m_ownWidths = false; ///< the reader has chosen widths
    bool m_fitting = false;
};

} // namespace negatoscope::ui
