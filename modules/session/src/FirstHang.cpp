#include <cache/Cache.h>
#include <codec/DecodeService.h>
#include <session/FirstHang.h>

#include <algorithm>
#include <array>
#include <map>

namespace negatoscope::session {

namespace {

using dicom::MammoView;

/// Headers of a study are read one after the other before the first layout: no more than this many.
constexpr std::size_t kMostHeaders = 64;
/// A series this small beside one ten times as large is a localizer, a report or a capture.
constexpr int kSmallSeries = 3;
constexpr int kMuchLarger = 10;

bool isProjection(const std::string &modality)
{
    return modality == "CR" || modality == "DX" || modality == "MG" || modality == "RG";
}

bool isStack(const std::string &modality)
{
    return modality == "CT" || modality == "MR" || modality == "PT";
}

/// The modality with the most series, secondary captures and other companions not counted.
std::string leadModality(const std::vector<HangSeries> &series)
{
    std::map<std::string, int> counts;
    for (const HangSeries &one : series)
        ++counts[one.record.modality];
    if (counts.contains("MG"))
        return "MG";
    if (counts.contains("PT"))
        return "PT";
    std::string lead;
    int most = 0;
    for (const HangSeries &one : series) {
        const std::string &modality = one.record.modality;
        const bool companion = modality == "OT" || modality == "SC" || modality == "SEG" || modality == "DOC";
        const int weight = companion ? 0 : counts[modality];
        if (lead.empty() || weight > most) {
            lead = modality;
            most = weight;
        }
    }
    return lead;
}

int largestOf(const std::vector<HangSeries> &series)
{
    int largest = 0;
    for (const HangSeries &one : series)
        largest = std::max(largest, one.record.frames);
    return largest;
}

bool isWorthATile(const HangSeries &series, const std::string &lead, int largest)
{
    const bool small = isStack(lead) && series.record.frames <= kSmallSeries &&
                       largest >= kMuchLarger * series.record.frames;
    return series.record.modality == lead && !small;
}

/// Those worth a tile first, else in the order of the list.
std::vector<const HangSeries *> byWeight(const std::vector<HangSeries> &series, const std::string &lead)
{
    const int largest = largestOf(series);
    std::vector<const HangSeries *> sorted;
    for (const HangSeries &one : series)
        sorted.push_back(&one);
    std::stable_partition(sorted.begin(), sorted.end(),
                          [&](const HangSeries *one) { return isWorthATile(*one, lead, largest); });
    return sorted;
}

void setGrid(FirstHang &hang, std::size_t wanted, const std::string &modality)
{
    if (wanted <= 1) {
        hang.rows = hang.columns = 1;
    } else if (wanted == 2) {
        hang.rows = 1;
        hang.columns = 2;
    } else if (modality == "MR" && wanted > 4) {
        hang.rows = 2;
        hang.columns = 3;
    } else {
        hang.rows = hang.columns = 2;
    }
}

FirstHang bySeries(const std::vector<HangSeries> &series, const std::string &lead)
{
    FirstHang hang;
    auto sorted = byWeight(series, lead);
    const int largest = largestOf(series);
    const auto worth =
        static_cast<std::size_t>(std::count_if(series.begin(), series.end(), [&](const HangSeries &one) {
            return isWorthATile(one, lead, largest);
        }));
    std::size_t wanted = isStack(lead) ? std::max<std::size_t>(worth, 1) : sorted.size();
    if (lead == "PT") {
        // The CT of a PET/CT is read beside it.
        const auto ct = std::find_if(sorted.begin(), sorted.end(), [](const HangSeries *one) {
            return one->record.modality == "CT" && one->record.frames > kSmallSeries;
        });
        if (ct != sorted.end()) {
            std::rotate(sorted.begin() + 1, ct, ct + 1);
            wanted = std::max<std::size_t>(wanted, 1) + 1;
        }
    }
    setGrid(hang, wanted, lead);
    const auto tiles = std::min(sorted.size(), static_cast<std::size_t>(hang.rows * hang.columns));
    for (std::size_t i = 0; i < tiles; ++i) {
        const cache::SeriesRecord &record = sorted[i]->record;
        FirstHang::Tile tile;
        tile.series = record.uid;
        tile.image.where = record.modality == "MR" || record.modality == "PT" ? FirstImage::Where::Middle
                                                                              : FirstImage::Where::First;
        tile.cine = record.modality == "XA" && record.frames > 1;
        hang.tiles.push_back(std::move(tile));
        hang.scrolls = hang.scrolls || record.frames > 1;
    }
    return hang;
}

struct Candidate
{
    const HangSeries *series;
    const HangImage *image;
};

FirstHang::Tile tileOf(const Candidate &candidate)
{
    FirstHang::Tile tile;
    tile.series = candidate.series->record.uid;
    tile.image = {FirstImage::Where::Named, candidate.image->instance, candidate.image->path};
    return tile;
}

std::vector<Candidate> candidatesOf(const std::vector<HangSeries> &series, const std::string &lead)
{
    std::vector<Candidate> candidates;
    for (const HangSeries &one : series)
        if (one.record.modality == lead)
            for (const HangImage &image : one.images)
                candidates.push_back({&one, &image});
    // What is meant for reading before raw data.
    std::stable_sort(candidates.begin(), candidates.end(), [](const Candidate &a, const Candidate &b) {
        return a.image->view.forProcessing < b.image->view.forProcessing;
    });
    return candidates;
}

/// One tile per image, side by side; raw data only where there is nothing else.
FirstHang projections(const std::vector<HangSeries> &series, const std::string &lead)
{
    FirstHang hang;
    auto candidates = candidatesOf(series, lead);
    if (!candidates.empty() && !candidates.front().image->view.forProcessing)
        std::erase_if(candidates, [](const Candidate &c) { return c.image->view.forProcessing; });
    if (candidates.empty())
        return bySeries(series, lead);
    const std::size_t shown = std::min<std::size_t>(candidates.size(), 4);
    hang.rows = shown == 4 ? 2 : 1;
    hang.columns = static_cast<int>(shown == 4 ? 2 : shown);
    for (std::size_t i = 0; i < shown; ++i)
        hang.tiles.push_back(tileOf(candidates[i]));
    return hang;
}

/// The image for one place of the four: whole views before spot views, plain ones before tomosynthesis.
const Candidate *bestFor(const std::vector<Candidate> &candidates, const char *side, bool craniocaudal)
{
    const Candidate *best = nullptr;
    int bestRank = 0;
    for (const Candidate &candidate : candidates) {
        const dicom::ProjectionView &view = candidate.image->view;
        const bool fits = craniocaudal ? view.mammo == MammoView::Cc
                                       : view.mammo == MammoView::Mlo || view.mammo == MammoView::Ml ||
                                             view.mammo == MammoView::Lm;
        if (view.laterality != side || !fits)
            continue;
        int rank = 1;
        rank += view.forProcessing ? 8 : 0;
        rank += view.modified ? 4 : 0;
        rank += !craniocaudal && view.mammo != MammoView::Mlo ? 2 : 0;
        rank += candidate.image->frames > 1 ? 1 : 0;
        if (!best || rank < bestRank) {
            best = &candidate;
            bestRank = rank;
        }
    }
    return best;
}

/// R CC, L CC above R MLO, L MLO: breasts back to back, chest walls to the middle.
FirstHang mammogram(const std::vector<HangSeries> &series)
{
    const auto candidates = candidatesOf(series, "MG");
    struct Place
    {
        const char *side;
        bool craniocaudal;
    };
    constexpr std::array kPlaces{Place{"R", true}, Place{"L", true}, Place{"R", false}, Place{"L", false}};
    std::array<const Candidate *, kPlaces.size()> found{};
    for (std::size_t i = 0; i < kPlaces.size(); ++i)
        found[i] = bestFor(candidates, kPlaces[i].side, kPlaces[i].craniocaudal);
    const bool above = found[0] || found[1], below = found[2] || found[3];
    const bool right = found[0] || found[2], left = found[1] || found[3];
    if (!above && !below)
        return projections(series, "MG"); // nothing says its side and view
    FirstHang hang;
    hang.rows = above && below ? 2 : 1;
    hang.columns = right && left ? 2 : 1;
    for (std::size_t i = 0; i < kPlaces.size(); ++i) {
        const bool rowThere = kPlaces[i].craniocaudal ? above : below;
        const bool columnThere = *kPlaces[i].side == 'R' ? right : left;
        if (rowThere && columnThere)
            hang.tiles.push_back(found[i] ? tileOf(*found[i]) : FirstHang::Tile());
    }
    return hang;
}

} // namespace

ViewingDefaults ViewingDefaults::of(const std::string &modality)
{
    ViewingDefaults defaults;
    if (modality == "PT" || modality == "NM") {
        defaults.inverted = modality == "PT";
        defaults.clampAtZero = true;
        defaults.window = imaging::FirstWindow::FromZero;
    } else if (modality == "MR" || modality == "XA" || modality == "RF" || isProjection(modality)) {
        defaults.window = imaging::FirstWindow::Robust;
    }
    defaults.standsUpright = isProjection(modality);
    defaults.breast = modality == "MG";
    defaults.colourTables = !isProjection(modality) && modality != "XA" && modality != "RF";
    defaults.subtracts = modality == "XA" || modality == "RF";
    return defaults;
}

bool needsHeaders(const cache::SeriesRecord &series)
{
    return isProjection(series.modality) && series.displayable > 0;
}

FirstHang FirstHang::of(const std::vector<HangSeries> &series)
{
    if (series.empty())
        return {};
    const std::string lead = leadModality(series);
    if (lead == "MG")
        return mammogram(series);
    if (isProjection(lead))
        return projections(series, lead);
    return bySeries(series, lead);
}

std::vector<HangSeries> readHangSeries(Services services, const std::vector<cache::SeriesRecord> &series)
{
    std::vector<HangSeries> result;
    std::size_t headers = 0;
    for (const cache::SeriesRecord &record : series) {
        if (record.displayable == 0)
            continue;
        HangSeries one{record, {}};
        if (needsHeaders(record)) {
            auto instances = services.cache.instances(record.uid);
            std::stable_sort(instances.begin(), instances.end(), [](const auto &a, const auto &b) {
                return a.stack.instanceNumber.value_or(0) < b.stack.instanceNumber.value_or(0);
            });
            for (const cache::InstanceRecord &instance : instances) {
                if (instance.frames == 0 || headers == kMostHeaders)
                    continue;
                ++headers;
                HangImage image{instance.uid, instance.path, {}, instance.frames};
                if (const auto file = services.decoder.readDataSet(instance.path, codec::Purpose::Visible))
                    image.view = dicom::ProjectionView::of(file->dataSet);
                one.images.push_back(std::move(image));
            }
        }
        result.push_back(std::move(one));
    }
    return result;
}

} // namespace negatoscope::session
