#include "PresetsPage.h"

#include "BindingWords.h"
#include "ModalityText.h"

#include <ui/Theme.h>
#include <ui/Words.h>

#include <QtCore/QSignalBlocker>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QDoubleSpinBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableWidget>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <initializer_list>

namespace negatoscope::ui {

namespace {

using session::PresetProblem;
using session::WindowPreset;
using session::WindowPresets;

enum Column { KeyColumn, NameColumn, CentreColumn, WidthColumn, ColumnCount };
constexpr double kFurthest = 1'000'000;
constexpr int kDecimals = 2;
constexpr int kLongestName = 40;

/// A number without the zeros at its end.
class ValueBox final : public QDoubleSpinBox
{
public:
    using QDoubleSpinBox::QDoubleSpinBox;
    QString textFromValue(double value) const override { return words::numberText(value, kDecimals); }
};

QString sentenceFor(PresetProblem::Kind kind)
{
    switch (kind) {
    case PresetProblem::Kind::NoName:
        return PresetsPage::tr("A preset needs a name. What is written here is not kept.");
    case PresetProblem::Kind::SameName:
        return PresetsPage::tr("Another preset of this modality has this name: the corner text could not "
                               "tell them apart. What is written here is not kept.");
    case PresetProblem::Kind::Narrow:
        return PresetsPage::tr("A window is at least 1 wide. What is written here is not kept.");
    case PresetProblem::Kind::TooMany:
        return PresetsPage::tr("There are nine presets already, one for each digit.");
    }
    return {};
}

WindowPresets::List asShown(WindowPresets::List list)
{
    for (WindowPreset &preset : list)
        preset.name = words::presetName(preset.name);
    return list;
}

/// "New preset", "New preset 2" ...: a name that no other one has.
QString freeName(const WindowPresets::List &list)
{
    const QString plain = PresetsPage::tr("New preset");
    QString name = plain;
    const auto taken = [&](const WindowPreset &preset) { return preset.name == name; };
    for (int number = 2; std::any_of(list.begin(), list.end(), taken); ++number)
        name = PresetsPage::tr("%1 %2", "name of a new preset, number").arg(plain).arg(number);
    return name;
}

} // namespace

PresetsPage::PresetsPage(session::PresetChoices &presets, const session::Bindings &bindings, QWidget *parent)
    : QWidget(parent),
      m_presets(presets),
      m_bindings(bindings),
      m_modality(new QComboBox(this)),
      m_table(new QTableWidget(0, ColumnCount, this))
{
    setObjectName(QStringLiteral("presetsPage"));
    m_modality->setObjectName(QStringLiteral("presetModality"));
    m_modality->setAccessibleName(tr("Modality"));
    buildTable();

    auto *choice = new QHBoxLayout;
    choice->setSpacing(measures::kPadding);
    choice->addWidget(new QLabel(tr("Modality"), this));
    choice->addWidget(m_modality);
    choice->addStretch(1);
    m_says = new QLabel(this);
    m_says->setObjectName(QStringLiteral("presetMessage"));
    m_says->setTextFormat(Qt::PlainText);
    m_says->setWordWrap(true);

    auto *column = new QVBoxLayout(this);
    column->setSpacing(measures::kPadding);
    column->addLayout(choice);
    column->addWidget(m_table, 1);
    column->addWidget(makeEditor());
    column->addWidget(makeButtons());
    column->addWidget(m_says);

    fillModalities();
    connect(m_modality, &QComboBox::currentIndexChanged, this, [this] {
        m_before = m_presets.inForce().of(modality());
        fill();
    });
    connect(&presets, &session::PresetChoices::changed, this, &PresetsPage::fill);
    connect(&bindings, &session::Bindings::changed, this, &PresetsPage::fill);
    m_before = presets.inForce().of(modality());
    fill();
    m_table->selectRow(0);
}

void PresetsPage::buildTable()
{
    m_table->setObjectName(QStringLiteral("presetsTable"));
    m_table->setAccessibleName(tr("Window presets of the modality"));
    m_table->setHorizontalHeaderLabels({tr("Key"), tr("Name"), tr("Centre"), tr("Width")});
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(NameColumn, QHeaderView::Stretch);
    m_table->horizontalHeader()->setMinimumSectionSize(80);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(measures::kRow);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &PresetsPage::takeSelection);
    connect(m_table, &QTableWidget::itemActivated, this, [this] { m_name->setFocus(); });
}

