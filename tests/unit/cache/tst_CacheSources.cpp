#include "CacheFixture.h"

#include <QtTest/QtTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace negatoscope;
using namespace negatoscope::test;
using base::ErrorCode;
using cache::Completeness;

namespace tags = dicom::tags;

/// Where files come from: folders, links, archives, DICOMDIR, in place; and why some are refused.
class tst_CacheSources : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void refusesFilesWithoutIdentity();
    void refusesUidsThatAreNone_data();
    void refusesUidsThatAreNone();
    void refusesIdentifiersTooLongToCompare();
    void saysWhichIdentifierIsTooLong();
    void ignoresWhatIsPlainlyNoDicomUnlessItIsNamed_data();
    void ignoresWhatIsPlainlyNoDicomUnlessItIsNamed();
    void evilIdentifiersLeaveNothingOutside();
    void followsGivenLinksButNotThoseInFolders();
    void refusesPipesAndMissingFiles();
    void importsArchiveMembersButNoArchiveInside();
    void directoryTellsWhatIsComplete();
    void directoryCannotLeadElsewhere();
    void opensInPlaceWithoutCopying();
    void cachedInstanceGoesBeforeTheOneInPlace();
    void anotherPatientInPlaceIsNotMerged();
    void stopsWhenAsked();
};

namespace {

std::map<ErrorCode, int> codesOf(const cache::ImportReport &report)
{
    std::map<ErrorCode, int> codes;
    for (const auto &refused : report.refused)
        ++codes[refused.error.code()];
    return codes;
}

/// A medium of one study, its DICOMDIR naming `announced` instances of one series of which `present` are
/// there.
void writeMedium(const std::filesystem::path &folder, int announced, int present)
{
    FakeDicomFile directory;
    directory.set(tags::FileSetId, "CS", "DISC");
    dicom::DataSet patient, study, series;
    patient.setText(tags::DirectoryRecordType, "CS", "PATIENT");
    study.setText(tags::DirectoryRecordType, "CS", "STUDY");
    study.setText(tags::StudyInstanceUid, "UI", "1.2.3");
    series.setText(tags::DirectoryRecordType, "CS", "SERIES");
    series.setText(tags::SeriesInstanceUid, "UI", "1.2.3.1");
    series.setText(tags::Modality, "CS", "CT");
    directory.directoryRecords = {patient, study, series};
    for (int i = 1; i <= announced; ++i) {
        dicom::DataSet image;
        image.setText(tags::DirectoryRecordType, "CS", "IMAGE");
        image.setText(tags::ReferencedFileId, "CS", "IMAGES\\IM" + std::to_string(i));
        image.setText({0x0004, 0x1511}, "UI", "1.2.3.9." + std::to_string(i));
        directory.directoryRecords.push_back(image);
        InstanceSpec spec;
        spec.instance = "1.2.3.9." + std::to_string(i);
        spec.instanceNumber = i;
        if (i <= present)
            writeInstance(folder / "images" / ("im" + std::to_string(i)), spec);
    }
    writeFile(folder / "DICOMDIR", directory.bytes());
}

} // namespace

void tst_CacheSources::refusesFilesWithoutIdentity()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    for (const dicom::Tag tag : {tags::StudyInstanceUid, tags::SeriesInstanceUid, tags::SopInstanceUid}) {
        FakeDicomFile file = fakeDicom({});
        file.set(tag, "UI", "");
        writeFile(fixture.source(dicom::toString(tag)), file.bytes());
    }
    const auto report = fixture.import(fixture.source(""));
    QCOMPARE(report.files, 3);
    QCOMPARE(codesOf(report)[ErrorCode::MissingIdentity], 3);
    QCOMPARE(fixture.objects().size(), 0U);
}

void tst_CacheSources::refusesUidsThatAreNone_data()
{
    QTest::addColumn<QByteArray>("uid");
    QTest::newRow("path") << QByteArray("../../../etc/passwd");
    QTest::newRow("sql") << QByteArray("1'; DROP TABLE study; --");
    QTest::newRow("NUL inside") << QByteArray("1.2\0.3", 6);
    QTest::newRow("markup") << QByteArray("<img src=x>");
    QTest::newRow("format") << QByteArray("1.2.%n%s");
    QTest::newRow("newline") << QByteArray("1.2\n.3");
    QTest::newRow("too long") << QByteArray(65, '1');
    QTest::newRow("empty component") << QByteArray("1..2");
}

