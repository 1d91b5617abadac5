#include "MousePage.h"

#include "BindingWords.h"
#include "KeyCapture.h"
#include "ProfileBar.h"

#include <ui/Theme.h>

#include <QtCore/QSignalBlocker>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableWidget>
#include <QtWidgets/QVBoxLayout>

namespace negatoscope::ui {

namespace {

using session::Gesture;
constexpr int kGestureRole = Qt::UserRole;

} // namespace

MousePage::MousePage(session::Bindings &bindings, QWidget *parent)
    : QWidget(parent),
      m_bindings(bindings),
      m_table(new QTableWidget(0, 2, this))
{
    setObjectName(QStringLiteral("mousePage"));
    m_table->setObjectName(QStringLiteral("mouseTable"));
    m_table->setAccessibleName(tr("Gestures and what they do"));
    m_table->setHorizontalHeaderLabels({tr("Gesture in a viewport"), tr("Does")});
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(measures::kRow);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    auto *editor = new QWidget(this);
    buildEditor(editor);

    auto *column = new QVBoxLayout(this);
    column->setSpacing(measures::kPadding);
    column->addWidget(m_table, 1);
    column->addWidget(editor);
    column->addWidget(new ProfileBar(bindings, QStringLiteral("mouse"), this));

    connect(m_table, &QTableWidget::itemSelectionChanged, this, &MousePage::takeSelection);
    connect(&bindings, &session::Bindings::changed, this, &MousePage::fill);
    fill();
    m_table->selectRow(0);
    takeGesture();
}

void MousePage::buildEditor(QWidget *editor)
{
    auto *gesture = new QHBoxLayout, *act = new QHBoxLayout;
    const auto combo = [&](const char *name, const QString &accessible) {
        auto *made = new QComboBox(editor);
        made->setObjectName(QLatin1String(name));
        made->setAccessibleName(accessible);
        return made;
    };
    const auto modifier = [&](const char *name, const QString &text) {
        auto *made = new QCheckBox(text, editor);
        made->setObjectName(QLatin1String(name));
        connect(made, &QCheckBox::toggled, this, &MousePage::takeGesture);
        gesture->addWidget(made);
        return made;
    };
    gesture->setSpacing(measures::kPadding);
    act->setSpacing(measures::kPadding);
    m_ctrl = modifier("gestureCtrl", tr("Ctrl"));
    m_shift = modifier("gestureShift", tr("Shift"));
    m_alt = modifier("gestureAlt", tr("Alt"));
    m_held = new KeyCapture(tr("Hold a key…"), false, editor);
    m_held->setObjectName(QStringLiteral("gestureHeldKey"));
    m_held->setToolTip(tr("Then press the key that is to be held during the gesture"));
    gesture->addWidget(m_held);
    m_noHeld = new QPushButton(tr("No held key"), editor);
    m_noHeld->setObjectName(QStringLiteral("gestureNoHeldKey"));
    m_noHeld->setAutoDefault(false);
    gesture->addWidget(m_noHeld);
    m_button = combo("gestureButton", tr("Mouse button"));
    for (const auto button :
         {Qt::LeftButton, Qt::MiddleButton, Qt::RightButton, Qt::BackButton, Qt::ForwardButton})
        m_button->addItem(words::buttonText(button), static_cast<int>(button));
    gesture->addWidget(m_button);
    m_kind = combo("gestureKind", tr("Kind of gesture"));
    for (const auto kind :
         {Gesture::Kind::Drag, Gesture::Kind::Click, Gesture::Kind::DoubleClick, Gesture::Kind::Wheel})
        m_kind->addItem(words::kindText(kind), static_cast<int>(kind));
    gesture->addWidget(m_kind);
    gesture->addStretch(1);

    m_says = new QLabel(editor);
    m_says->setObjectName(QStringLiteral("gestureText"));
    m_says->setTextFormat(Qt::PlainText);
    act->addWidget(m_says);
    m_act = combo("gestureAct", tr("What the gesture does"));
    act->addWidget(m_act, 1);
    auto *set = new QPushButton(tr("Set"), editor);
    set->setObjectName(QStringLiteral("setGesture"));
    set->setToolTip(tr("Let the gesture do this"));
    set->setAutoDefault(false);
    act->addWidget(set);
    m_free = new QPushButton(tr("Free"), editor);
    m_free->setObjectName(QStringLiteral("freeGesture"));
    m_free->setToolTip(tr("Let the gesture do nothing"));
    m_free->setAutoDefault(false);
    act->addWidget(m_free);

    auto *column = new QVBoxLayout(editor);
    column->setContentsMargins(0, 0, 0, 0);
    column->addLayout(gesture);
    column->addLayout(act);
    connect(m_held, &KeyCapture::captured, this, [this](const QString &key) {
        m_heldKey = key;
        takeGesture();
    });
    connect(m_noHeld, &QPushButton::clicked, this, [this] {
        m_heldKey.clear();
        takeGesture();
    });
    connect(m_button, &QComboBox::currentIndexChanged, this, &MousePage::takeGesture);
    connect(m_kind, &QComboBox::currentIndexChanged, this, &MousePage::takeKind);
    connect(set, &QPushButton::clicked, this, &MousePage::bind);
    connect(m_free, &QPushButton::clicked, this, [this] { m_bindings.bind(edited(), {}); });
    takeKind();
}

Gesture MousePage::edited() const
{
    Gesture gesture;
    gesture.kind = static_cast<Gesture::Kind>(m_kind->currentData().toInt());
    if (gesture.kind != Gesture::Kind::Wheel)
        gesture.button = static_cast<Qt::MouseButton>(m_button->currentData().toInt());
    gesture.modifiers.setFlag(Qt::ControlModifier, m_ctrl->isChecked());
    gesture.modifiers.setFlag(Qt::ShiftModifier, m_shift->isChecked());
    gesture.modifiers.setFlag(Qt::AltModifier, m_alt->isChecked());
    gesture.heldKey = m_heldKey;
    return gesture;
}

void MousePage::bind()
{
    m_bindings.bind(edited(), m_act->currentData().toString());
}

void MousePage::takeKind()
{
    const auto kind = static_cast<Gesture::Kind>(m_kind->currentData().toInt());
    m_button->setEnabled(kind != Gesture::Kind::Wheel);
    m_act->clear();
    const QStringList acts = m_bindings.actsFor(kind);
    for (const QString &act : acts)
        m_act->addItem(words::actText(act), act);
    takeGesture();
}

void MousePage::takeGesture()
{
    if (m_says == nullptr)
        return;
    const Gesture gesture = edited();
    m_says->setText(tr("%1:", "gesture, before what it does").arg(words::gestureText(gesture)));
    m_noHeld->setVisible(!m_heldKey.isEmpty());
    const auto bound = m_bindings.gestures().find(gesture);
    const bool isBound = bound != m_bindings.gestures().end() && !bound->second.isEmpty();
    m_free->setEnabled(isBound);
    if (isBound)
        m_act->setCurrentIndex(std::max(m_act->findData(bound->second), 0));
}

void MousePage::takeSelection()
{
    const int row = m_table->currentRow();
    const auto gesture =
        row >= 0 ? Gesture::fromText(m_table->item(row, 0)->data(kGestureRole).toString()) : std::nullopt;
    if (!gesture)
        return;
    m_heldKey = gesture->heldKey;
    m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(gesture->kind)));
    if (gesture->button != Qt::NoButton)
        m_button->setCurrentIndex(m_button->findData(static_cast<int>(gesture->button)));
    m_ctrl->setChecked(gesture->modifiers.testFlag(Qt::ControlModifier));
    m_shift->setChecked(gesture->modifiers.testFlag(Qt::ShiftModifier));
    m_alt->setChecked(gesture->modifiers.testFlag(Qt::AltModifier));
    takeGesture();
}

void MousePage::fill()
{
    const QString kept = m_table->currentRow() >= 0
                             ? m_table->item(m_table->currentRow(), 0)->data(kGestureRole).toString()
                             : QString();
    const QSignalBlocker quiet(m_table);
    m_table->setRowCount(0);
    for (const auto &bound : m_bindings.gestures()) {
        if (bound.second.isEmpty())
            continue;
        const int row = m_table->rowCount();
        m_table->insertRow(row);
        m_table->setItem(row, 0, new QTableWidgetItem(words::gestureText(bound.first)));
        m_table->item(row, 0)->setData(kGestureRole, bound.first.text());
        m_table->setItem(row, 1, new QTableWidgetItem(words::actText(bound.second)));
        if (bound.first.text() == kept)
            m_table->selectRow(row);
    }
    takeGesture();
}

} // namespace negatoscope::ui
