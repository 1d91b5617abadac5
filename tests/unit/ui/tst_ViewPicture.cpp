#include "PrintPages.h"

#include <ui/Language.h>
#include <ui/ViewPicture.h>

#include <QtGui/QPainter>
#include <QtTest/QTest>

using namespace negatoscope;
using namespace negatoscope::ui;
using CornerText = session::ReadingPresenter::CornerText;
using State = session::ViewportState;

namespace {

/// A picture of 40 x 20 pixels, each of another grey, in a viewport of 400 x 300.
State shown(const char *id = "8001234567")
{
    State state;
    state.content = State::Content::Picture;
    state.facts.patientName = QStringLiteral("MARTIN Claire Antoinette Marguerite");
    state.facts.patientId = QLatin1String(id);
    state.facts.issuer = QStringLiteral("CHU");
    state.facts.birthDate = QStringLiteral("19650302");
    state.facts.studyDate = QStringLiteral("20261122");
    state.facts.studyDescription = QStringLiteral("Polytrauma of Claire");
    state.facts.institution = QStringLiteral("Hospital of Nowhere");
    state.facts.modality = QStringLiteral("CT");
    state.facts.seriesNumber = QStringLiteral("4");
    state.facts.seriesDescription = QStringLiteral("thorax");
    state.facts.lossy = true;
    state.facts.lossyRatio = 12;
    state.facts.lossyMethod = QStringLiteral("ISO_15444_1");
    state.index = 56;
    state.count = 512;
    state.countFinal = true;
    dicom::ImageFormat format;
    format.rows = 20;
    format.columns = 40;
    format.bitsAllocated = format.bitsStored = 8;
    format.highBit = 7;
    auto pixels = std::make_shared<std::vector<std::byte>>(800);
    for (std::size_t i = 0; i < pixels->size(); ++i)
        (*pixels)[i] = static_cast<std::byte>(i % 251);
    state.picture = imaging::Picture::make(pixels, *pixels, format, dicom::Photometric::Monochrome2, {});
    state.transform = imaging::ViewTransform(state.picture->size(), {}, {400, 300}, state.view);
    return state;
}

QString captionText(const State &state, const Leaving &leaving)
{
    return captionOf(state, leaving).join(u'\n');
}

} // namespace

