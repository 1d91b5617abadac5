#include <session/ArrivalOrder.h>

#include <algorithm>
#include <array>
#include <limits>
#include <tuple>
#include <unordered_map>

namespace negatoscope::session {

namespace {

struct Series
{
    base::SeriesUid uid;
    std::string modality;
    std::optional<std::int64_t> number;
    std::vector<std::size_t> instances; ///< places in the list, by instance number
};

template <typename Number>
Number orLast(const std::optional<Number> &number)
{
    return number.value_or(std::numeric_limits<Number>::max());
}

/// In the order of the series list.
std::vector<Series> seriesOf(std::span<const archive::FoundInstance> listed)
{
    std::vector<Series> all;
    std::unordered_map<base::SeriesUid, std::size_t> places;
    for (std::size_t i = 0; i < listed.size(); ++i) {
        const auto &instance = listed[i];
        const auto [place, isNew] = places.emplace(instance.series, all.size());
        if (isNew)
            all.push_back({instance.series, instance.modality, instance.seriesNumber, {}});
        all[place->second].instances.push_back(i);
    }
    std::stable_sort(all.begin(), all.end(), [](const Series &a, const Series &b) {
        return std::pair(orLast(a.number), a.uid) < std::pair(orLast(b.number), b.uid);
    });
    for (Series &series : all)
        std::stable_sort(series.instances.begin(), series.instances.end(), [&](std::size_t a, std::size_t b) {
            return orLast(listed[a].number) < orLast(listed[b].number);
        });
    return all;
}

/// The most urgent series first: as on screen, then by their distance from the first, pictures before all
/// else.
void rank(std::vector<Series> &all, const std::vector<base::SeriesUid> &onScreen)
{
    const auto placeOnScreen = [&](const Series &series) {
        return std::find(onScreen.begin(), onScreen.end(), series.uid) - onScreen.begin();
    };
    auto inHand = std::min_element(all.begin(), all.end(), [&](const Series &a, const Series &b) {
        return std::pair(placeOnScreen(a), !hasPictures(a.modality)) <
               std::pair(placeOnScreen(b), !hasPictures(b.modality));
    });
    using Rank = std::tuple<std::ptrdiff_t, bool, std::ptrdiff_t>;
    std::vector<std::pair<Rank, Series>> ranked;
    const auto middle = inHand - all.begin();
    for (auto series = all.begin(); series != all.end(); ++series) {
        const auto at = series - all.begin();
        // The one that follows before the one before.
        const auto distance = at >= middle ? 2 * (at - middle) : 2 * (middle - at) + 1;
        ranked.emplace_back(Rank{placeOnScreen(*series), !hasPictures(series->modality), distance},
                            std::move(*series));
    }
    std::sort(ranked.begin(), ranked.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    for (std::size_t i = 0; i < all.size(); ++i)
        all[i] = std::move(ranked[i].second);
}

/// The instances of a series from one of them outwards.
std::vector<std::size_t> outwards(const std::vector<std::size_t> &instances, std::size_t from)
{
    std::vector<std::size_t> order{instances[from]};
    for (std::size_t step = 1; order.size() < instances.size(); ++step) {
        if (from + step < instances.size())
            order.push_back(instances[from + step]);
        if (from >= step)
            order.push_back(instances[from - step]);
    }
    return order;
}

} // namespace

bool hasPictures(std::string_view modality)
{
    constexpr std::array<std::string_view, 10> kWithout{"SR",  "PR",       "KO",     "ECG",  "HD",
                                                        "REG", "RTSTRUCT", "RTPLAN", "PLAN", "FID"};
    return std::find(kWithout.begin(), kWithout.end(), modality) == kWithout.end();
}

std::vector<std::size_t> arrivalOrder(std::span<const archive::FoundInstance> listed,
                                      const Attention &attention)
{
    if (listed.empty())
        return {};
    auto all = seriesOf(listed);
    rank(all, attention.series);
    std::vector<std::vector<std::size_t>> orders;
    for (const Series &series : all) {
        const auto shown =
            std::find_if(series.instances.begin(), series.instances.end(), [&](std::size_t place) {
                return !attention.image.isEmpty() && listed[place].uid == attention.image;
            });
        const auto from = shown == series.instances.end() ? series.instances.size() / 2
                                                          : std::size_t(shown - series.instances.begin());
        orders.push_back(outwards(series.instances, from));
    }
    std::vector<std::size_t> result;
    result.reserve(listed.size());
    const std::size_t near = std::min(kNearImages, orders.front().size());
    result.assign(orders.front().begin(), orders.front().begin() + std::ptrdiff_t(near));
    for (std::size_t i = 1; i < orders.size(); ++i)
        if (hasPictures(all[i].modality))
            result.push_back(orders[i].front());
    for (std::size_t i = 0; i < orders.size(); ++i) {
        const std::size_t begun = i == 0 ? near : hasPictures(all[i].modality) ? 1 : 0;
        result.insert(result.end(), orders[i].begin() + std::ptrdiff_t(begun), orders[i].end());
    }
    return result;
}

} // namespace negatoscope::session
