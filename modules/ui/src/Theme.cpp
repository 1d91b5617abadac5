#include <ui/Theme.h>

#include <QtCore/QFile>
#include <QtGui/QFont>
#include <QtGui/QPalette>
#include <QtWidgets/QApplication>
#include <QtWidgets/QStyleFactory>

// Outside any namespace, as the macro asks.
static void registerResources()
{
    Q_INIT_RESOURCE(negatoscope);
}

namespace negatoscope::ui {

namespace {

QPalette darkPalette()
{
    QPalette palette;
    palette.setColor(QPalette::Window, colours::kWindow);
    palette.setColor(QPalette::WindowText, colours::kText);
    palette.setColor(QPalette::Base, colours::kWindow);
    palette.setColor(QPalette::AlternateBase, colours::kPanel);
    palette.setColor(QPalette::Text, colours::kText);
    palette.setColor(QPalette::PlaceholderText, colours::kSecondaryText);
    palette.setColor(QPalette::Button, colours::kRaised);
    palette.setColor(QPalette::ButtonText, colours::kText);
    palette.setColor(QPalette::BrightText, colours::kError);
    palette.setColor(QPalette::ToolTipBase, colours::kRaised);
    palette.setColor(QPalette::ToolTipText, colours::kText);
    palette.setColor(QPalette::Highlight, colours::kSelection);
    palette.setColor(QPalette::HighlightedText, QColor(0xf2, 0xf2, 0xf3));
    palette.setColor(QPalette::Link, colours::kAccent);
    palette.setColor(QPalette::LinkVisited, colours::kAccent);
    palette.setColor(QPalette::Light, colours::kLine);
    palette.setColor(QPalette::Midlight, colours::kRaised);
    palette.setColor(QPalette::Mid, colours::kLine);
    palette.setColor(QPalette::Dark, colours::kPanel);
    palette.setColor(QPalette::Shadow, colours::kViewport);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, colours::kDisabledText);
    return palette;
}

} // namespace

void initialiseResources()
{
    registerResources();
}

void applyDarkTheme(QApplication &application)
{
    initialiseResources();
    application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    application.setPalette(darkPalette());

    QFont font(QStringLiteral("Noto Sans"));
    font.setPixelSize(measures::kInterfaceText);
    font.setHintingPreference(QFont::PreferVerticalHinting);
    application.setFont(font);

    QFile sheet(QStringLiteral(":/themes/dark.qss"));
    if (sheet.open(QIODevice::ReadOnly))
        application.setStyleSheet(QString::fromUtf8(sheet.readAll()));
}

} // namespace negatoscope::ui
