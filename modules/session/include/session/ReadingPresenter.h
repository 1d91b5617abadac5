#pragma once

#include <cache/Records.h>
#include <session/SeriesStripModel.h>
#include <session/Services.h>
#include <session/ViewportPresenter.h>

#include <QtCore/QJsonObject>
#include <QtCore/QObject>

#include <memory>
#include <optional>
#include <vector>

namespace negatoscope::session {

/// What a left drag does.
enum class Tool { Scroll, Window, Zoom, Pan };
/// Stable lower-camel name, for `state`, settings and bindings; the reverse is empty for an unknown name.
QString nameOf(Tool tool);
std::optional<Tool> toolNamed(const QString &name);

/// A grid of viewports.
struct Layout
{
    int rows = 1, columns = 1;
    bool operator==(const Layout &) const = default;
    static constexpr int kMaximum = 3;
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

    Tool tool() const { return m_tool; }
    void setTool(Tool tool);

    /// Full, minimal, none.
    enum class CornerText { Full, Minimal, None };
    CornerText cornerText() const { return m_cornerText; }
    void setCornerText(CornerText mode);
    void cycleCornerText();

    /// The whole window for `negatoscope state`: layout, tool, viewports with what they show.
    QJsonObject json() const;

Q_SIGNALS:
    void changed();
    void layoutChanged();
    void openFailed(const negatoscope::base::Error &error);

private:
    void take(quint64 generation, const base::Result<cache::StudyRecord> &study,
              std::vector<cache::SeriesRecord> series, const std::optional<cache::PatientIdentity> &expected);
    void hang(const std::vector<cache::SeriesRecord> &displayable);
    void fillEmptyViewports();
    void updateShown();
    void announce();

    Services m_services;
    std::optional<cache::StudyRecord> m_study;
    std::vector<cache::SeriesRecord> m_series;
    std::unique_ptr<SeriesStripModel> m_strip;
    std::vector<std::unique_ptr<ViewportPresenter>> m_viewports;
    Layout m_layout;
    std::optional<int> m_maximised;
    int m_active = 0;
    Tool m_tool = Tool::Window;
    CornerText m_cornerText = CornerText::Full;
    quint64 m_generation = 0;
    bool m_opening = false;
    bool m_announcing = false;
};

} // namespace negatoscope::session
