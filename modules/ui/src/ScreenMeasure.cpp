#include <ui/ScreenMeasure.h>

#include <QtCore/QSettings>
#include <QtGui/QScreen>
#include <QtWidgets/QWidget>

namespace negatoscope::ui {

namespace {

/// From a projector or a wall to the finest telephone.
constexpr double kFewest = 0.2, kMost = 30;

double plausible(double pixelsPerMm)
{
    return pixelsPerMm >= kFewest && pixelsPerMm <= kMost ? pixelsPerMm : 0;
}

} // namespace

QString screenWidthKey(const QScreen &screen)
{
    return QStringLiteral("screens/%1/widthMm").arg(screen.name());
}

double devicePixelsPerMm(const QWidget &widget, const QSettings &settings)
{
    const QScreen *screen = widget.screen();
    if (screen == nullptr)
        return 0;
    const double pixels = screen->geometry().width() * screen->devicePixelRatio();
    const double measured = settings.value(screenWidthKey(*screen)).toDouble();
    if (measured > 0)
        return plausible(pixels / measured);
    return screen->physicalSize().width() > 0 ? plausible(pixels / screen->physicalSize().width()) : 0;
}

} // namespace negatoscope::ui
