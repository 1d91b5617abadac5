#pragma once

#include "FakeFileReader.h"

#include <cache/Cache.h>

#include <QtCore/QTemporaryDir>

#include <filesystem>
#include <fstream>
#include <sstream>

namespace negatoscope::test {

/// What a generated instance says; everything else is derived from it.
struct InstanceSpec
{
    std::string study = "1.2.3", series = "1.2.3.1", instance = "1.2.3.1.1";
    std::string name = "MARTIN^Claire", id = "4711", issuer = "HOSP", birthDate = "19700101";
    std::string date = "20240102", time = "101112", accession = "A1", description = "Chest CT",
                modality = "CT";
    std::string seriesDescription = "lung";
    int seriesNumber = 1, instanceNumber = 1;
    std::optional<double> z;
    std::size_t pixelBytes = 512;
    char fill = 'x';
};

inline FakeDicomFile fakeDicom(const InstanceSpec &spec)
{
    namespace tags = dicom::tags;
    FakeDicomFile file;
    file.set(tags::SopClassUid, "UI", "1.2.840.10008.5.1.4.1.1.2");
    file.set(tags::SopInstanceUid, "UI", spec.instance);
    file.set(tags::StudyDate, "DA", spec.date);
    file.set(tags::StudyTime, "TM", spec.time);
    file.set(tags::AccessionNumber, "SH", spec.accession);
    file.set(tags::Modality, "CS", spec.modality);
    file.set(tags::StudyDescription, "LO", spec.description);
    file.set(tags::SeriesDescription, "LO", spec.seriesDescription);
    file.set(tags::PatientName, "PN", spec.name);
    file.set(tags::PatientId, "LO", spec.id);
    file.set(tags::IssuerOfPatientId, "LO", spec.issuer);
    file.set(tags::PatientBirthDate, "DA", spec.birthDate);
    file.set(tags::PatientSex, "CS", "F");
    file.set(tags::StudyInstanceUid, "UI", spec.study);
    file.set(tags::SeriesInstanceUid, "UI", spec.series);
    file.set(tags::SeriesNumber, "IS", std::to_string(spec.seriesNumber));
    file.set(tags::InstanceNumber, "IS", std::to_string(spec.instanceNumber));
    if (spec.z) {
        file.set(tags::ImagePositionPatient, "DS", "0\\0\\" + std::to_string(*spec.z));
        file.set(tags::ImageOrientationPatient, "DS", "1\\0\\0\\0\\1\\0");
    }
    file.data.setUnsignedShort(tags::Rows, 16);
    file.data.setUnsignedShort(tags::Columns, 16);
    file.pixels = std::string(spec.pixelBytes, spec.fill);
    return file;
}

inline void writeFile(const std::filesystem::path &path, std::string_view bytes)
{
    std::filesystem::create_directories(path.parent_path());
    std::ofstream file(path, std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

inline void writeInstance(const std::filesystem::path &path, const InstanceSpec &spec)
{
    writeFile(path, fakeDicom(spec).bytes());
}

/// A cache and a folder of sources, both gone with the object.
class CacheFixture
{
public:
    CacheFixture() { options.folder = path("cache").string(); }

    std::filesystem::path path(const std::string &name) const
    {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }
    std::filesystem::path source(const std::string &name) const { return path("source") / name; }

    /// Opens the cache, closing it first if it was.
    bool open()
    {
        cache.reset();
        auto opened = cache::Cache::open(options, reader);
        if (!opened) {
            error = opened.error();
            return false;
        }
        cache = std::move(*opened);
        return true;
    }
    cache::ImportReport import(const std::filesystem::path &from)
    {
        auto report = cache->import({from.string()}, {}, {});
        return report ? *report : cache::ImportReport{};
    }
    cache::ImportReport importOne(const InstanceSpec &spec)
    {
        const auto file = source("one-" + std::to_string(m_next++) + ".dcm");
        writeInstance(file, spec);
        return import(file);
    }

    /// Every object as the file system has it: path -> content.
    std::map<std::string, std::string> objects() const
    {
        std::map<std::string, std::string> result;
        for (const auto &entry : std::filesystem::recursive_directory_iterator(path("cache/objects")))
            if (entry.is_regular_file()) {
                std::ostringstream content;
                content << std::ifstream(entry.path(), std::ios::binary).rdbuf();
                result[entry.path().string()] = content.str();
            }
        return result;
    }

    /// Whether nothing half done lies about; the folder for what is being received may be there, empty.
    bool hasNoTemporaryFiles() const
    {
        for (const auto &entry : std::filesystem::recursive_directory_iterator(path("cache/tmp")))
            if (!entry.is_directory())
                return false;
        return true;
    }

    FakeFileReader reader;
    cache::Cache::Options options{{}, 0, 0, false};
    std::unique_ptr<cache::Cache> cache;
    base::Error error{base::ErrorCode::Internal, "none"};

private:
    QTemporaryDir m_folder;
    int m_next = 0;
};

} // namespace negatoscope::test