QWidget *PresetsPage::makeEditor()
{
    auto *editor = new QWidget(this);
    auto *row = new QHBoxLayout(editor);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(measures::kPadding);
    m_name = new QLineEdit(editor);
    m_name->setObjectName(QStringLiteral("presetName"));
    m_name->setAccessibleName(tr("Name of the preset"));
    m_name->setMaxLength(kLongestName);
    row->addWidget(new QLabel(tr("Name"), editor));
    row->addWidget(m_name, 1);
    const auto number = [&](const QString &text, const char *name, const QString &accessible, double least) {
        auto *box = new ValueBox(editor);
        box->setObjectName(QLatin1String(name));
        box->setAccessibleName(accessible);
        box->setDecimals(kDecimals);
        box->setRange(least, kFurthest);
        box->setSingleStep(10);
        row->addSpacing(measures::kPadding);
        row->addWidget(new QLabel(text, editor));
        row->addWidget(box);
        connect(box, &QDoubleSpinBox::valueChanged, this, &PresetsPage::edit);
        return box;
    };
    m_centre = number(tr("Centre"), "presetCentre", tr("Centre of the window"), -kFurthest);
    m_width = number(tr("Width"), "presetWidth", tr("Width of the window"), 0);
    connect(m_name, &QLineEdit::textEdited, this, &PresetsPage::edit);
    return editor;
}

QWidget *PresetsPage::makeButtons()
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
    m_add = button("addPreset", tr("Add"), tr("One more preset, after the last one"), [this] { add(); });
    m_remove =
        button("removePreset", tr("Remove"), tr("Take the selected preset away"), [this] { remove(); });
    m_up =
        button("presetUp", tr("Up"), tr("Give the selected preset the digit before"), [this] { move(-1); });
    m_down =
        button("presetDown", tr("Down"), tr("Give the selected preset the next digit"), [this] { move(1); });
    row->addStretch(1);
    m_undo = button("undoPresets", tr("Undo"), tr("Bring back the presets as this page found them"), [this] {
        const List before = std::exchange(m_before, m_presets.inForce().of(modality()));
        keep(before, 0);
    });
    m_reset = button("resetPresets", tr("As delivered"),
                     tr("The presets that this modality was delivered with"), [this] {
                         m_before = m_presets.inForce().of(modality());
                         m_presets.reset(modality());
                     });
    return buttons;
}

QString PresetsPage::modality() const
{
    return m_modality->currentData().toString();
}

int PresetsPage::row() const
{
    return m_table->currentRow();
}

void PresetsPage::fillModalities()
{
    QStringList modalities = imageModalities();
    const QStringList own = m_presets.inForce().modalities();
    for (const QString &modality : own)
        if (!modalities.contains(modality))
            modalities << modality;
    const QSignalBlocker quiet(m_modality);
    for (const QString &modality : modalities)
        m_modality->addItem(modality, modality);
}

void PresetsPage::fill()
{
    const List &list = m_presets.inForce().of(modality());
    const int kept = std::min(row(), static_cast<int>(list.size()) - 1);
    {
        const QSignalBlocker quiet(m_table);
        m_table->setRowCount(static_cast<int>(list.size()));
        for (int at = 0; at < m_table->rowCount(); ++at) {
            const WindowPreset &preset = list[static_cast<std::size_t>(at)];
            const QString key = words::keysText(m_bindings.keysOf(QStringLiteral("preset%1").arg(at + 1)));
            for (const auto &[column, text] :
                 {std::pair(KeyColumn, key), std::pair(NameColumn, words::presetName(preset.name)),
                  std::pair(CentreColumn, words::numberText(preset.window.center, kDecimals)),
                  std::pair(WidthColumn, words::numberText(preset.window.width, kDecimals))})
                m_table->setItem(at, column, new QTableWidgetItem(text));
        }
        if (list.empty())
            m_table->setCurrentCell(-1, -1);
        else
            m_table->selectRow(std::max(kept, 0));
    }
    takeSelection();
}

