#pragma once

#include <cache/Records.h>
#include <session/CineControl.h>
#include <session/CornerLayout.h>
#include <session/FirstHang.h>
#include <session/LinkedViewing.h>
#include <session/OpenStudy.h>
#include <session/PersonPairs.h>
#include <session/SeriesStripModel.h>
#include <session/Services.h>
#include <session/TileSpread.h>
#include <session/ViewportPresenter.h>

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

/// A grid of viewports.
struct Layout
{
    int rows = 1, columns = 1;
    bool operator==(const Layout &) const = default;
    static constexpr int kMaximum = 4;
};

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

    /// Opens a study by its UID. `expected` is what the reader clicked on: if the cache now says that the
    /// study is another patient's, nothing is shown and openFailed() tells (docs/safety.md P1).
    void openStudy(const base::StudyUid &study, const std::optional<cache::PatientIdentity> &expected = {});
    void closeStudy();
    const std::optional<cache::StudyRecord> &study() const { return m_study; }
    bool isOpening() const { return m_opening; }
    /// How the study was first laid out.
    const FirstHang &firstHang() const { return m_hanging; }

    /// Shows another study beside those here: one of the same patient at once, another person's only after
    /// answer(Answer::Beside) to question(), and then under a permanent band (docs/safety.md P2).
    void openBeside(const base::StudyUid &study, const std::optional<cache::PatientIdentity> &expected = {},
                    Half half = Half::Right);
    void closeBeside(const base::StudyUid &study);
    void closeBesides();
    const std::vector<OpenStudy> &besides() const { return m_besides; }
    /// The window's own, and those beside it.
    std::vector<cache::StudyRecord> studies() const;
    StudyMark markOf(const base::StudyUid &study) const;
    const std::optional<PersonQuestion> &question() const { return m_question; }
    enum class Answer {
        No,
        Beside, ///< both on screen
        Instead ///< what is on screen goes
    };
    void answer(Answer answer);
    /// How to know what the other reading windows show now: asked before another person's study is shown.
    /// `confirmed` holds the pairs that were answered; it must outlive this object. Null: this window's own.
    void setElsewhere(std::function<std::vector<StudyElsewhere>()> studies, PersonPairs *confirmed = nullptr);
    /// What other windows show now that is not sure to be of the person of `study`.
    std::vector<StudyElsewhere> othersElsewhere(const cache::StudyRecord &study) const;

    SeriesStripModel &strip() { return *m_strip; }

    Layout layout() const { return m_layout; }
    void setLayout(Layout layout);
    /// rows x columns viewports, row by row. Valid until the next setLayout() with fewer of them.
    const std::vector<std::unique_ptr<ViewportPresenter>> &viewports() const { return m_viewports; }
    ViewportPresenter *viewportAt(int index) const;
    int activeIndex() const { return m_active; }
    ViewportPresenter *active() const { return viewportAt(m_active); }
    void setActive(int index);
    void showSeries(int viewport, const base::SeriesUid &series);
    /// The next or previous displayable series in the active viewport.
    void stepSeries(int step);
    /// Shows one viewport alone, or the grid again.
    void toggleMaximised(int index);
    std::optional<int> maximised() const { return m_maximised; }

    /// What the viewports have to do with each other.
    LinkedViewing &links() { return *m_links; }

    Tool tool() const { return m_tool; }
    void setTool(Tool tool);
    /// Ends what is begun and not done (a region, the magnifier). False if there is nothing.
    bool cancel();

    CineControl &cine() { return m_cine; }
    const CineControl &cine() const { return m_cine; }
    /// Plays or stops all viewports in step.
    void toggleCineOfAll();

    /// Spreads the active viewport's series over the grid, or hangs again what was there before.
    void toggleTiles();
    const TileSpread &tiles() const { return m_tiles; }
    /// By as many images as there are tiles; without tiles by ten.
    void scrollPage(int pages);

    imaging::Interpolation interpolation() const { return m_interpolation; }
    void setInterpolation(imaging::Interpolation interpolation);

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
    /// The reader wants this window's study instead of what the other windows show.
    void othersToClose();

private:
    void take(const cache::StudyRecord &study, std::vector<cache::SeriesRecord> series,
              const FirstHang &hanging, bool confirmed);
    void hang(const FirstHang &hanging);
    void playOnceListed(ViewportPresenter &viewport);
    void fillEmptyViewports();
    void read(const base::StudyUid &study, const std::optional<cache::PatientIdentity> &expected,
              bool confirmed);
    bool checkOpened(const base::Result<cache::StudyRecord> &study,
                     const std::optional<cache::PatientIdentity> &expected);
    bool isOpen(const base::StudyUid &study) const;
    void readBeside(const base::StudyUid &study, const std::optional<cache::PatientIdentity> &expected,
                    bool confirmed, Half half);
    void takeBeside(const cache::StudyRecord &study, std::vector<cache::SeriesRecord> series,
                    const FirstHang &hanging, bool confirmed, Half half);
    std::vector<StudyElsewhere> unconfirmedElsewhere(const cache::StudyRecord &study) const;
    void forgetBesides();
    void hangBeside(const OpenStudy &open, const FirstHang &hanging, Half half);
    void addColumn(Half half);
    const cache::SeriesRecord *recordOf(const base::SeriesUid &series) const;
    void show(ViewportPresenter &viewport, const cache::SeriesRecord &series, const FirstImage &first = {});
    void insertBesides(QJsonObject &json) const;
    void updateShown();
    void updateLinks();
    void announce();
    void spreadTiles(ViewportPresenter &lead);
    void endTiles();
    std::vector<ViewportPresenter *> viewportPointers() const;

    Services m_services;
    std::optional<cache::StudyRecord> m_study;
    std::vector<cache::SeriesRecord> m_series;
    std::vector<OpenStudy> m_besides;
    /// To be opened beside once the window's own is there.
    struct Waiting
    {
        base::StudyUid study;
        std::optional<cache::PatientIdentity> expected;
        Half half = Half::Right;
    };
    std::vector<Waiting> m_waitingBesides;
    std::optional<PersonQuestion> m_question;
    /// What a study that is asked about would have replaced: a No brings it back.
    std::optional<std::pair<base::StudyUid, cache::PatientIdentity>> m_previous;
    std::function<std::vector<StudyElsewhere>()> m_elsewhere;
    PersonPairs m_ownPairs;
    PersonPairs *m_pairs = &m_ownPairs;
    std::unique_ptr<SeriesStripModel> m_strip;
    std::unique_ptr<LinkedViewing> m_links;
    std::vector<std::unique_ptr<ViewportPresenter>> m_viewports;
    FirstHang m_hanging;
    bool m_filling = true; ///< empty tiles take the series not yet shown
    Layout m_layout;
    std::optional<int> m_maximised;
    int m_active = 0;
    Tool m_tool = Tool::Window, m_toolBefore = Tool::Window;
    CineControl m_cine;
    TileSpread m_tiles;
    /// What hung before the tiles.
    struct Hung
    {
        Layout layout;
        std::vector<std::optional<base::SeriesUid>> series;
        std::vector<int> places;
    };
    std::optional<Hung> m_beforeTiles;
    imaging::Interpolation m_interpolation = imaging::Interpolation::Bilinear;
    bool m_magnifying = false;
    double m_magnification = 3;
    CornerText m_cornerText = CornerText::Full;
    CornerLayouts m_cornerLayouts;
    quint64 m_generation = 0;
    bool m_opening = false;
    bool m_announcing = false;
};

} // namespace negatoscope::session
