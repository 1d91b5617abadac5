#include "RetrieveIdentifiers.h"

#include "QueryTags.h"

namespace negatoscope::archive {

using dicom::DataSet;

namespace {

/// An explicit UI value holds less than 64 KiB: about a thousand identifiers.
constexpr std::size_t kMostInstances = 500;

DataSet identifier(const char *level, const base::StudyUid &study)
{
    DataSet keys;
    keys.setText(tags::QueryRetrieveLevel, "CS", level);
    keys.setText(dicom::tags::StudyInstanceUid, "UI", study.value());
    return keys;
}

} // namespace

std::vector<DataSet> retrieveIdentifiers(const Wanted &wanted,
                                         const std::function<bool(const std::string &)> &takes)
{
    if (wanted.series.empty())
        return {identifier("STUDY", wanted.study)};
    std::vector<DataSet> all;
    for (const WantedSeries &series : wanted.series) {
        if (series.instances.empty()) {
            all.push_back(identifier("SERIES", wanted.study));
            all.back().setText(dicom::tags::SeriesInstanceUid, "UI", series.series.value());
            continue;
        }
        std::string list;
        std::size_t count = 0;
        const auto finish = [&] {
            if (list.empty())
                return;
            all.push_back(identifier("IMAGE", wanted.study));
            all.back().setText(dicom::tags::SeriesInstanceUid, "UI", series.series.value());
            all.back().setText(dicom::tags::SopInstanceUid, "UI", list);
            list.clear();
            count = 0;
        };
        for (const WantedInstance &instance : series.instances) {
            if (takes && !takes(instance.sopClass))
                continue;
            list += (list.empty() ? "" : "\\") + instance.uid.value();
            if (++count == kMostInstances)
                finish();
        }
        finish();
    }
    return all;
}

} // namespace negatoscope::archive
