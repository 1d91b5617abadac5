#include "Background.h"

#include <cache/Cache.h>
#include <session/ReadingPresenter.h>

#include <QtCore/QJsonArray>

#include <algorithm>
#include <set>

namespace negatoscope::session {

namespace {

/// The grid a study opens with until hanging protocols decide: one tile per series, four at most.
Layout firstLayout(std::size_t displayable)
{
    if (displayable <= 1)
        return {1, 1};
    return displayable == 2 ? Layout{1, 2} : Layout{2, 2};
}

struct Opened
{
    base::Result<cache::StudyRecord> study;
    std::vector<cache::SeriesRecord> series;
};

} // namespace

QString nameOf(Tool tool)
{
    switch (tool) {
    case Tool::Scroll:
        return QStringLiteral("scroll");
    case Tool::Window:
        return QStringLiteral("window");
    case Tool::Zoom:
        return QStringLiteral("zoom");
    case Tool::Pan:
        return QStringLiteral("pan");
    }
    return {};
}

std::optional<Tool> toolNamed(const QString &name)
{
    for (int tool = 0; !nameOf(static_cast<Tool>(tool)).isEmpty(); ++tool)
        if (nameOf(static_cast<Tool>(tool)) == name)
            return static_cast<Tool>(tool);
    return std::nullopt;
}

ReadingPresenter::ReadingPresenter(Services services, QObject *parent)
    : QObject(parent),
      m_services(services),
      m_strip(std::make_unique<SeriesStripModel>(services))
{
    setLayout({1, 1});
    setActive(0);
}

ReadingPresenter::~ReadingPresenter()
{
    closeStudy();
}

void ReadingPresenter::announce()
{
    announceOnce(this, m_announcing, &ReadingPresenter::changed);
}

// --- Study ---

void ReadingPresenter::openStudy(const base::StudyUid &study,
                                 const std::optional<cache::PatientIdentity> &expected)
{
    closeStudy();
    m_opening = true;
    const quint64 generation = m_generation;
    inBackground(
        this,
        [&cache = m_services.cache, study] {
            return Opened{cache.study(study), cache.series(study)};
        },
        [this, generation, expected](Opened opened) {
            take(generation, opened.study, std::move(opened.series), expected);
        });
    announce();
}

void ReadingPresenter::take(quint64 generation, const base::Result<cache::StudyRecord> &study,
                            std::vector<cache::SeriesRecord> series,
                            const std::optional<cache::PatientIdentity> &expected)
{
    if (generation != m_generation)
        return;
    m_opening = false;
    announce();
    if (!study) {
        Q_EMIT openFailed(study.error());
        return;
    }
    if (expected && !(study->patient == *expected)) {
        Q_EMIT openFailed(
            base::Error(base::ErrorCode::Conflict, "the study is no longer of the patient that was chosen"));
        return;
    }
    m_study = *study;
    m_series = std::move(series);
    m_services.cache.setOpen(m_study->uid, true);
    m_strip->setSeries(*m_study, m_series);

    std::vector<cache::SeriesRecord> displayable;
    std::copy_if(m_series.begin(), m_series.end(), std::back_inserter(displayable),
                 [](const cache::SeriesRecord &record) { return record.displayable > 0; });
    hang(displayable);
}

void ReadingPresenter::closeStudy()
{
    ++m_generation;
    m_opening = false;
    if (m_study)
        m_services.cache.setOpen(m_study->uid, false);
    m_study.reset();
    m_series.clear();
    m_strip->setSeries({}, {});
    m_maximised.reset();
    for (auto &viewport : m_viewports)
        viewport->clear();
    announce();
}

void ReadingPresenter::hang(const std::vector<cache::SeriesRecord> &displayable)
{
    setLayout(firstLayout(displayable.size()));
    for (std::size_t i = 0; i < m_viewports.size() && i < displayable.size(); ++i)
        m_viewports[i]->showSeries(*m_study, displayable[i]);
    setActive(0);
    updateShown();
}

// --- Layout ---

void ReadingPresenter::setLayout(Layout layout)
{
    layout.rows = std::clamp(layout.rows, 1, Layout::kMaximum);
    layout.columns = std::clamp(layout.columns, 1, Layout::kMaximum);
    const auto count = static_cast<std::size_t>(layout.rows * layout.columns);
    if (layout == m_layout && m_viewports.size() == count && !m_maximised)
        return;
    m_layout = layout;
    m_maximised.reset();
    // What the reader was looking at stays in sight.
    if (static_cast<std::size_t>(m_active) >= count) {
        std::swap(m_viewports[0], m_viewports[static_cast<std::size_t>(m_active)]);
        m_active = 0;
    }
    // Views still hold the viewports that go: they are destroyed once layoutChanged() has been heard.
    std::vector<std::unique_ptr<ViewportPresenter>> gone;
    while (m_viewports.size() > count) {
        gone.push_back(std::move(m_viewports.back()));
        m_viewports.pop_back();
    }
    while (m_viewports.size() < count) {
        m_viewports.push_back(std::make_unique<ViewportPresenter>(m_services));
        // A viewport's series may change without this object's doing: the strip's marks follow.
        connect(m_viewports.back().get(), &ViewportPresenter::changed, this, &ReadingPresenter::updateShown);
    }
    for (std::size_t i = 0; i < m_viewports.size(); ++i)
        m_viewports[i]->setActive(static_cast<int>(i) == m_active);
    fillEmptyViewports();
    updateShown();
    Q_EMIT layoutChanged();
    announce();
}

void ReadingPresenter::fillEmptyViewports()
{
    if (!m_study)
        return;
    std::set<base::SeriesUid> shown;
    for (const auto &viewport : m_viewports)
        if (viewport->series())
            shown.insert(viewport->series()->uid);
    auto next = m_series.begin();
    for (const auto &viewport : m_viewports) {
        if (viewport->series())
            continue;
        next = std::find_if(next, m_series.end(), [&](const cache::SeriesRecord &record) {
            return record.displayable > 0 && !shown.contains(record.uid);
        });
        if (next == m_series.end())
            return;
        viewport->showSeries(*m_study, *next);
        shown.insert(next->uid);
    }
}

ViewportPresenter *ReadingPresenter::viewportAt(int index) const
{
    if (index < 0 || static_cast<std::size_t>(index) >= m_viewports.size())
        return nullptr;
    return m_viewports[static_cast<std::size_t>(index)].get();
}

void ReadingPresenter::setActive(int index)
{
    if (!viewportAt(index))
        return;
    m_active = index;
    if (m_maximised)
        m_maximised = index;
    for (std::size_t i = 0; i < m_viewports.size(); ++i)
        m_viewports[i]->setActive(static_cast<int>(i) == index);
    announce();
}

void ReadingPresenter::showSeries(int viewport, const base::SeriesUid &series)
{
    ViewportPresenter *target = viewportAt(viewport);
    const auto record =
        std::find_if(m_series.begin(), m_series.end(),
                     [&](const cache::SeriesRecord &candidate) { return candidate.uid == series; });
    if (!target || !m_study || record == m_series.end())
        return;
    target->showSeries(*m_study, *record);
    setActive(viewport);
    updateShown();
}

void ReadingPresenter::stepSeries(int step)
{
    ViewportPresenter *viewport = active();
    if (!viewport || m_series.empty() || step == 0)
        return;
    const int size = static_cast<int>(m_series.size());
    int at = viewport->series() ? m_strip->rowOf(viewport->series()->uid) : (step > 0 ? -1 : size);
    do
        at += step > 0 ? 1 : -1;
    while (at >= 0 && at < size && m_series[static_cast<std::size_t>(at)].displayable == 0);
    if (at >= 0 && at < size)
        showSeries(m_active, m_series[static_cast<std::size_t>(at)].uid);
}

void ReadingPresenter::toggleMaximised(int index)
{
    if (!viewportAt(index))
        return;
    if (m_maximised)
        m_maximised.reset();
    else if (m_viewports.size() > 1)
        m_maximised = index;
    setActive(index);
    Q_EMIT layoutChanged();
    announce();
}

void ReadingPresenter::updateShown()
{
    std::vector<base::SeriesUid> shown;
    for (const auto &viewport : m_viewports)
        if (viewport->series())
            shown.push_back(viewport->series()->uid);
    m_strip->setShown(shown);
}

// --- Hands ---

void ReadingPresenter::setTool(Tool tool)
{
    m_tool = tool;
    announce();
}

void ReadingPresenter::setCornerText(CornerText mode)
{
    m_cornerText = mode;
    announce();
}

void ReadingPresenter::cycleCornerText()
{
    using enum CornerText;
    setCornerText(m_cornerText == Full ? Minimal : m_cornerText == Minimal ? None : Full);
}

QJsonObject ReadingPresenter::json() const
{
    QJsonArray tiles;
    for (std::size_t i = 0; i < m_viewports.size(); ++i) {
        QJsonObject tile = m_viewports[i]->json();
        tile.insert(QStringLiteral("tile"), static_cast<int>(i) + 1);
        tile.insert(QStringLiteral("row"), static_cast<int>(i) / m_layout.columns + 1);
        tile.insert(QStringLiteral("column"), static_cast<int>(i) % m_layout.columns + 1);
        tile.insert(QStringLiteral("visible"), !m_maximised || *m_maximised == static_cast<int>(i));
        tiles.append(tile);
    }
    QJsonObject json{
        {QStringLiteral("layout"), QStringLiteral("%1x%2").arg(m_layout.rows).arg(m_layout.columns)},
        {QStringLiteral("tool"), nameOf(m_tool)},
        {QStringLiteral("opening"), m_opening},
        {QStringLiteral("viewports"), tiles}};
    if (m_study) {
        json.insert(QStringLiteral("studyInstanceUid"), QString::fromStdString(m_study->uid.value()));
        json.insert(QStringLiteral("patientName"),
                    QString::fromStdString(dicom::visibleText(m_study->patient.name.display())));
        json.insert(QStringLiteral("patientId"),
                    QString::fromStdString(dicom::visibleText(m_study->patient.id)));
    }
    return json;
}

} // namespace negatoscope::session
