#include "ScreenSet.h"

#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>
#include <QtGui/QScreen>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QWidget>

#include <qpa/qplatformscreen.h>
#include <qpa/qwindowsysteminterface.h>

#include <vector>

using namespace negatoscope::ui;

namespace {

/// A screen that can be plugged in and out, one desktop with the others of its kind, as a graphics card has
/// them.
class Monitor final : public QPlatformScreen
{
public:
    static std::vector<Monitor *> plugged;

    static Monitor *plug(const QString &name, QRect place, bool primary = false)
    {
        auto *monitor = new Monitor(name, place);
        plugged.push_back(monitor);
        QWindowSystemInterface::handleScreenAdded(monitor, primary);
        return monitor;
    }
    static void unplug(Monitor *monitor)
    {
        std::erase(plugged, monitor);
        QWindowSystemInterface::handleScreenRemoved(monitor); // deletes it
    }

    QRect geometry() const override { return m_place; }
    int depth() const override { return 32; }
    QImage::Format format() const override { return QImage::Format_RGB32; }
    QString name() const override { return m_name; }
    QList<QPlatformScreen *> virtualSiblings() const override
    {
        return QList<QPlatformScreen *>(plugged.begin(), plugged.end());
    }

private:
    Monitor(const QString &name, QRect place) : m_name(name), m_place(place) {}

    const QString m_name;
    const QRect m_place;
};

std::vector<Monitor *> Monitor::plugged;

const QRect kLeft(10000, 0, 1600, 1000), kRight(11600, 0, 1600, 1000);

} // namespace

class tst_ScreenSet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { Monitor::plug(QStringLiteral("LEFT"), kLeft, true); }
    void cleanupTestCase()
    {
        while (!Monitor::plugged.empty())
            Monitor::unplug(Monitor::plugged.back());
    }

    void theSameScreensAreTheSameSet()
    {
        const QString alone = screenSetKey();
        Monitor *right = Monitor::plug(QStringLiteral("RIGHT"), kRight);
        const QString both = screenSetKey();
        QVERIFY(alone != both);
        Monitor::unplug(right);
        QCOMPARE(screenSetKey(), alone);
    }

    void aWindowComesToARemainingScreenAndGoesBack_data()
    {
        QTest::addColumn<bool>("maximised");
        QTest::newRow("as it stands") << false;
        QTest::newRow("maximised") << true;
    }
    void aWindowComesToARemainingScreenAndGoesBack()
    {
        QFETCH(bool, maximised);
        const QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("places.ini")), QSettings::IniFormat);
        Monitor *right = Monitor::plug(QStringLiteral("RIGHT"), kRight);
        QWidget window;
        const WindowPlace place(window, settings, QStringLiteral("window"));
        const QRect reader(kRight.topLeft() + QPoint(200, 100), QSize(900, 600));
        window.setScreen(right->screen());
        window.setGeometry(reader);
        if (maximised)
            window.showMaximized();
        else
            window.show();
        QTRY_VERIFY(window.isVisible() && window.screen() == right->screen());
        QTRY_VERIFY(!settings.allKeys().isEmpty()); // remembered a moment after it was put there
        const QRect there = window.geometry();

        Monitor::unplug(right);
        QTRY_VERIFY2(kLeft.contains(window.geometry().center()), "it is where no screen is");
        QVERIFY(window.isVisible());
        QCOMPARE(window.isMaximized(), maximised);

        right = Monitor::plug(QStringLiteral("RIGHT"), kRight);
        QTRY_COMPARE(window.geometry(), there);
        QVERIFY(window.isVisible());
        QCOMPARE(window.isMaximized(), maximised);
        Monitor::unplug(right);
    }
};

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    tst_ScreenSet test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_ScreenSet.moc"