void PresetsPage::takeSelection()
{
    const List &list = m_presets.inForce().of(modality());
    const bool any = row() >= 0 && row() < static_cast<int>(list.size());
    const WindowPreset preset = any ? list[static_cast<std::size_t>(row())] : WindowPreset{};
    m_filling = true;
    // The cursor stays where the reader writes.
    if (const QString name = words::presetName(preset.name); m_name->text().trimmed() != name || !any)
        m_name->setText(name);
    if (m_centre->value() != preset.window.center)
        m_centre->setValue(preset.window.center);
    if (m_width->value() != preset.window.width)
        m_width->setValue(preset.window.width);
    m_filling = false;
    for (QWidget *widget : std::initializer_list<QWidget *>{m_name, m_centre, m_width, m_remove})
        widget->setEnabled(any);
    m_add->setEnabled(static_cast<int>(list.size()) < WindowPresets::kMost);
    m_up->setEnabled(any && row() > 0);
    m_down->setEnabled(any && row() + 1 < static_cast<int>(list.size()));
    m_undo->setEnabled(list != m_before);
    m_reset->setEnabled(m_presets.isChanged(modality()));
    if (list.empty())
        say(tr("This modality has no presets: its digits do nothing. 0 brings back the image's own window."));
    else if (!m_add->isEnabled())
        say(sentenceFor(PresetProblem::Kind::TooMany));
    else
        say(tr("Changes hold at once, in open windows too. 0 brings back the image's own window."));
}

bool PresetsPage::keep(const List &list, int row)
{
    auto problem = WindowPresets::problemIn(asShown(list)); // two words may be one in another language
    if (!problem)
        problem = m_presets.set(modality(), list);
    if (problem) {
        say(sentenceFor(problem->kind), true);
        return false;
    }
    if (row >= 0 && row < m_table->rowCount())
        m_table->selectRow(row);
    takeSelection();
    return true;
}

void PresetsPage::add()
{
    List list = m_presets.inForce().of(modality());
    const imaging::Window usual{40, 400, imaging::VoiFunction::Linear};
    list.push_back({freeName(list), row() >= 0 ? list[static_cast<std::size_t>(row())].window : usual});
    if (keep(list, static_cast<int>(list.size()) - 1)) {
        m_name->setFocus();
        m_name->selectAll();
    }
}

void PresetsPage::remove()
{
    List list = m_presets.inForce().of(modality());
    list.erase(list.begin() + row());
    keep(list, std::min(row(), static_cast<int>(list.size()) - 1));
}

void PresetsPage::move(int rows)
{
    List list = m_presets.inForce().of(modality());
    const int from = row(), to = from + rows;
    std::swap(list[static_cast<std::size_t>(from)], list[static_cast<std::size_t>(to)]);
    keep(list, to);
}

void PresetsPage::edit()
{
    List list = m_presets.inForce().of(modality());
    if (m_filling || row() < 0 || row() >= static_cast<int>(list.size()))
        return;
    WindowPreset &preset = list[static_cast<std::size_t>(row())];
    const QString name = m_name->text().trimmed();
    if (name != words::presetName(preset.name)) // a name that ships stays one: it speaks every language
        preset.name = name;
    preset.window.center = m_centre->value();
    preset.window.width = m_width->value();
    keep(list, row());
}

void PresetsPage::say(const QString &sentence, bool wrong)
{
    setRole(*m_says, wrong ? QStringLiteral("warning") : QStringLiteral("secondary"));
    m_says->setText(sentence);
}

} // namespace negatoscope::ui
