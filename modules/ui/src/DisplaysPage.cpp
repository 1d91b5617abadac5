#include "DisplaysPage.h"

#include <ui/ScreenMeasure.h>
#include <ui/Theme.h>
#include <ui/Words.h>

#include <QtCore/QSettings>
#include <QtGui/QPainter>
#include <QtGui/QScreen>
#include <QtGui/QWindow>
#include <QtWidgets/QDoubleSpinBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>

#include <cmath>

namespace negatoscope::ui {

namespace {

constexpr int kRulerWidth = 480; // device-independent pixels
constexpr double kLikelyPixelMm = 0.25;

} // namespace

/// A line with an end at either side: what lies between the ends is measured.
class DisplaysPage::Ruler final : public QWidget
{
public:
    explicit Ruler(QWidget *parent) : QWidget(parent)
    {
        setObjectName(QStringLiteral("displayRuler"));
        setFixedSize(kRulerWidth + 2, 48);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setPen(QPen(colours::kText.color(), 1));
        const int middle = height() / 2;
        painter.drawLine(0, middle, kRulerWidth, middle);
        for (int i = 0; i <= 10; ++i) {
            const int half = i == 0 || i == 10 ? middle - 1 : 5;
            painter.drawLine(kRulerWidth * i / 10, middle - half, kRulerWidth * i / 10, middle + half);
        }
    }
};

DisplaysPage::DisplaysPage(QSettings &settings, QWidget *parent)
    : QWidget(parent),
      m_settings(settings),
      m_title(new QLabel(this)),
      m_state(new QLabel(this)),
      m_ruler(new Ruler(this)),
      m_length(new QDoubleSpinBox(this)),
      m_forget(new QPushButton(tr("As the screen says"), this))
{
    setObjectName(QStringLiteral("displaysPage"));
    m_title->setProperty("role", QStringLiteral("title"));
    m_title->setTextFormat(Qt::PlainText);
    auto *how =
        new QLabel(tr("Hold a ruler to the line below and measure it from end to end. To measure another "
                      "screen, move this window there."),
                   this);
    how->setWordWrap(true);
    m_length->setObjectName(QStringLiteral("displayLength"));
    m_length->setAccessibleName(tr("Length of the line on this screen"));
    m_length->setDecimals(1);
    m_length->setRange(10, 2000);
    m_length->setSingleStep(0.5);
    m_length->setSuffix(tr(" mm", "unit after a number"));
    m_length->setKeyboardTracking(false);
    m_forget->setObjectName(QStringLiteral("displayForget"));
    m_forget->setAccessibleName(m_forget->text());
    m_state->setObjectName(QStringLiteral("displayState"));
    m_state->setProperty("role", QStringLiteral("secondary"));
    m_state->setWordWrap(true);

    auto *form = new QFormLayout;
    form->setHorizontalSpacing(16);
    form->setFieldGrowthPolicy(QFormLayout::FieldsStayAtSizeHint);
    form->addRow(tr("The line is"), m_length);
    form->addRow(QString(), m_forget);
    auto *note =
        new QLabel(tr("True size (Shift+E) relies on this. It says nothing of the greys: they are not "
                      "calibrated."),
                   this);
    note->setProperty("role", QStringLiteral("secondary"));
    note->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->setSpacing(12);
    column->addWidget(m_title);
    column->addWidget(how);
    column->addWidget(m_ruler);
    column->addLayout(form);
    column->addWidget(m_state);
    column->addStretch(1);
    column->addWidget(note);

    connect(m_length, &QDoubleSpinBox::valueChanged, this, &DisplaysPage::take);
    connect(m_forget, &QPushButton::clicked, this, &DisplaysPage::forget);
    takeScreen();
}

QString DisplaysPage::key() const
{
    return screen() != nullptr ? screenWidthKey(*screen()) : QString();
}

/// Of the screen, along the line.
double DisplaysPage::rulerPixels() const
{
    return kRulerWidth * (screen() != nullptr ? screen()->devicePixelRatio() : 1);
}

void DisplaysPage::takeScreen()
{
    if (screen() == nullptr)
        return;
    const bool measured = m_settings.contains(key());
    const double perMm = devicePixelsPerMm(*this, m_settings);
    // Qt calls a screen without a name "screen".
    const QString name = screen()->name();
    m_title->setText(name.isEmpty() || name == QLatin1String("screen") ? tr("This screen")
                                                                       : tr("Screen %1").arg(name));
    m_filling = true;
    m_length->setValue(perMm > 0 ? rulerPixels() / perMm : rulerPixels() * kLikelyPixelMm);
    m_filling = false;
    m_forget->setEnabled(measured);
    const QString pixel = perMm > 0 ? words::numberText(1 / perMm, 3) : QString();
    m_state->setText(measured ? tr("Measured: a pixel is %1 mm wide.").arg(pixel)
                     : perMm > 0
                         ? tr("Not measured: the screen says that a pixel is %1 mm wide.").arg(pixel)
                         : tr("Not measured, and the screen does not say how large it is: there is no "
                              "true size until it is."));
}

void DisplaysPage::take(double millimetres)
{
    if (m_filling || screen() == nullptr)
        return;
    const double width = screen()->geometry().width() * screen()->devicePixelRatio();
    m_settings.setValue(key(), std::round(millimetres * width / rulerPixels() * 10) / 10);
    takeScreen();
}

void DisplaysPage::forget()
{
    m_settings.remove(key());
    takeScreen();
}

void DisplaysPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (QWindow *window = this->window()->windowHandle(); window != nullptr && !m_followed) {
        m_followed = true;
        connect(window, &QWindow::screenChanged, this, &DisplaysPage::takeScreen);
    }
    takeScreen();
}

} // namespace negatoscope::ui
