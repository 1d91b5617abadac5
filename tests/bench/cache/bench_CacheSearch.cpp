// Search in an index of 100,000 studies: the slowest of several queries of each kind must stay under 30 ms.
//   bench_CacheSearch [studies] [folder]

#include "CacheFixture.h"
#include "Implementation.h"
#include "Schema.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>

using namespace negatoscope;
using namespace negatoscope::test;

namespace {

const std::vector<std::string> kFamilies = {"MARTIN",   "BERNARD", "THOMAS", "PETIT",   "ROBERT",   "RICHARD",
                                            "DURAND",   "DUBOIS",  "MOREAU", "LAURENT", "SIMON",    "MICHEL",
                                            "LEFÈVRE",  "LEROY",   "ROUX",   "DAVID",   "BERTRAND", "MOREL",
                                            "FOURNIER", "GIRARD",  "BONNET", "DUPONT",  "LAMBERT",  "GARCÍA",
                                            "MARTÍNEZ", "SMITH",   "MÜLLER", "NOVÁK",   "IVANOV",   "ROSSI"};
const std::vector<std::string> kGiven = {"Marie",  "Jean",  "Claire", "Luc",    "Zoé",
                                         "Hélène", "Paul",  "Anne",   "José",   "Maria",
                                         "Pierre", "Julie", "Noël",   "Sophie", "Éric"};
const std::vector<std::string> kDescriptions = {"CT chest with contrast",
                                                "MR brain",
                                                "US abdomen",
                                                "Scanner thoraco-abdominal",
                                                "IRM genou droit",
                                                "Radiographie du thorax",
                                                "PET/CT whole body",
                                                "Mammographie bilatérale"};
const std::vector<std::string> kModalities = {"CT", "MR", "US", "CR", "DX", "MG", "PT", "XA"};

/// An index as a large hospital's cache would have it, without its files.
bool fillIndex(const std::string &path, int studies)
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

} // namespace

int main(int argc, char **argv)
{
    const int studies = argc > 1 ? std::atoi(argv[1]) : 100'000;
    const auto base =
        std::filesystem::absolute(std::filesystem::path(argc > 2 ? argv[2] : ".") / "bench-search");
    std::filesystem::remove_all(base);
    std::filesystem::create_directories(base);
    if (!fillIndex((base / "index.sqlite").string(), studies))
        return 1;
    FakeFileReader reader;
    auto cache = cache::Cache::open({base.string(), 0, 0, false}, reader);
    if (!cache)
        return 1;
    const auto query = [](std::string text, std::vector<std::string> modalities = {}, std::string from = {},
                          std::string to = {}) {
        cache::StudyQuery result;
        result.text = std::move(text);
        result.modalities = std::move(modalities);
        result.dateFrom = std::move(from);
        result.dateTo = std::move(to);
        return result;
    };
    const std::vector<std::pair<const char *, cache::StudyQuery>> queries = {
        {"everything", query("")},
        {"full name", query("martin claire")},
        {"name without accents", query("muller zoe")},
        {"one letter", query("m")},
        {"two letters", query("be")},
        {"two broad words", query("m c")},
        {"three broad words", query("m c 1")},
        {"id", query("1234")},
        {"accession", query("acc12345")},
        {"every accession", query("acc")},
        {"description", query("thorax")},
        {"description, two words", query("whole body")},
        {"nothing", query("zzzz")},
        {"day", query("", {}, "20200101", "20200101")},
        {"year and modality", query("", {"XA"}, "20200101", "20201231")},
        {"one letter in a month", query("m", {}, "20200101", "20200131")},
        {"one letter, modality", query("m", {"MG"})},
        {"one letter, modality that is none", query("m", {"OT"})},
        {"modality that is none", query("", {"OT"})},
        {"words that never meet", query("brain whole")},
    };
    double slowest = 0;
    for (const auto &[name, one] : queries) {
        double best = 1e9;
        std::size_t found = 0;
        for (int round = 0; round < 5; ++round) {
            const auto start = std::chrono::steady_clock::now();
            found = (*cache)->studies(one).size();
            best = std::min(
                best,
                std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
        }
        std::printf("%-36s %7.2f ms, %zu found\n", name, best, found);
        slowest = std::max(slowest, best);
    }
    cache->reset();
    std::filesystem::remove_all(base);
    std::printf("{\"bench\": \"cacheSearch\", \"studies\": %d, \"slowestMs\": %.1f, \"reachMs\": 30}\n",
                studies, slowest);
    return 0;
}
