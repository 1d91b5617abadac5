#pragma once

#include <session/CornerChoices.h>

#include <QtWidgets/QWidget>

#include <array>
#include <optional>

class QComboBox;
class QLabel;
class QListWidget;
class QPushButton;

namespace negatoscope::ui {

class CornerPreview;

/// Which lines stand in which corner of a viewport, for each modality, with a preview.
class CornersPage final : public QWidget
{
    Q_OBJECT
public:
    CornersPage(session::CornerChoices &choices, QWidget *parent);

private:
    QWidget *makeLists();
    QWidget *makeSide();
    QWidget *makeButtons();
    void fillModalities();
    void fill();
    void select(session::CornerField field);
    void takeSelection(std::size_t corner);
    void updateButtons();
    void move(int rows);
    void moveTo(std::size_t corner);
    void remove();
    void add(session::CornerField field);
    void keep(const session::CornerLayout &layout);
    QString modality() const;
    const session::CornerLayout &layout() const;
    std::optional<session::CornerField> selected() const;

    session::CornerChoices &m_choices;
    QComboBox *m_modality = nullptr, *m_mode = nullptr, *m_where = nullptr, *m_hidden = nullptr;
    std::array<QListWidget *, session::kCorners> m_lists{};
    QPushButton *m_up = nullptr, *m_down = nullptr, *m_remove = nullptr, *m_add = nullptr, *m_undo = nullptr,
                *m_reset = nullptr;
    CornerPreview *m_preview = nullptr;
    QLabel *m_says = nullptr;
    std::size_t m_corner = 0; ///< whose list has the selection
    session::CornerLayout m_before;
};

} // namespace negatoscope::ui
