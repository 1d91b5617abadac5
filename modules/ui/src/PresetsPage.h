#pragma once

#include <session/Bindings.h>
#include <session/PresetChoices.h>

#include <QtWidgets/QWidget>

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableWidget;

namespace negatoscope::ui {

/// The window presets of each modality, in the order of their digits.
class PresetsPage final : public QWidget
{
    Q_OBJECT
public:
    PresetsPage(session::PresetChoices &presets, const session::Bindings &bindings, QWidget *parent);

private:
    using List = session::WindowPresets::List;

    void buildTable();
    QWidget *makeEditor();
    QWidget *makeButtons();
    void fill();
    void fillModalities();
    void takeSelection();
    void add();
    void remove();
    void move(int rows);
    void edit();
    /// Keeps the list, or says why it cannot be kept. The row stays selected.
    bool keep(const List &list, int row);
    void say(const QString &sentence, bool wrong = false);
    QString modality() const;
    int row() const;

    session::PresetChoices &m_presets;
    const session::Bindings &m_bindings;
    QComboBox *m_modality;
    QTableWidget *m_table;
    QLineEdit *m_name = nullptr;
    QDoubleSpinBox *m_centre = nullptr, *m_width = nullptr;
    QPushButton *m_add = nullptr, *m_remove = nullptr, *m_up = nullptr, *m_down = nullptr, *m_undo = nullptr,
                *m_reset = nullptr;
    QLabel *m_says = nullptr;
    List m_before; ///< what Undo brings back
    bool m_filling = false;
};

} // namespace negatoscope::ui
