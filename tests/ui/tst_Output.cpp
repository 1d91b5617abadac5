#include "pages/Pages.h"

#include "Backend.h"

#include <Phantom.h>
#include <ui/Language.h>
#include <ui/Theme.h>
#include <ui/ViewPicture.h>
#include <ui/Workstation.h>

#include <session/ImportPresenter.h>
#include <session/Settings.h>

#include <QtCore/QDirIterator>
#include <QtCore/QRegularExpression>
#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>
#include <QtGui/QClipboard>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QApplication>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>

using namespace negatoscope;
using test::keepPicture;
using test::ReadingPage;

namespace {

constexpr int kLimitMs = 30000;
/// The bar of loaded images at the right is of the window, not of the picture.
constexpr int kBar = 14;

void keepImage(const QImage &image, const QString &name)
{
    QString folder = qEnvironmentVariable("NEGATOSCOPE_SCREENSHOTS");
    if (folder.isEmpty())
        folder = QDir(QCoreApplication::applicationDirPath()).filePath(QStringLiteral("screenshots"));
    QDir().mkpath(folder);
    QVERIFY(image.save(QDir(folder).filePath(name + QLatin1String(".png"))));
}

/// How many pixels of the viewport, its bar left out, are others than those of a picture's upper part.
int differing(ui::ViewportWidget &viewport, const QImage &picture)
{
    const QImage screen = viewport.grab().toImage().convertToFormat(QImage::Format_RGB32);
    int different = 0;
    for (int y = 0; y < screen.height(); ++y)
        for (int x = 0; x < screen.width() - kBar; ++x)
            different += screen.pixel(x, y) != picture.pixel(x, y);
    return different;
}

QImage copied()
{
    return QGuiApplication::clipboard()->image().convertToFormat(QImage::Format_RGB32);
}

} // namespace

