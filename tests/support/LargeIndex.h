#pragma once

#include "IndexWriter.h"
#include "Schema.h"

#include <cstdio>
#include <random>
#include <string>
#include <vector>

/// An index of many studies, always the same ones. Reaches into the cache's own parts.
namespace negatoscope::test {

inline const std::vector<std::string> kFamilies = {
    "MARTIN",   "BERNARD", "THOMAS",   "PETIT",  "ROBERT",  "RICHARD", "DURAND",  "DUBOIS",
    "MOREAU",   "LAURENT", "SIMON",    "MICHEL", "LEFÈVRE", "LEROY",   "ROUX",    "DAVID",
    "BERTRAND", "MOREL",   "FOURNIER", "GIRARD", "BONNET",  "DUPONT",  "LAMBERT", "GARCÍA",
    "MARTÍNEZ", "SMITH",   "MÜLLER",   "NOVÁK",  "IVANOV",  "ROSSI"};
inline const std::vector<std::string> kGiven = {"Marie",  "Jean",  "Claire", "Luc",    "Zoé",
                                                "Hélène", "Paul",  "Anne",   "José",   "Maria",
                                                "Pierre", "Julie", "Noël",   "Sophie", "Éric"};
inline const std::vector<std::string> kDescriptions = {"CT chest with contrast",
                                                       "MR brain",
                                                       "US abdomen",
                                                       "Scanner thoraco-abdominal",
                                                       "IRM genou droit",
                                                       "Radiographie du thorax",
                                                       "PET/CT whole body",
                                                       "Mammographie bilatérale"};
inline const std::vector<std::string> kModalities = {"CT", "MR", "US", "CR", "DX", "MG", "PT", "XA"};

/// Writes an index as a large hospital's cache would have it, without its files. False if it cannot.
inline bool fillIndex(const std::string &path, int studies)
{
    auto connection = cache::Connection::open(path, cache::Connection::Mode::Writer);
    if (!connection || !cache::prepareSchema(**connection))
        return false;
    cache::IndexWriter writer(**connection, [](const std::string &, const std::string &) { return false; });
    std::mt19937 random(7);
    const auto pick = [&](const std::vector<std::string> &from) { return from[random() % from.size()]; };
    for (int i = 0; i < studies;) {
        SQLite::Transaction transaction((*connection)->database());
        for (int batch = 0; batch < 5000 && i < studies; ++batch, ++i) {
            cache::IndexedFile file;
            const std::string number = std::to_string(i);
            file.study.uid = base::StudyUid("1.2.3." + number);
            file.study.patient.id = std::to_string(1'000'000 + random() % 9'000'000);
            file.study.patient.name.alphabetic =
                pick(kFamilies) + (random() % 3 ? "" : "-" + pick(kFamilies)) + "^" + pick(kGiven);
            char date[9];
            std::snprintf(date, sizeof date, "%04u%02u%02u", static_cast<unsigned>(2005 + random() % 20),
                          static_cast<unsigned>(1 + random() % 12), static_cast<unsigned>(1 + random() % 28));
            file.study.studyDate = date;
            file.study.studyTime = std::to_string(100'000 + random() % 100'000);
            file.study.accession = "ACC" + std::to_string(random() % 100'000'000);
            file.study.description = pick(kDescriptions);
            file.series.uid = base::SeriesUid("1.2.4." + number);
            file.series.study = file.study.uid;
            file.series.modality = pick(kModalities);
            file.instance.uid = base::InstanceUid("1.2.5." + number);
            file.instance.frames = 1;
            file.location = number;
            writer.add(file);
        }
        writer.finishBatch();
        transaction.commit();
    }
    return true;
}

} // namespace negatoscope::test