void tst_CacheSources::refusesUidsThatAreNone()
{
    QFETCH(const QByteArray, uid);
    CacheFixture fixture;
    QVERIFY(fixture.open());
    int count = 0;
    for (const dicom::Tag tag : {tags::StudyInstanceUid, tags::SeriesInstanceUid, tags::SopInstanceUid}) {
        FakeDicomFile file = fakeDicom({});
        file.set(tag, "UI", uid.toStdString());
        writeFile(fixture.source(std::to_string(++count)), file.bytes());
    }
    const auto report = fixture.import(fixture.source(""));
    QCOMPARE(codesOf(report)[ErrorCode::InvalidIdentifier], count);
    for (const auto &refused : report.refused)
        QVERIFY2(refused.error.text().find(uid.toStdString()) == std::string::npos,
                 "the value is in the message");
}

void tst_CacheSources::refusesIdentifiersTooLongToCompare()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    InstanceSpec spec;
    spec.id = std::string(2000, '7');
    const auto report = fixture.importOne(spec);
    QCOMPARE(codesOf(report)[ErrorCode::InvalidIdentifier], 1);
    QVERIFY(report.refused[0].error.text().find("(0010,0020)") != std::string::npos);
}

void tst_CacheSources::saysWhichIdentifierIsTooLong()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    InstanceSpec longest, longer;
    longest.series = std::string(64, '1');
    longer.series = std::string(65, '1');
    longer.instance = "1.2.3.1.2";
    QCOMPARE(fixture.importOne(longest).imported, 1);
    const auto report = fixture.importOne(longer);
    QCOMPARE(report.refused.size(), 1U);
    QCOMPARE(report.refused[0].error.text(), std::string("(0020,000e) is longer than 64 characters"));
}

void tst_CacheSources::ignoresWhatIsPlainlyNoDicomUnlessItIsNamed_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<bool>("ignored");
    QTest::newRow("text") << QByteArray("Dear colleague,\r\n\tthank you.") << true;
    QTest::newRow("text in Latin-1") << QByteArray("Cher coll\xe8gue") << true;
    QTest::newRow("text in UTF-16") << QByteArray("\xff\xfeO\0K\0", 6) << true;
    QTest::newRow("autorun.inf") << QByteArray("[autorun]\r\nopen=viewer.exe\r\n") << true;
    QTest::newRow("program") << QByteArray("MZ\x90\0\3\0\0\0", 8) << true;
    QTest::newRow("JPEG") << QByteArray("\xff\xd8\xff\xe0\0\x10JFIF\0", 11) << true;
    QTest::newRow("PNG") << QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16) << true;
    QTest::newRow("PDF") << QByteArray("%PDF-1.4\n\0\1", 11) << true;
    QTest::newRow("Thumbs.db") << QByteArray("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", 10) << true;
    // What an image may have become is never passed over.
    QTest::newRow("empty") << QByteArray() << false;
    QTest::newRow("zeros") << QByteArray(4096, '\0') << false;
    QTest::newRow("noise") << QByteArray("\x03\x9a\x00\x17\xfe\x01", 6) << false;
    QTest::newRow("a preamble of text") << QByteArray(128, 'x') + "DICMno more" << false;
}

void tst_CacheSources::ignoresWhatIsPlainlyNoDicomUnlessItIsNamed()
{
    QFETCH(const QByteArray, content);
    QFETCH(const bool, ignored);
    CacheFixture fixture;
    QVERIFY(fixture.open());
    writeFile(fixture.source("disc/other"), content.toStdString());
    writeFile(fixture.source("disc.zip"), FakeFileReader::archiveOf({{"other", content.toStdString()}}));
    for (const auto &[path, passesOver] :
         {std::pair(fixture.source("disc"), ignored), std::pair(fixture.source("disc.zip"), ignored),
          std::pair(fixture.source("disc/other"), false)}) {
        const auto report = fixture.import(path);
        QCOMPARE(report.files, 1);
        QCOMPARE(report.refused.size(), 1U);
        QCOMPARE(report.refused[0].ignored, passesOver);
        QCOMPARE(report.ignored, passesOver ? 1 : 0);
    }
}

