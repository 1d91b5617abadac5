#include <ui/Theme.h>

#include <session/Settings.h>

#include <QtCore/QFile>
#include <QtGui/QFont>
#include <QtGui/QPalette>
#include <QtWidgets/QApplication>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QStyleFactory>
#include <QtWidgets/QTableView>
#include <QtWidgets/QToolBar>

#include <array>
#include <utility>

// Outside any namespace, as the macro asks.
static void registerResources()
{
    Q_INIT_RESOURCE(negatoscope);
}

namespace negatoscope::ui {

namespace {

constexpr int kUsualText = 13;

Look &look()
{
    static Look current;
    return current;
}

QPalette palette()
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
    palette.setColor(QPalette::HighlightedText, colours::kSelectedText);
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

/// The style sheet with the names of colours and measures replaced by what they are now.
QString styleSheet()
{
    QFile file(QStringLiteral(":/themes/windows.qss"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString sheet = QString::fromUtf8(file.readAll());
    const std::array kColours{
        std::pair("window", colours::kWindow),
        std::pair("panel", colours::kPanel),
        std::pair("raised", colours::kRaised),
        std::pair("hover", colours::kHover),
        std::pair("line", colours::kLine),
        std::pair("text", colours::kText),
        std::pair("secondary", colours::kSecondaryText),
        std::pair("disabled", colours::kDisabledText),
        std::pair("accent", colours::kAccent),
        std::pair("selection", colours::kSelection),
        std::pair("inactiveSelection", colours::kInactiveSelection),
        std::pair("textSelection", colours::kTextSelection),
        std::pair("selectedText", colours::kSelectedText),
        std::pair("warning", colours::kWarning),
        std::pair("error", colours::kError),
        std::pair("focus", colours::kFocus),
        std::pair("handle", colours::kScrollHandle),
    };
    for (const auto &row : kColours)
        sheet.replace(QStringLiteral("@%1@").arg(QLatin1String(row.first)), row.second.name());
    const std::array<std::pair<const char *, int>, 6> kSizes{
        std::pair<const char *, int>("smallText", measures::kPictureText),
        std::pair("largeText", measures::kPatientName),
        std::pair("toolButton", measures::kToolButton),
        std::pair("control", measures::kControl),
        std::pair("header", measures::kRow - 1),
        std::pair("row", measures::kRow)};
    for (const auto &row : kSizes)
        sheet.replace(QStringLiteral("@%1@").arg(QLatin1String(row.first)), QString::number(row.second));
    sheet.replace(QLatin1String("@theme@"),
                  look().theme == Look::Theme::Dark ? QLatin1String("dark") : QLatin1String("bright"));
    return sheet;
}

/// What a style sheet cannot say.
void resize(QWidget &widget)
{
    if (auto *table = qobject_cast<QTableView *>(&widget); table != nullptr && table->verticalHeader())
        table->verticalHeader()->setDefaultSectionSize(measures::kRow);
    else if (auto *bar = qobject_cast<QToolBar *>(&widget))
        bar->setIconSize({measures::kToolIcon, measures::kToolIcon});
    widget.update();
}

} // namespace

QColor colours::Role::color() const
{
    return of(look().theme);
}

measures::Measure::operator int() const
{
    return look().dense ? m_dense : m_normal;
}

measures::TextSize::operator int() const
{
    return m_atThirteen + look().textSize - kUsualText;
}

void initialiseResources()
{
    registerResources();
}

const Look &currentLook()
{
    return look();
}

Look lookFrom(const session::Settings &settings)
{
    using session::Setting;
    return {settings.text(Setting::Theme) == QLatin1String("bright") ? Look::Theme::Bright
                                                                     : Look::Theme::Dark,
            settings.text(Setting::Density) == QLatin1String("high"), settings.integer(Setting::TextSize)};
}

void applyLook(QApplication &application, const Look &wanted)
{
    initialiseResources();
    look() = wanted;
    application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    application.setPalette(palette());

    QFont font(QStringLiteral("Noto Sans"));
    font.setPixelSize(measures::kInterfaceText);
    font.setHintingPreference(QFont::PreferVerticalHinting);
    application.setFont(font);
    application.setStyleSheet(styleSheet());
    for (QWidget *widget : QApplication::allWidgets())
        resize(*widget);
}

void setRole(QWidget &widget, const QString &role)
{
    if (widget.property("role").toString() == role)
        return;
    widget.setProperty("role", role);
    widget.style()->unpolish(&widget);
    widget.style()->polish(&widget);
}

} // namespace negatoscope::ui
