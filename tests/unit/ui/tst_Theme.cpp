#include <ui/Theme.h>

#include <QtCore/QRegularExpression>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLabel>

#include <cmath>

using namespace negatoscope::ui;

namespace {

/// Relative luminance and contrast as WCAG 2.1 defines them.
double luminance(const QColor &colour)
{
    const auto linear = [](double c) {
        return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double la = luminance(a), lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

struct Named
{
    const char *name;
    colours::Role role;
};

const std::vector<Named> kTexts{{"text", colours::kText},     {"secondary", colours::kSecondaryText},
                                {"accent", colours::kAccent}, {"warning", colours::kWarning},
                                {"error", colours::kError},   {"complete", colours::kComplete},
                                {"focus", colours::kFocus}};
const std::vector<Named> kGrounds{{"window", colours::kWindow}, {"panel", colours::kPanel}};
const std::vector<Named> kBusyGrounds{{"raised", colours::kRaised},
                                      {"hover", colours::kHover},
                                      {"selection", colours::kSelection},
                                      {"inactive selection", colours::kInactiveSelection}};

} // namespace

class tst_Theme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { applyLook(*qApp, {}); }

    void canBeRead_data()
    {
        QTest::addColumn<QColor>("text");
        QTest::addColumn<QColor>("ground");
        for (const auto theme : {Look::Theme::Dark, Look::Theme::Bright}) {
            const char *name = theme == Look::Theme::Dark ? "dark" : "bright";
            for (const Named &ground : kGrounds)
                for (const Named &text : kTexts)
                    QTest::addRow("%s: %s on %s", name, text.name, ground.name)
                        << text.role.of(theme) << ground.role.of(theme);
            for (const Named &ground : kBusyGrounds)
                for (const Named &text :
                     {Named{"text", colours::kText}, {"selected", colours::kSelectedText}})
                    QTest::addRow("%s: %s on %s", name, text.name, ground.name)
                        << text.role.of(theme) << ground.role.of(theme);
            QTest::addRow("%s: selected text in a field", name)
                << colours::kSelectedText.of(theme) << colours::kTextSelection.of(theme);
            for (const Named &text :
                 {Named{"secondary", colours::kSecondaryText}, {"warning", colours::kWarning}})
                QTest::addRow("%s: %s on raised", name, text.name)
                    << text.role.of(theme) << colours::kRaised.of(theme);
            for (const Named &text : {Named{"picture text", colours::kPictureText},
                                      {"picture secondary", colours::kPictureSecondary},
                                      {"picture warning", colours::kPictureWarning}})
                QTest::addRow("%s: %s", name, text.name)
                    << text.role.of(theme) << colours::kPicturePanel.of(theme);
        }
    }
    void canBeRead()
    {
        QFETCH(QColor, text);
        QFETCH(QColor, ground);
        const double found = contrast(text, ground);
        QVERIFY2(found >= 4.5, qPrintable(QString::number(found, 'f', 2)));
    }

    void knowsContrast() // a measure that cannot fail measures nothing
    {
        QCOMPARE(std::lround(contrast(Qt::black, Qt::white)), 21L);
        QVERIFY(contrast(QColor(0x77, 0x77, 0x77), Qt::white) < 4.5);
        QVERIFY(contrast(QColor(0x76, 0x76, 0x76), Qt::white) > 4.5);
    }

    void leavesPicturesAsTheyAre()
    {
        for (const auto &role :
             {colours::kViewport, colours::kPictureText, colours::kPictureWarning, colours::kPictureWindow})
            QCOMPARE(role.of(Look::Theme::Dark), role.of(Look::Theme::Bright));
        QCOMPARE(colours::kViewport.of(Look::Theme::Bright), QColor(Qt::black));
    }

    void changesWhileItRuns()
    {
        QLabel label(QStringLiteral("MARTIN"));
        label.resize(100, 40);
        const auto ground = [&label] { return label.grab().toImage().pixelColor(1, 1); };
        applyLook(*qApp, {});
        const int height = label.fontMetrics().height();
        QCOMPARE(ground(), colours::kWindow.of(Look::Theme::Dark));
        applyLook(*qApp, {Look::Theme::Bright, true, 17});
        QCOMPARE(ground(), colours::kWindow.of(Look::Theme::Bright));
        QVERIFY(label.fontMetrics().height() > height);
        QCOMPARE(static_cast<int>(measures::kRow), 22);
        QCOMPARE(colours::kText.color(), colours::kText.of(Look::Theme::Bright));
    }

    void namesNoColourThatThereIsNot()
    {
        applyLook(*qApp, {});
        static const QRegularExpression leftOver(QStringLiteral("@\\w+@"));
        const QString sheet = qApp->styleSheet();
        QVERIFY(sheet.size() > 1000);
        QString rest = sheet.mid(sheet.indexOf(QLatin1String("*/")));
        QVERIFY2(!leftOver.match(rest).hasMatch(), qPrintable(leftOver.match(rest).captured()));
    }
};

QTEST_MAIN(tst_Theme)
#include "tst_Theme.moc"