/// Pictures that leave the workstation: copied, saved, printed, exported.
class tst_Output : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    std::unique_ptr<app::Backend> m_backend;
    std::unique_ptr<session::Settings> m_settings;
    std::unique_ptr<ui::Workstation> m_workstation;

    QString path(const QString &name) const { return m_folder.filePath(name); }

    ReadingPage open(session::Layout layout)
    {
        m_workstation = std::make_unique<ui::Workstation>(m_backend->services(), *m_settings);
        ReadingPage page(m_workstation->openStudy(m_backend->cache().studies({}).at(0)));
        [&] {
            QVERIFY(QTest::qWaitForWindowExposed(&page.window()));
            QTRY_VERIFY_WITH_TIMEOUT(page.isSettled(), kLimitMs);
            page.presenter().setLayout(layout);
            QTRY_VERIFY_WITH_TIMEOUT(page.isSettled(), kLimitMs);
            page.presenter().setActive(0);
            page.wheel(-6);
            QTRY_VERIFY_WITH_TIMEOUT(page.isSettled(), kLimitMs);
            leave(page);
        }();
        return page;
    }

    /// The value under the pointer is of the pointer, not of the view.
    static void leave(const ReadingPage &page)
    {
        QCursor::setPos(page.viewport().window()->mapToGlobal(QPoint(20, 4)));
        QEvent event(QEvent::Leave);
        QCoreApplication::sendEvent(&page.viewport(), &event);
    }

    template <typename T>
    static T *inside(QWidget &window, const char *name)
    {
        return window.findChild<T *>(QLatin1String(name));
    }

    /// Types a name into a file dialog, as a reader does.
    static void choose(QWidget &window, const char *dialog, const QString &file)
    {
        QTRY_VERIFY(inside<QFileDialog>(window, dialog) != nullptr);
        auto *open = inside<QFileDialog>(window, dialog);
        open->selectFile(file);
        open->findChild<QLineEdit *>(QStringLiteral("fileNameEdit"))->setText(file);
        QVERIFY(QMetaObject::invokeMethod(open, "accept"));
        QTRY_VERIFY(inside<QFileDialog>(window, dialog) == nullptr);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(QGuiApplication::platformName() == QLatin1String("xcb") ||
                     qEnvironmentVariableIsSet("NEGATOSCOPE_ANY_PLATFORM"),
                 "needs an X server: tests/run.sh starts one");
        ui::initialiseResources();
        ui::applyLook(*qApp, {});
        auto backend = app::Backend::start(
            {path(QStringLiteral("cache")), std::size_t(256 << 20), 0, QStringLiteral(NEGATOSCOPE_WORKER)});
        QVERIFY2(backend, backend ? "" : backend.error().describe().c_str());
        m_backend = *std::move(backend);
        m_settings = std::make_unique<session::Settings>(path(QStringLiteral("settings.ini")));
        QVERIFY(test::runGenerator(
            {QStringLiteral("head"), QStringLiteral("--out"), path(QStringLiteral("data"))}));
        session::ImportPresenter import(m_backend->services());
        QSignalSpy finished(&import, &session::ImportPresenter::finished);
        import.start({path(QStringLiteral("data"))}, session::ImportPresenter::Mode::Import);
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 2 * kLimitMs);
    }
    void init() { ui::setLanguage(*qApp, QLocale(QStringLiteral("en_GB"))); }
    void cleanup()
    {
        m_workstation.reset();
        m_settings->places().clear();
    }
    void cleanupTestCase() { m_backend.reset(); }

    /// docs/safety.md P24: every turn, flip, window and corner text leaves as it is on the screen.
    void whatIsCopiedIsWhatIsSeen()
    {
        ReadingPage page = open({1, 2});
        int compared = 0, fewest = 1 << 30;
        for (int turn = 0; turn < 4; ++turn) {
            for (int flip = 0; flip < 2; ++flip) {
                QGuiApplication::clipboard()->clear();
                page.key(Qt::Key_C, Qt::ControlModifier);
                QTRY_VERIFY(!QGuiApplication::clipboard()->image().isNull());
                const QImage picture = copied();
                QCOMPARE(picture.width(), page.viewport().width());
                QVERIFY(picture.height() > page.viewport().height());
                QCOMPARE(differing(page.viewport(), picture), 0);
                page.key(Qt::Key_H);
                QTRY_VERIFY(page.isSettled());
                fewest = std::min(fewest, differing(page.viewport(), picture)); // the comparison can fail
                ++compared;
            }
            page.key(Qt::Key_BracketRight);
            page.drag(Qt::RightButton, QPoint(20, 10));
            page.key(Qt::Key_I);
            QTRY_VERIFY(page.isSettled());
            leave(page);
        }
        QCOMPARE(compared, 8);
        QVERIFY(fewest > 100);
    }

    void copiesOneOrAllViewports()
    {
        ReadingPage page = open({2, 2});
        page.key(Qt::Key_C, Qt::ControlModifier);
        keepImage(copied(), QStringLiteral("copied-view"));
        page.key(Qt::Key_C, Qt::ControlModifier | Qt::AltModifier);
        const QImage all = copied();
        keepImage(all, QStringLiteral("copied-layout"));
        QVERIFY(all.width() > 2 * page.viewport().width() - 8);
        QVERIFY(all.height() > 2 * page.viewport().height());
        page.key(Qt::Key_I);
        page.key(Qt::Key_I); // no corner text: who it is stays
        page.key(Qt::Key_C, Qt::ControlModifier);
        keepImage(copied(), QStringLiteral("copied-without-corner-text"));
        QVERIFY(copied().height() > page.viewport().height());
    }

    void savesTheViewAndNeverHalfAFile()
    {
        ReadingPage page = open({1, 1});
        for (const char *name : {"view.png", "view.jpg"}) {
            const QString file = path(QLatin1String(name));
            page.key(Qt::Key_S, Qt::ControlModifier);
            choose(page.window(), "saveViewDialog", file);
            QTRY_VERIFY(QFile::exists(file));
            const QImage saved(file);
            QCOMPARE(saved.width(), page.viewport().width());
            if (file.endsWith(QLatin1String("png")))
                QCOMPARE(differing(page.viewport(), saved), 0);
        }
        // Where nothing can be written it is said in the viewport, and nothing is left.
        QVERIFY(QDir().mkpath(path(QStringLiteral("gone"))));
        page.key(Qt::Key_S, Qt::ControlModifier);
        QTRY_VERIFY(inside<QFileDialog>(page.window(), "saveViewDialog") != nullptr);
        const QImage before = page.viewport().grab().toImage();
        auto *dialog = inside<QFileDialog>(page.window(), "saveViewDialog");
        Q_EMIT dialog->fileSelected(path(QStringLiteral("nowhere/at/all.png")));
        dialog->reject();
        QTRY_VERIFY(page.viewport().grab().toImage() != before);
        keepPicture(page.window(), QStringLiteral("save-refused"));
        QVERIFY(!QFile::exists(path(QStringLiteral("nowhere"))));
    }

    void printsToPdf_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << QStringLiteral("en_GB");
        QTest::newRow("French") << QStringLiteral("fr_FR");
    }
    void printsToPdf()
    {
        QFETCH(QString, language);
        ui::setLanguage(*qApp, QLocale(language));
        const QString suffix = language.left(2);
        ReadingPage page = open({2, 2});
        page.key(Qt::Key_P);
        QTRY_VERIFY(inside<QWidget>(page.window(), "printWindow") != nullptr);
        QWidget &print = *inside<QWidget>(page.window(), "printWindow");
        QVERIFY(QTest::qWaitForWindowExposed(&print));
        keepPicture(print, QStringLiteral("print-all-") + suffix);
        for (const auto &[choice, pages] : {std::pair(0, 1), {1, 1}, {2, 4}}) {
            inside<QComboBox>(print, "printWhat")->setCurrentIndex(choice);
            inside<QComboBox>(print, "printPrinter")->setCurrentIndex(0);
            const QString file = path(QStringLiteral("%1-%2.pdf").arg(suffix).arg(choice));
            QTest::mouseClick(inside<QAbstractButton>(print, "printStart"), Qt::LeftButton);
            choose(print, "savePdfDialog", file);
            QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(file), kLimitMs);
            QTRY_VERIFY(inside<QAbstractButton>(print, "printStart")->isEnabled());
            QFile pdf(file);
            QVERIFY(pdf.open(QIODevice::ReadOnly));
            const QString content = QString::fromLatin1(pdf.readAll());
            QVERIFY(content.startsWith(QLatin1String("%PDF")));
            static const QRegularExpression kPage(QStringLiteral("/Type\\s*/Page\\b"));
            QCOMPARE(content.count(kPage), pages);
            QVERIFY(!content.contains(QLatin1String("/DCTDecode"))); // pictures stay exact
            if (const QString keep = qEnvironmentVariable("NEGATOSCOPE_SCREENSHOTS"); !keep.isEmpty())
                QFile::copy(file, QDir(keep).filePath(QFileInfo(file).fileName()));
        }
        keepPicture(print, QStringLiteral("print-each-") + suffix);
        print.close();
    }

    void exportsFromTheReadingWindow_data() { printsToPdf_data(); }
    void exportsFromTheReadingWindow()
    {
        QFETCH(QString, language);
        ui::setLanguage(*qApp, QLocale(language));
        const QString suffix = language.left(2);
        ReadingPage page = open({2, 2});
        page.key(Qt::Key_E, Qt::ControlModifier);
        QTRY_VERIFY(inside<QWidget>(page.window(), "exportWindow") != nullptr);
        QWidget &window = *inside<QWidget>(page.window(), "exportWindow");
        QVERIFY(QTest::qWaitForWindowExposed(&window));
        keepPicture(window, QStringLiteral("export-") + suffix);
        auto *said = inside<QLabel>(window, "exportSaid");
        auto *start = inside<QAbstractButton>(window, "exportStart");
        const QString folder = path(QStringLiteral("export-") + suffix);
        inside<QLineEdit>(window, "exportFolder")->setText(folder);
        inside<QComboBox>(window, "exportFormat")->setCurrentIndex(1); // the series, as PNG
        QTest::mouseClick(start, Qt::LeftButton);
        QVERIFY(!start->isEnabled());
        QTRY_VERIFY_WITH_TIMEOUT(start->isEnabled(), kLimitMs);
        keepPicture(window, QStringLiteral("exported-") + suffix);
        QDirIterator files(folder, {QStringLiteral("*.png")}, QDir::Files, QDirIterator::Subdirectories);
        int count = 0;
        QString any;
        while (files.hasNext()) {
            any = files.next();
            ++count;
        }
        QCOMPARE(count, page.state().count);
        QVERIFY(said->text().contains(QString::number(count)));
        keepImage(QImage(any), QStringLiteral("exported-picture-") + suffix);
        // A place that takes nothing: one sentence.
        inside<QLineEdit>(window, "exportFolder")->setText(QStringLiteral("/proc/nowhere"));
        QTest::mouseClick(start, Qt::LeftButton);
        QTRY_VERIFY_WITH_TIMEOUT(start->isEnabled(), kLimitMs);
        keepPicture(window, QStringLiteral("export-refused-") + suffix);
        QVERIFY(!said->text().isEmpty());
        window.close();
    }

    void exportsWithTheReadersCornerText()
    {
        ReadingPage page = open({1, 1});
        QVector<QImage> pictures;
        for (const auto mode :
             {session::ReadingPresenter::CornerText::Full, session::ReadingPresenter::CornerText::None}) {
            page.presenter().setCornerText(mode);
            page.key(Qt::Key_E, Qt::ControlModifier);
            QTRY_VERIFY(inside<QWidget>(page.window(), "exportWindow") != nullptr);
            QWidget &window = *inside<QWidget>(page.window(), "exportWindow");
            const QString folder = path(QStringLiteral("corners-%1").arg(static_cast<int>(mode)));
            inside<QLineEdit>(window, "exportFolder")->setText(folder);
            auto *what = inside<QComboBox>(window, "exportWhat");
            what->setCurrentIndex(what->count() - 1); // the image
            inside<QComboBox>(window, "exportFormat")->setCurrentIndex(1);
            auto *start = inside<QAbstractButton>(window, "exportStart");
            QTest::mouseClick(start, Qt::LeftButton);
            QTRY_VERIFY_WITH_TIMEOUT(start->isEnabled(), kLimitMs);
            QDirIterator files(folder, {QStringLiteral("*.png")}, QDir::Files, QDirIterator::Subdirectories);
            QVERIFY(files.hasNext());
            pictures.append(QImage(files.next()));
            window.close();
            QTRY_VERIFY(inside<QWidget>(page.window(), "exportWindow") == nullptr);
        }
        QCOMPARE(pictures.at(0).size(), pictures.at(1).size());
        QVERIFY(pictures.at(0) != pictures.at(1));
    }

    void offersOutputInTheMenus()
    {
        ReadingPage page = open({1, 1});
        QTest::mouseClick(&page.viewport(), Qt::RightButton, {}, page.viewport().rect().center());
        QTRY_VERIFY(inside<QMenu>(page.window(), "viewportMenu") != nullptr);
        auto *menu = inside<QMenu>(page.window(), "viewportMenu");
        QTRY_VERIFY(menu->isVisible());
        auto *output = inside<QMenu>(page.window(), "outputMenu");
        QVERIFY(menu->actions().contains(output->menuAction()));
        QCOMPARE(output->actions().size(), 5);
        menu->close();
        keepPicture(page.window(), QStringLiteral("reading-with-output"));

        m_workstation->showStudyList();
        auto &list = m_workstation->studyListWindow();
        QVERIFY(QTest::qWaitForWindowExposed(&list));
        QTRY_VERIFY(list.selectStudy(m_backend->cache().studies({}).at(0).uid));
        auto *action = inside<QAction>(list, "exportStudy");
        QVERIFY(action != nullptr);
        action->trigger();
        QTRY_VERIFY(inside<QWidget>(list, "exportWindow") != nullptr);
        QTRY_COMPARE(inside<QComboBox>(*inside<QWidget>(list, "exportWindow"), "exportWhat")->count(), 1);
    }
};

QTEST_MAIN(tst_Output)
#include "tst_Output.moc"