class tst_ViewPicture : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { setLanguage(*qApp, QLocale(QStringLiteral("en_GB"))); }

    /// docs/safety.md P24
    void saysWhomWhenAndWhichWhateverTheCornerText()
    {
        for (const CornerText mode : {CornerText::Full, CornerText::Minimal, CornerText::None}) {
            const QString text = captionText(shown(), {mode, false});
            for (const char *part :
                 {"MARTIN Claire Antoinette Marguerite", "8001234567", "CHU", "1965", "2026",
                  "CT series 4 thorax", "image 57/512", "lossy 12:1", "Not for primary diagnosis"})
                QVERIFY2(text.contains(QLatin1String(part)), part);
        }
        State nobody = shown("");
        nobody.facts.patientName.clear();
        nobody.facts.birthDate.clear();
        const QString text = captionText(nobody, {});
        QVERIFY(text.contains(QStringLiteral("no patient name")));
        QVERIFY(text.contains(QStringLiteral("no date of birth")));
    }

    void standsBelowThePictureAndLeavesItUntouched()
    {
        const State state = shown();
        for (const qreal ratio : {1.0, 2.0}) {
            const QImage view = viewPicture(state, ratio, {});
            const QImage whole = captionedPicture(state, ratio, {});
            QCOMPARE(view.size(), QSize(400, 300));
            QCOMPARE(whole.width(), 400);
            QVERIFY(whole.height() > 300);
            QCOMPARE(whole.copy(0, 0, 400, 300), view.copy());
        }
    }

    void isSetInAsManyLinesAsItNeeds()
    {
        const QStringList caption = captionOf(shown(), {});
        int before = captionHeight(caption, 4000);
        for (const int width : {800, 400, 200, 120}) {
            const int height = captionHeight(caption, width);
            QVERIFY(height > before);
            before = height;
        }
    }

    void deidentifiedSaysNothingOfThePerson()
    {
        const Leaving leaving{CornerText::Full, true};
        const QString text = captionText(shown(), leaving);
        for (const char *part :
             {"MARTIN", "Claire", "8001234567", "CHU", "1965", "2026", "thorax", "Nowhere"})
            QVERIFY2(!text.contains(QLatin1String(part)), part);
        QVERIFY(text.contains(QStringLiteral("De-identified")));
        // Nor the picture: another person's is the same to the pixel.
        State other = shown("OTHER");
        other.facts.patientName = QStringLiteral("X");
        other.facts.birthDate = other.facts.studyDate = QStringLiteral("19000101");
        other.facts.studyDescription = other.facts.institution = other.facts.seriesDescription =
            QStringLiteral("Y");
        QCOMPARE(captionedPicture(other, 1, leaving), captionedPicture(shown(), 1, leaving));
        QVERIFY(captionedPicture(other, 1, {}) != captionedPicture(shown(), 1, {}));
    }

    void anotherSizeShowsAllThatIsSeen()
    {
        State state = shown();
        state.view.zoom = 25;
        state.view.panX = 30;
        state.view.panY = -40;
        state.view.flipped = true;
        state.view.quarterTurns = 1;
        state.transform = imaging::ViewTransform(state.picture->size(), {}, {400, 300}, state.view);
        for (const imaging::Size size : {imaging::Size{800, 600}, {200, 150}, {900, 600}, {400, 1200}}) {
            const State other = atSize(state, size);
            QCOMPARE(other.transform.view().width, size.width);
            for (const base::ViewPoint corner : {base::ViewPoint{0, 0}, {400, 0}, {0, 300}, {400, 300}}) {
                const auto there = other.transform.toView(state.transform.toImage(corner));
                QVERIFY(there.x > -0.01 && there.x < size.width + 0.01);
                QVERIFY(there.y > -0.01 && there.y < size.height + 0.01);
            }
            const auto centre = other.transform.toView(state.transform.toImage({200, 150}));
            QVERIFY(std::abs(centre.x - size.width / 2.0) < 0.01);
            QVERIFY(std::abs(centre.y - size.height / 2.0) < 0.01);
        }
    }

    void neverPutsTwoPatientsOnOnePage()
    {
        std::vector<State> views;
        for (const char *id : {"1", "2", "1", "1", "2", "1"})
            views.push_back(shown(id));
        for (const int perPage : {1, 2, 6}) {
            const auto pages = printPages(views, perPage);
            std::size_t printed = 0;
            QStringList order;
            for (const PrintPage &page : pages) {
                QVERIFY(static_cast<int>(page.views.size()) <= perPage);
                printed += page.views.size();
                for (const State &view : page.views)
                    QCOMPARE(view.facts.patientId, page.views.front().facts.patientId);
                if (order.isEmpty() || order.back() != page.views.front().facts.patientId)
                    order << page.views.front().facts.patientId;
            }
            QCOMPARE(printed, views.size());
            QCOMPARE(order, (QStringList{QStringLiteral("1"), QStringLiteral("2")})); // not torn apart
        }
    }

    void keepsEveryViewWholeOnThePage()
    {
        // White paper with black pictures: none reaches the edge or the foot.
        for (const int count : {1, 2, 3, 4, 6, 9, 16}) {
            const PrintPage page{std::vector<State>(static_cast<std::size_t>(count), shown())};
            for (const QSize size : {QSize(1000, 1400), QSize(1400, 1000)}) {
                QImage sheet(size, QImage::Format_RGB32);
                sheet.fill(Qt::white);
                QPainter painter(&sheet);
                drawPage(painter, QRectF(QPointF(20, 20), size - QSize(40, 40)), 5, page, 1, 1, {});
                painter.end();
                const QImage edges[]{sheet.copy(0, 0, size.width(), 20), sheet.copy(0, 0, 20, size.height()),
                                     sheet.copy(size.width() - 20, 0, 20, size.height()),
                                     sheet.copy(0, size.height() - 20, size.width(), 20)};
                for (const QImage &edge : edges) {
                    QImage white(edge.size(), QImage::Format_RGB32);
                    white.fill(Qt::white);
                    QCOMPARE(edge, white);
                }
                int dark = 0;
                for (int y = 0; y < size.height(); y += 5)
                    for (int x = 0; x < size.width(); x += 5)
                        dark += qGray(sheet.pixel(x, y)) < 20;
                QVERIFY2(dark > 4000,
                         qPrintable(QStringLiteral("%1 %2").arg(count).arg(dark))); // and they are large
            }
        }
    }
};

QTEST_MAIN(tst_ViewPicture)
#include "tst_ViewPicture.moc"
