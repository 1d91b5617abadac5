#include "MediaDirectory.h"

#include <algorithm>
#include <map>

#include <sys/stat.h>

namespace negatoscope::cache {

namespace tags = dicom::tags;

namespace {

// Of the directory records alone (PS3.3 F.3.2.2); nothing else reads them.
constexpr dicom::Tag kReferencedInstanceUid{0x0004, 0x1511};
constexpr std::size_t kMostComponents = 16;

bool isPlainName(const std::string &name)
{
    return !name.empty() && name.size() <= 255 && name != "." && name != ".." &&
           name.find_first_of(std::string_view("/\0", 2)) == std::string::npos;
}

std::string lowerCase(std::string text)
{
    for (char &c : text)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c + ('a' - 'A'));
    return text;
}

} // namespace

MediaDirectory MediaDirectory::of(const dicom::DataSet &dataSet)
{
    MediaDirectory directory;
    std::map<base::SeriesUid, std::size_t> known;
    std::string study;
    AnnouncedSeries *series = nullptr;
    // Directory writers put the records in depth-first order, which is what every reader of media relies on;
    // the offsets count in the file, which we no longer have.
    for (const dicom::DataSet &record : dataSet.items(tags::DirectoryRecordSequence)) {
        const std::string type = record.text(tags::DirectoryRecordType);
        if (type == "PATIENT" || type == "STUDY") {
            study = type == "STUDY" ? record.text(tags::StudyInstanceUid) : std::string();
            series = nullptr;
        } else if (type == "SERIES") {
            const std::string uid = record.text(tags::SeriesInstanceUid);
            series = nullptr;
            if (base::isValidUid(study) && base::isValidUid(uid)) {
                const auto [at, isNew] = known.emplace(base::SeriesUid(uid), directory.series.size());
                if (isNew)
                    directory.series.push_back({base::StudyUid(study),
                                                base::SeriesUid(uid),
                                                record.text(tags::Modality),
                                                record.integer(tags::SeriesNumber),
                                                {}});
                series = &directory.series[at->second];
            }
        }
        const auto components = record.texts(tags::ReferencedFileId);
        if (components.empty())
            continue;
        const std::string instance = record.text(kReferencedInstanceUid);
        Reference reference{components, {}};
        if (base::isValidUid(instance)) {
            reference.instance = base::InstanceUid(instance);
            if (series)
                series->instances.push_back(reference.instance);
        }
        directory.files.push_back(std::move(reference));
    }
    std::erase_if(directory.series, [](const AnnouncedSeries &s) { return s.instances.empty(); });
    return directory;
}

std::string resolveReference(const std::string &folder, const std::vector<std::string> &components)
{
    if (components.size() > kMostComponents)
        return {};
    std::string path = folder;
    for (const std::string &component : components) {
        if (!isPlainName(component))
            return {};
        struct stat status = {};
        std::string next = path + '/' + component;
        if (::lstat(next.c_str(), &status) != 0) {
            next = path + '/' + lowerCase(component);
            if (::lstat(next.c_str(), &status) != 0)
                return {};
        }
        if (S_ISLNK(status.st_mode))
            return {};
        path = std::move(next);
    }
    return path;
}

} // namespace negatoscope::cache
