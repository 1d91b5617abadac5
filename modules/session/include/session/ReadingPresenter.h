#pragma once

#include <base/Result.h>
#include <cache/Records.h>
#include <session/CineControl.h>
#include <session/CornerLayout.h>
#include <session/FirstHang.h>
#include <session/HangingBoard.h>
#include <session/OpenStudies.h>
#include <session/PersonCheck.h>
#include <session/SeriesStripModel.h>
#include <session/Services.h>
#include <session/Transfer.h>

#include <QtCore/QJsonObject>
#include <QtCore/QObject>

#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace negatoscope::session {

/// What a left drag does. WindowRegion is for one drag: then the tool before it is in hand again.
enum class Tool { Scroll, Window, Zoom, Pan, WindowRegion, Cursor, Mask };
/// Stable lower-camel name, for `state`, settings and bindings; the reverse is empty for an unknown name.
QString nameOf(Tool tool);
std::optional<Tool> toolNamed(const QString &name);

/// One reading window: the open study, its strip, the grid of viewports, the tool in hand.
///
/// Emits changed() (coalesced) for anything but what happens inside a viewport, which emits its own.
class ReadingPresenter final : public QObject
{
    Q_OBJECT
public:
    explicit ReadingPresenter(Services services, QObject *parent = nullptr);
    ~ReadingPresenter() override;
    Q_DISABLE_COPY_MOVE(ReadingPresenter)

    using Expected = std::optional<cache::PatientIdentity>;
    /// Opens a study by its UID. `expected` is what the reader clicked on: if the cache now says that the
    /// study is another patient's, nothing is shown and openFailed() tells (docs/safety.md P1).
    void openStudy(const base::StudyUid &study, const Expected &expected = {});
    /// Opens a study that is on its way from an archive: as soon as something of it is here, and again and
    /// again refresh() shows what has come since. If what comes is another patient's, nothing is shown.
    void openArriving(const RequestedStudy &study);
    /// What is to be opened and of which nothing is here yet.
    const std::optional<RequestedStudy> &arriving() const { return m_arriving; }
    /// The cache has changed: takes in what has come of the studies that are open. What the reader looks at
    /// stays as it is; only a study that nobody has touched yet is laid out again (CU-5).
    void refresh();
    /// How many images of a study that is open are here, and of how many, while it is not complete; nothing:
    /// nobody knows.
    std::optional<std::pair<int, int>> arrived(const base::StudyUid &study) const;
    void closeStudy();
    const std::optional<cache::StudyRecord> &study() const { return m_studies.own(); }
    bool isOpening() const { return m_opening; }
    /// How the study was first laid out.
    const FirstHang &firstHang() const { return m_hanging; }

    /// Shows another study beside those here: one of the same patient at once, another person's only after
    /// answer(Answer::Beside) to question(), and then under a permanent band (docs/safety.md P2).
    void openBeside(const base::StudyUid &study, const Expected &expected = {}, Half half = Half::Right);
    void closeBeside(const base::StudyUid &study);
    void closeBesides();
    const std::vector<OpenStudy> &besides() const { return m_studies.besides(); }
    /// The window's own, and those beside it.
    std::vector<cache::StudyRecord> studies() const { return m_studies.all(); }
    StudyMark markOf(const base::StudyUid &study) const { return m_studies.markOf(study); }
    const std::optional<PersonQuestion> &question() const { return m_question; }
    enum class Answer {
        No,
        Beside, ///< both on screen
        Instead ///< what is on screen goes
    };
    void answer(Answer answer);
    /// See PersonCheck: asked before another person's study is shown.
    void setElsewhere(std::function<std::vector<StudyElsewhere>()> studies, PersonPairs *confirmed = nullptr)
    {
        m_persons.setElsewhere(std::move(studies), confirmed);
    }
    /// What other windows show now that is not sure to be of the person of `study`.
    std::vector<StudyElsewhere> othersElsewhere(const cache::StudyRecord &study) const
    {
        return m_persons.othersElsewhere(study);
    }

    SeriesStripModel &strip() { return m_strip; }