void tst_CacheSources::evilIdentifiersLeaveNothingOutside()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    const std::vector<std::string> evil = {"../../x",
                                           "/etc/passwd",
                                           "a\nb",
                                           "\xe2\x80\xae gnp.exe",
                                           "<img src=x onerror=1>",
                                           "' OR 1=1 --",
                                           "%n%n%n",
                                           "\"*\" AND {name} : x",
                                           "NEAR(a b)",
                                           "$(reboot)",
                                           std::string(900, 'A'),
                                           "\xff\xfe broken"};
    int tried = 0;
    for (int i = 0; i < 200; ++i) {
        InstanceSpec spec;
        const std::string suffix = std::to_string(i);
        const std::string &text = evil[static_cast<std::size_t>(i) % evil.size()];
        spec.study = "1.5." + suffix;
        spec.series = "1.6." + suffix;
        spec.instance = "1.7." + suffix;
        spec.name = text + "^" + suffix;
        spec.id = text;
        spec.accession = text;
        spec.description = text;
        spec.modality = text;
        writeInstance(fixture.source(suffix), spec);
        ++tried;
    }
    const auto report = fixture.import(fixture.source(""));
    QCOMPARE(report.imported, tried);
    // Only the cache and the sources are there, and every object has a hash for its name.
    int entries = 0;
    for (const auto &entry : std::filesystem::directory_iterator(fixture.path(""))) {
        const std::string name = entry.path().filename().string();
        QVERIFY2(name == "cache" || name == "source", name.c_str());
        ++entries;
    }
    QCOMPARE(entries, 2);
    QCOMPARE(fixture.objects().size(), 200U);
    for (const std::string &text : evil) {
        cache::StudyQuery query;
        query.text = text;
        fixture.cache->studies(query);
    }
    QCOMPARE(fixture.cache->studies({}).size(), 200U);
}

void tst_CacheSources::followsGivenLinksButNotThoseInFolders()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    writeInstance(fixture.path("elsewhere/file"), {});
    std::filesystem::create_directories(fixture.source("folder"));
    std::filesystem::create_symlink(fixture.path("elsewhere/file"), fixture.source("folder/link"));
    std::filesystem::create_directory_symlink(fixture.source("folder"), fixture.source("folder/loop"));
    const auto folder = fixture.import(fixture.source("folder"));
    QCOMPARE(folder.imported, 0);
    QCOMPARE(codesOf(folder)[ErrorCode::CannotRead], 2);
    QCOMPARE(fixture.import(fixture.source("folder/link")).imported, 1);
}

void tst_CacheSources::refusesPipesAndMissingFiles()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    std::filesystem::create_directories(fixture.source("folder"));
    QCOMPARE(::mkfifo(fixture.source("folder/pipe").c_str(), 0600), 0);
    const auto report = fixture.import(fixture.source("folder"));
    QCOMPARE(codesOf(report)[ErrorCode::CannotRead], 1);
    QCOMPARE(codesOf(fixture.import(fixture.source("nothing")))[ErrorCode::CannotRead], 1);
}

void tst_CacheSources::importsArchiveMembersButNoArchiveInside()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    InstanceSpec second;
    second.instance = "1.2.3.1.2";
    const std::string inner = FakeFileReader::archiveOf({{"x", fakeDicom({}).bytes()}});
    writeFile(fixture.source("disc.zip"), FakeFileReader::archiveOf({{"../../one", fakeDicom({}).bytes()},
                                                                     {"dir/", ""},
                                                                     {"two", fakeDicom(second).bytes()},
                                                                     {"text", "not DICOM at all"},
                                                                     {"inner.zip", inner}}));
    const auto report = fixture.import(fixture.source("disc.zip"));
    QCOMPARE(report.imported, 2);
    QCOMPARE(report.files, 4);
    auto codes = codesOf(report);
    QCOMPARE(codes[ErrorCode::NotDicom], 1);
    QCOMPARE(codes[ErrorCode::LimitExceeded], 1);
    QCOMPARE(report.refused[0].path, fixture.source("disc.zip").string() + ": text");
    QVERIFY(fixture.hasNoTemporaryFiles());
    QCOMPARE(fixture.cache->verify({}, {})->ok, 2);
}

void tst_CacheSources::directoryTellsWhatIsComplete()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    writeMedium(fixture.source("disc"), 5, 3);
    const auto report = fixture.import(fixture.source("disc/DICOMDIR"));
    QCOMPARE(report.imported, 3);
    QCOMPARE(codesOf(report)[ErrorCode::NotFound], 2);
    const base::StudyUid study("1.2.3");
    QCOMPARE(fixture.cache->series(study).at(0).completeness, Completeness::Incomplete);
    QCOMPARE(fixture.cache->series(study).at(0).expected, std::optional(5));
    QCOMPARE(fixture.cache->study(study)->completeness, Completeness::Incomplete);

    // The missing ones arrive; the list is still known after the index is lost.
    std::filesystem::remove_all(fixture.source("disc"));
    writeMedium(fixture.source("disc"), 5, 5);
    const auto again = fixture.import(fixture.source("disc"));
    QCOMPARE(again.imported, 2);
    QCOMPARE(again.alreadyThere, 3);
    QCOMPARE(again.files, 5);
    QCOMPARE(fixture.cache->study(study)->completeness, Completeness::Complete);
    fixture.cache.reset();
    std::filesystem::remove(fixture.path("cache/index.sqlite"));
    QVERIFY(fixture.open());
    QCOMPARE(fixture.cache->study(study)->completeness, Completeness::Complete);

    // One more than announced: the list no longer describes the series.
    InstanceSpec extra;
    extra.instance = "1.2.3.9.6";
    fixture.importOne(extra);
    QCOMPARE(fixture.cache->series(study).at(0).completeness, Completeness::Unknown);
}

