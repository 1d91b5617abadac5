#include "CornersPage.h"

#include "CornerFields.h"
#include "CornerPreview.h"
#include "ModalityText.h"

#include <ui/Theme.h>

#include <QtCore/QSignalBlocker>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <initializer_list>

namespace negatoscope::ui {

namespace {

using session::CornerField;
using session::CornerLayout;
using session::CornerLayouts;
using session::kCorners;
using Mode = session::ReadingPresenter::CornerText;

constexpr std::array<const char *, kCorners> kListNames{"cornerTopLeft", "cornerTopRight", "cornerBottomLeft",
                                                        "cornerBottomRight"};
constexpr int kFieldRole = Qt::UserRole;

QString cornerText(std::size_t corner)
{
    switch (static_cast<session::Corner>(corner)) {
    case session::Corner::TopLeft:
        return CornersPage::tr("Top left");
    case session::Corner::TopRight:
        return CornersPage::tr("Top right");
    case session::Corner::BottomLeft:
        return CornersPage::tr("Bottom left");
    case session::Corner::BottomRight:
        break;
    }
    return CornersPage::tr("Bottom right");
}

bool isShown(const CornerLayout &layout, CornerField field)
{
    return std::any_of(layout.begin(), layout.end(), [field](const auto &corner) {
        return std::find(corner.begin(), corner.end(), field) != corner.end();
    });
}

void take(CornerLayout &layout, CornerField field)
{
    for (auto &corner : layout)
        std::erase(corner, field);
}

} // namespace

CornersPage::CornersPage(session::CornerChoices &choices, QWidget *parent)
    : QWidget(parent),
      m_choices(choices)
{
    setObjectName(QStringLiteral("cornersPage"));
    m_modality = new QComboBox(this);
    m_modality->setObjectName(QStringLiteral("cornerModality"));
    m_modality->setAccessibleName(tr("Modality"));
    auto *choice = new QHBoxLayout;
    choice->setSpacing(measures::kPadding);
    choice->addWidget(new QLabel(tr("Modality"), this));
    choice->addWidget(m_modality);
    choice->addStretch(1);
    auto *middle = new QHBoxLayout;
    middle->setSpacing(measures::kPadding);
    middle->addWidget(makeLists(), 3);
    middle->addWidget(makeSide(), 2);
    m_says = new QLabel(this);
    m_says->setObjectName(QStringLiteral("cornerMessage"));
    m_says->setTextFormat(Qt::PlainText);
    m_says->setWordWrap(true);
    m_says->setProperty("role", QStringLiteral("secondary"));

    auto *column = new QVBoxLayout(this);
    column->setSpacing(measures::kPadding);
    column->addLayout(choice);
    column->addLayout(middle, 1);
    column->addWidget(makeButtons());
    column->addWidget(m_says);

    fillModalities();
    connect(m_modality, &QComboBox::currentIndexChanged, this, [this] {
        m_before = layout();
        fill();
    });
    connect(&choices, &session::CornerChoices::changed, this, [this] {
        fillModalities();
        fill();
    });
    m_before = layout();
    fill();
    m_lists[0]->setCurrentRow(0);
}

QWidget *CornersPage::makeLists()
{
    auto *lists = new QWidget(this);
    auto *grid = new QGridLayout(lists);
    lists->setProperty("role", QStringLiteral("panel"));
    lists->setAttribute(Qt::WA_StyledBackground);
    grid->setContentsMargins(8, 4, 8, 8);
    grid->setSpacing(4);
    for (std::size_t corner = 0; corner < kCorners; ++corner) {
        auto *list = new QListWidget(lists);
        m_lists[corner] = list;
        list->setObjectName(QLatin1String(kListNames[corner]));
        list->setAccessibleName(tr("Lines of the corner: %1").arg(cornerText(corner)));
        const int row = static_cast<int>(corner) / 2 * 2, column = static_cast<int>(corner) % 2;
        grid->addWidget(new QLabel(cornerText(corner), lists), row, column);
        grid->addWidget(list, row + 1, column);
        connect(list, &QListWidget::itemSelectionChanged, this, [this, corner] { takeSelection(corner); });
    }
    return lists;
}

QWidget *CornersPage::makeSide()
{
    auto *side = new QWidget(this);
    auto *column = new QVBoxLayout(side);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    m_mode = new QComboBox(side);
    m_mode->setObjectName(QStringLiteral("cornerPreviewMode"));
    m_mode->setAccessibleName(tr("State of the text in the preview"));
    for (const auto &[mode, text] : {std::pair(Mode::Full, tr("Preview: full text")),
                                     std::pair(Mode::Minimal, tr("Preview: minimal text")),
                                     std::pair(Mode::None, tr("Preview: no text"))})
        m_mode->addItem(text, static_cast<int>(mode));
    m_preview = new CornerPreview(side);
    column->addWidget(m_mode);
    column->addWidget(m_preview, 1);
    connect(m_mode, &QComboBox::currentIndexChanged, this, &CornersPage::fill);
    return side;
}

QWidget *CornersPage::makeButtons()
{
    auto *buttons = new QWidget(this);
    auto *row = new QHBoxLayout(buttons);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(measures::kPadding);
    const auto button = [&](const char *name, const QString &text, const QString &tip, auto work) {
        auto *made = new QPushButton(text, buttons);
        made->setObjectName(QLatin1String(name));
        made->setToolTip(tip);
        made->setAutoDefault(false);
        row->addWidget(made);
        connect(made, &QPushButton::clicked, this, work);
        return made;
    };
    const auto combo = [&](const char *name, const QString &accessible) {
        auto *made = new QComboBox(buttons);
        made->setObjectName(QLatin1String(name));
        made->setAccessibleName(accessible);
        row->addWidget(made);
        return made;
    };
    m_up = button("cornerUp", tr("Up"), tr("The selected line one place higher"), [this] { move(-1); });
    m_down = button("cornerDown", tr("Down"), tr("The selected line one place lower"), [this] { move(1); });
    m_where = combo("cornerWhere", tr("Corner of the selected line"));
    for (std::size_t corner = 0; corner < kCorners; ++corner)
        m_where->addItem(cornerText(corner));
    connect(m_where, &QComboBox::activated, this,
            [this](int corner) { moveTo(static_cast<std::size_t>(corner)); });
    m_remove =
        button("removeCornerLine", tr("Remove"), tr("Take the selected line away"), [this] { remove(); });
    row->addSpacing(measures::kPadding);
    m_hidden = combo("hiddenCornerLines", tr("Lines that are not shown"));
    m_add = button("addCornerLine", tr("Add"), tr("Put this line below those of the selected corner"),
                   [this] { add(static_cast<CornerField>(m_hidden->currentData().toInt())); });
    row->addStretch(1);
    m_undo = button("undoCorners", tr("Undo"), tr("Bring back the text as this page found it"),
                    [this] { keep(std::exchange(m_before, layout())); });
    m_reset = button("resetCorners", tr("As delivered"), {}, [this] {
        m_before = layout();
        m_choices.reset(modality());
    });
    return buttons;
}

QString CornersPage::modality() const
{
    return m_modality->currentData().toString();
}

const CornerLayout &CornersPage::layout() const
{
    return m_choices.layouts().of(modality());
}

std::optional<CornerField> CornersPage::selected() const
{
    const auto *item = m_lists[m_corner]->currentItem();
    if (item == nullptr || !item->isSelected())
        return std::nullopt;
    return static_cast<CornerField>(item->data(kFieldRole).toInt());
}

/// A modality with a text of its own is marked: what is changed for all others does not reach it.
void CornersPage::fillModalities()
{
    const QStringList modalities = QStringList{CornerLayouts::allOthers()} + imageModalities();
    const QSignalBlocker quiet(m_modality);
    for (int at = 0; at < modalities.size(); ++at) {
        const QString &code = modalities[at];
        const QString name = at == 0 ? tr("All others") : code;
        const QString text =
            at > 0 && m_choices.layouts().has(code) ? tr("%1 (its own)", "modality").arg(name) : name;
        if (m_modality->count() <= at)
            m_modality->addItem(text, code);
        else
            m_modality->setItemText(at, text);
    }
}

void CornersPage::fill()
{
    const auto kept = selected();
    for (std::size_t corner = 0; corner < kCorners; ++corner) {
        const QSignalBlocker quiet(m_lists[corner]);
        m_lists[corner]->clear();
        for (const CornerField field : layout()[corner]) {
            auto *item = new QListWidgetItem(cornerFieldText(field), m_lists[corner]);
            item->setData(kFieldRole, static_cast<int>(field));
        }
    }
    m_hidden->clear();
    for (const auto &row : session::cornerFieldTable())
        if (!isShown(layout(), row.id))
            m_hidden->addItem(cornerFieldText(row.id), static_cast<int>(row.id));
    if (kept && isShown(layout(), *kept))
        select(*kept);
    m_preview->show(m_modality->currentIndex() == 0 ? QStringLiteral("CT") : modality(),
                    static_cast<Mode>(m_mode->currentData().toInt()), layout());
    updateButtons();
}

void CornersPage::select(CornerField field)
{
    for (std::size_t corner = 0; corner < kCorners; ++corner) {
        const QSignalBlocker quiet(m_lists[corner]);
        m_lists[corner]->clearSelection();
        for (int row = 0; row < m_lists[corner]->count(); ++row) {
            if (m_lists[corner]->item(row)->data(kFieldRole).toInt() != static_cast<int>(field))
                continue;
            m_lists[corner]->setCurrentRow(row);
            m_corner = corner;
        }
    }
    updateButtons();
}

void CornersPage::takeSelection(std::size_t corner)
{
    if (m_lists[corner]->selectedItems().isEmpty())
        return;
    m_corner = corner;
    for (std::size_t other = 0; other < kCorners; ++other) {
        const QSignalBlocker quiet(m_lists[other]);
        if (other != corner)
            m_lists[other]->clearSelection();
    }
    updateButtons();
}

void CornersPage::updateButtons()
{
    const auto field = selected();
    const int row = m_lists[m_corner]->currentRow();
    const bool required = field && session::rowOf(*field).required;
    m_up->setEnabled(field && row > 0);
    m_down->setEnabled(field && row + 1 < m_lists[m_corner]->count());
    m_where->setEnabled(field.has_value());
    m_where->setCurrentIndex(static_cast<int>(m_corner));
    m_remove->setEnabled(field && !required);
    m_hidden->setEnabled(m_hidden->count() > 0);
    m_add->setEnabled(m_hidden->count() > 0);
    m_undo->setEnabled(layout() != m_before);
    m_reset->setEnabled(m_choices.layouts().has(modality()));
    const bool all = m_modality->currentIndex() == 0;
    m_reset->setText(all ? tr("As delivered") : tr("As all others"));
    m_reset->setToolTip(all ? tr("The text that the program was delivered with")
                            : tr("This modality has the text of all others again"));
    m_says->setText(
        required ? tr("%1: this line can be moved but not removed. Who it is, when, which side, and what "
                      "makes the picture less than it seems is always said.")
                       .arg(cornerFieldText(*field))
                 : tr("Changes hold at once, in open windows too. The key for the corner text goes "
                      "through full, minimal and none."));
}

void CornersPage::move(int rows)
{
    CornerLayout changed = layout();
    auto &corner = changed[m_corner];
    const int from = m_lists[m_corner]->currentRow();
    std::swap(corner[static_cast<std::size_t>(from)], corner[static_cast<std::size_t>(from + rows)]);
    keep(changed);
}

void CornersPage::moveTo(std::size_t corner)
{
    const auto field = selected();
    if (!field || corner == m_corner)
        return;
    CornerLayout changed = layout();
    take(changed, *field);
    changed[corner].push_back(*field);
    keep(changed);
}

void CornersPage::remove()
{
    if (const auto field = selected()) {
        CornerLayout changed = layout();
        take(changed, *field);
        keep(changed);
    }
}

void CornersPage::add(CornerField field)
{
    CornerLayout changed = layout();
    changed[m_corner].push_back(field);
    keep(changed);
    select(field);
}

void CornersPage::keep(const CornerLayout &layout)
{
    m_choices.set(modality(), layout);
}

} // namespace negatoscope::ui