    /// The grid, with what hangs in it (HangingBoard says what each of these does).
    Layout layout() const { return m_board.layout(); }
    void setLayout(Layout layout) { m_board.setLayout(layout); }
    const std::vector<std::unique_ptr<ViewportPresenter>> &viewports() const { return m_board.viewports(); }
    ViewportPresenter *viewportAt(int index) const { return m_board.viewportAt(index); }
    int activeIndex() const { return m_board.activeIndex(); }
    ViewportPresenter *active() const { return m_board.active(); }
    void setActive(int index) { m_board.setActive(index); }
    void showSeries(int viewport, const base::SeriesUid &series) { m_board.showSeries(viewport, series); }
    void stepSeries(int step) { m_board.stepSeries(step); }
    void toggleMaximised(int index) { m_board.toggleMaximised(index); }
    std::optional<int> maximised() const { return m_board.maximised(); }
    LinkedViewing &links() { return m_board.links(); }
    void toggleTiles() { m_board.toggleTiles(); }
    /// Planes and back; cine stops.
    void togglePlanes();
    PlanesPresenter *planes() const { return m_board.planes(); }
    /// The planes with the volume in 3D beside them, and back.
    void toggleRendered();
    bool isRendered() const { return m_board.isRendered(); }
    GridPlace renderedPlace() const { return m_board.renderedPlace(); }
    GridPlace placeOf(int viewport) const { return m_board.placeOf(viewport); }
    /// The 3D cursor under a point of a viewport; of planes the point in which they meet.
    void placeCursor(int viewport, base::ViewPoint at);
    const TileSpread &tiles() const { return m_board.tiles(); }
    void scrollPage(int pages) { m_board.scrollPage(pages); }
    imaging::Interpolation interpolation() const { return m_board.interpolation(); }
    void setInterpolation(imaging::Interpolation how) { m_board.setInterpolation(how); }

    Tool tool() const { return m_tool; }
    void setTool(Tool tool);
    /// Ends what is begun and not done (a region, the magnifier). False if there is nothing.
    bool cancel();

    CineControl &cine() { return m_cine; }
    const CineControl &cine() const { return m_cine; }
    /// Plays or stops all viewports in step.
    void toggleCineOfAll();

    bool isMagnifying() const { return m_magnifying; }
    void setMagnifying(bool magnifying);
    double magnification() const { return m_magnification; }
    void setMagnification(double factor);

    /// Full, minimal, none.
    enum class CornerText { Full, Minimal, None };
    CornerText cornerText() const { return m_cornerText; }
    void setCornerText(CornerText mode);
    void cycleCornerText();
    /// Which lines the corner text has, and where.
    const CornerLayouts &cornerLayouts() const { return m_cornerLayouts; }
    void setCornerLayouts(const CornerLayouts &layouts);

    /// The whole window for `negatoscope state`: layout, tool, viewports with what they show.
    QJsonObject json() const;

Q_SIGNALS:
    void changed();
    void layoutChanged();
    void openFailed(const negatoscope::base::Error &error);
    /// HangingBoard::planesRefused()
    void planesRefused(const std::vector<negatoscope::volume::Finding> &findings,
                       const std::optional<negatoscope::base::Error> &error);
    /// The reader wants this window's study instead of what the other windows show.
    void othersToClose();

private:
    void stopCineForPlanes();
    /// What the cache says of a study that is asked for.
    struct Found
    {
        base::Result<cache::StudyRecord> study;
        std::vector<cache::SeriesRecord> series;
        FirstHang hanging;
    };
    void read(const base::StudyUid &study, const Expected &expected, std::function<void(Found)> take);
    void readOwn(const base::StudyUid &study, const Expected &expected, bool confirmed);
    void takeOwn(Found found, bool confirmed);
    void readBeside(const base::StudyUid &study, const Expected &expected, bool confirmed, Half half);
    void takeBeside(Found found, bool confirmed, Half half);
    void hang(const FirstHang &hanging);
    void readArrived();
    void takeArrived(std::vector<Found> studies, bool mayHang);
    void takeFirstArrived(Found found);
    void insertArriving(QJsonObject &json) const;
    void playOnceListed(ViewportPresenter &viewport);
    void announce();

    const Services m_services;
    SeriesStripModel m_strip;
    OpenStudies m_studies;
    HangingBoard m_board;
    PersonCheck m_persons;
    std::optional<PersonQuestion> m_question;
    /// To be opened beside once the window's own is there.
    struct Waiting
    {
        base::StudyUid study;
        Expected expected;
        Half half = Half::Right;
    };
    std::vector<Waiting> m_waiting;
    /// What a study that is asked about would have replaced: a No brings it back.
    std::optional<std::pair<base::StudyUid, cache::PatientIdentity>> m_previous;
    FirstHang m_hanging;
    Tool m_tool = Tool::Window, m_toolBefore = Tool::Window;
    CineControl m_cine;
    bool m_magnifying = false;
    double m_magnification = 3;
    CornerText m_cornerText = CornerText::Full;
    CornerLayouts m_cornerLayouts;
    quint64 m_generation = 0;
    std::optional<RequestedStudy> m_arriving;
    bool m_refreshing = false, m_refreshAgain = false;
    bool m_opening = false;
    bool m_announcing = false;
};

} // namespace negatoscope::session