void tst_CacheSources::directoryCannotLeadElsewhere()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    writeInstance(fixture.path("secret"), {});
    FakeDicomFile directory;
    directory.set(tags::FileSetId, "CS", "DISC");
    for (const char *const id : {"..\\..\\secret", "..\\../secret", "/etc\\passwd", "."}) {
        dicom::DataSet image;
        image.setText(tags::DirectoryRecordType, "CS", "IMAGE");
        image.setText(tags::ReferencedFileId, "CS", id);
        directory.directoryRecords.push_back(image);
    }
    writeFile(fixture.source("disc/DICOMDIR"), directory.bytes());
    const auto report = fixture.import(fixture.source("disc/DICOMDIR"));
    QCOMPARE(report.imported, 0);
    QCOMPARE(codesOf(report)[ErrorCode::NotFound], 4);
}

void tst_CacheSources::opensInPlaceWithoutCopying()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    for (int i = 1; i <= 100; ++i) {
        InstanceSpec spec;
        spec.instance = "1.2.3.9." + std::to_string(i);
        writeInstance(fixture.source(std::to_string(i)), spec);
    }
    const auto report = fixture.cache->openInPlace({fixture.source("").string()}, {}, {});
    QVERIFY(report);
    QCOMPARE(report->imported, 100);
    const auto studies = fixture.cache->studies({});
    QCOMPARE(studies.size(), 1U);
    QVERIFY(studies[0].inPlace);
    QCOMPARE(studies[0].instances, 100);
    QCOMPARE(fixture.objects().size(), 0U);
    const auto first = fixture.cache->firstInstance(base::SeriesUid("1.2.3.1"));
    QVERIFY(first);
    QVERIFY(first->path.starts_with(fixture.source("").string()));
    QVERIFY(fixture.open());
    QCOMPARE(fixture.cache->studies({}).size(), 0U);
}

void tst_CacheSources::cachedInstanceGoesBeforeTheOneInPlace()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    InstanceSpec other;
    other.instance = "1.2.3.1.2";
    writeInstance(fixture.source("a"), {});
    writeInstance(fixture.source("b"), other);
    fixture.import(fixture.source("a"));
    QVERIFY(fixture.cache->openInPlace({fixture.source("").string()}, {}, {}));
    const auto studies = fixture.cache->studies({});
    QCOMPARE(studies.size(), 1U);
    QVERIFY(!studies[0].inPlace);
    QCOMPARE(studies[0].instances, 2);
    const auto instances = fixture.cache->instances(base::SeriesUid("1.2.3.1"));
    QCOMPARE(instances.size(), 2U);
    for (const auto &instance : instances)
        QCOMPARE(instance.path.starts_with(fixture.path("cache").string()),
                 instance.uid.value() == "1.2.3.1.1");
    QCOMPARE(fixture.cache->series(studies[0].uid).at(0).instances, 2);
}

void tst_CacheSources::anotherPatientInPlaceIsNotMerged()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    fixture.importOne({});
    InstanceSpec other;
    other.id = "another";
    other.instance = "1.2.3.1.2";
    writeInstance(fixture.source("place/b"), other);
    QVERIFY(fixture.cache->openInPlace({fixture.source("place").string()}, {}, {}));
    const auto studies = fixture.cache->studies({});
    QCOMPARE(studies.size(), 1U);
    QVERIFY(studies[0].identityConflict);
    QCOMPARE(studies[0].instances, 1);
    QCOMPARE(fixture.cache->instances(base::SeriesUid("1.2.3.1")).size(), 1U);
}

void tst_CacheSources::stopsWhenAsked()
{
    CacheFixture fixture;
    QVERIFY(fixture.open());
    for (int i = 1; i <= 2000; ++i) {
        InstanceSpec spec;
        spec.instance = "1.2.3.9." + std::to_string(i);
        writeInstance(fixture.source(std::to_string(i)), spec);
    }
    std::stop_source stop;
    std::atomic<int> seen = 0;
    fixture.reader.beforeRead = [&](const std::string &) {
        if (++seen == 300)
            stop.request_stop();
    };
    const auto report = fixture.cache->import({fixture.source("").string()}, {}, stop.get_token());
    QVERIFY(report);
    QVERIFY(report->cancelled);
    QVERIFY(report->imported < 2000);
    QCOMPARE(fixture.cache->verify({}, {})->ok, report->imported);
    QVERIFY(fixture.hasNoTemporaryFiles());
}

QTEST_GUILESS_MAIN(tst_CacheSources)
#include "tst_CacheSources.moc"
