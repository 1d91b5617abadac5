#include "PreScan.h"

#include "FrameTable.h"

#include <DicomBytes.h>

#include <QtTest>

#include <algorithm>

using namespace negatoscope;
using namespace negatoscope::codec;
using base::ErrorCode;
using test::DicomBytes;

namespace {

base::Result<Scan> scan(const std::string &bytes, bool whole = true, const Limits &limits = {},
                        std::vector<WantedElement> wanted = {})
{
    const MemorySource source({reinterpret_cast<const std::uint8_t *>(bytes.data()), bytes.size()});
    return preScan(source, wanted, whole, limits);
}

/// `depth` sequences inside each other; without ends, as a bomb is.
std::string nested(unsigned depth)
{
    DicomBytes dicom;
    dicom.meta(test::kExplicit);
    for (unsigned i = 0; i < depth; ++i)
        dicom.header(0x00081140, "SQ", 0xffffffffU).item();
    for (unsigned i = 0; i < depth; ++i)
        dicom.endItem().endSequence();
    return dicom.bytes();
}

ErrorCode codeOf(const base::Result<Scan> &result)
{
    return result ? ErrorCode::Internal : result.error().code();
}

} // namespace

class tst_PreScan : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsNativePixelsInEveryCoding_data()
    {
        QTest::addColumn<bool>("explicitVr");
        QTest::newRow("explicit") << true;
        QTest::newRow("implicit") << false;
    }
    void findsNativePixelsInEveryCoding()
    {
        QFETCH(bool, explicitVr);
        DicomBytes dicom(explicitVr);
        dicom.meta(explicitVr ? test::kExplicit : test::kImplicit).image(2, 3, 8);
        const std::size_t before = dicom.bytes().size() + (explicitVr ? 12 : 8);
        dicom.element(0x7fe00010, "OW", "123456");
        const auto found = scan(dicom.bytes());
        QVERIFY(found);
        QCOMPARE(found->pixelData.offset, before);
        QCOMPARE(found->pixelData.length, 6U);
        QVERIFY(!found->pixelData.encapsulated && !found->truncated);
    }

    void givesMetaInTagOrder()
    {
        DicomBytes dicom;
        dicom.meta(test::kExplicit);
        for (const std::uint32_t tag : {0x00020102U, 0x00020100U, 0x00020013U, 0x00020012U})
            dicom.element(tag, "LO", "x ");
        dicom.image(2, 2, 8);
        const auto found = scan(dicom.bytes());
        QVERIFY(found);
        QVERIFY(found->elements.size() > 4);
        const auto byTag = [](const ScannedElement &a, const ScannedElement &b) { return a.tag < b.tag; };
        QVERIFY(std::is_sorted(found->elements.begin(), found->elements.end(), byTag));
    }

    void guessesTheCodingWithoutMeta()
    {
        for (const bool explicitVr : {true, false}) {
            DicomBytes dicom(explicitVr);
            dicom.image(2, 2, 8);
            const auto found = scan(dicom.bytes());
            QVERIFY(found);
            QCOMPARE(found->encoding.explicitVr, explicitVr);
        }
    }

    void believesTheDataSetMoreThanItsTransferSyntax()
    {
        DicomBytes dicom(false);
        dicom.meta(test::kExplicit).image(2, 2, 8);
        const auto found = scan(dicom.bytes());
        QVERIFY(found && !found->encoding.explicitVr);
    }

    void refusesWhatIsNoDicom_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("short") << QByteArray("DICM");
        QTest::newRow("text") << QByteArray("Dear colleague, thank you for referring this patient.");
        QTest::newRow("zeros") << QByteArray(4096, '\0');
        QTest::newRow("png") << QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16);
        QTest::newRow("jpeg") << QByteArray("\xff\xd8\xff\xe0\0\x10JFIF\0\1\1", 14);
    }
    void refusesWhatIsNoDicom()
    {
        QFETCH(QByteArray, bytes);
        QCOMPARE(codeOf(scan(bytes.toStdString())), ErrorCode::NotDicom);
    }

    void refusesNestingOverTheLimit_data()
    {
        QTest::addColumn<unsigned>("depth");
        QTest::addColumn<bool>("accepted");
        QTest::newRow("limit") << 64U << true;
        QTest::newRow("limit + 1") << 65U << false;
        QTest::newRow("ten thousand") << 10'000U << false;
        QTest::newRow("a million") << 1'000'000U << false;
    }
    void refusesNestingOverTheLimit()
    {
        QFETCH(unsigned, depth);
        QFETCH(bool, accepted);
        const auto found = scan(nested(depth));
        QCOMPARE(found.has_value(), accepted);
        if (!accepted)
            QCOMPARE(codeOf(found), ErrorCode::LimitExceeded);
    }

    void refusesNestingInAHeaderAlso_data()
    {
        QTest::addColumn<unsigned>("depth");
        QTest::addColumn<bool>("accepted");
        QTest::newRow("limit") << 64U << true;
        QTest::newRow("limit + 1") << 65U << false;
        QTest::newRow("a thousand") << 1'000U << false;
    }
    void refusesNestingInAHeaderAlso()
    {
        // Of known lengths, as an import would hop over: explicit and, the shortest there are, implicit ones.
        QFETCH(unsigned, depth);
        QFETCH(bool, accepted);
        for (const bool explicitVr : {true, false}) {
            std::string value;
            for (unsigned i = 0; i < depth; ++i) {
                DicomBytes level(explicitVr);
                if (i > 0)
                    level.element(0x00081140, "SQ", value);
                value = DicomBytes().item(static_cast<std::uint32_t>(level.bytes().size())).bytes() +
                        level.bytes();
            }
            DicomBytes dicom(explicitVr);
            dicom.meta(explicitVr ? test::kExplicit : test::kImplicit).element(0x00081140, "SQ", value);
            dicom.number(0x00280011, 9);
            const auto found = scan(dicom.bytes(), false, {}, {{dicom::tags::Columns, {{'U', 'S'}}}});
            QCOMPARE(found.has_value(), accepted);
            if (accepted)
                QVERIFY(found->elements.back().tag == dicom::tags::Columns);
            else
                QCOMPARE(codeOf(found), ErrorCode::LimitExceeded);
        }
    }

    void refusesMoreItemsThanTheLimit()
    {
        Limits limits;
        limits.items = 100;
        for (const unsigned items : {100U, 101U}) {
            DicomBytes dicom;
            dicom.meta(test::kExplicit).header(0x00081140, "SQ", items * 8);
            for (unsigned i = 0; i < items; ++i)
                dicom.item(0);
            QCOMPARE(scan(dicom.bytes(), true, limits).has_value(), items == 100U);
        }
    }

    void looksIntoUnknownValuesThatHoldItems()
    {
        // A parser that knows the tag would follow this UN as a sequence.
        DicomBytes inner(false);
        for (unsigned i = 0; i < 70; ++i)
            inner.item().header(0x00081140, "", 0xffffffffU);
        DicomBytes dicom;
        dicom.meta(test::kExplicit).element(0x00081140, "UN", inner.bytes());
        const auto found = scan(dicom.bytes());
        QCOMPARE(codeOf(found), ErrorCode::LimitExceeded);
    }

    void givesWhatCameBeforeATruncation()
    {
        DicomBytes dicom;
        dicom.meta(test::kExplicit)
            .element(0x00080018, "UI", "1.2.3.4 ")
            .header(0x00100010, "PN", 200)
            .raw("ABC");
        const auto found = scan(dicom.bytes(), false, {}, {{dicom::tags::SopInstanceUid, {{'U', 'I'}}}});
        QVERIFY(found && found->truncated);
        QCOMPARE(found->elements.size(), 2U);
        QCOMPARE(found->elements[1].value, std::string("1.2.3.4 "));
    }

    void leavesOutASequenceThatContradictsItself()
    {
        DicomBytes dicom;
        dicom.meta(test::kExplicit).header(0x00081140, "SQ", 16).item(4000).raw("01234567");
        dicom.number(0x00280010, 7);
        const auto found = scan(dicom.bytes());
        QVERIFY(found);
        QCOMPARE(found->omitted.size(), 1U);
        QVERIFY((found->omitted[0].tag == dicom::Tag{0x0008, 0x1140}));
        QCOMPARE(found->wholesome.size(), 1U);
        QCOMPARE(found->wholesome[0].end - found->wholesome[0].begin, 10U);
    }

    void mendsAMissingItemDelimiter()
    {
        DicomBytes dicom;
        dicom.meta(test::kExplicit)
            .header(0x00081140, "SQ", 0xffffffffU)
            .item()
            .number(0x00280010, 7)
            .endSequence();
        dicom.number(0x00280011, 9);
        const auto found = scan(dicom.bytes(), false, {}, {{dicom::tags::Columns, {{'U', 'S'}}}});
        QVERIFY(found);
        QVERIFY(found->elements.back().tag == dicom::tags::Columns);
    }

    void seesNoMagicInADataSetWithoutPreamble()
    {
        DicomBytes crafted;
        crafted.element(0x00080008, "CS", std::string(120, 'A') + "DICM").number(0x00280010, 7);
        const auto found = scan(crafted.bytes(), false, {}, {{dicom::tags::Rows, {{'U', 'S'}}}});
        QVERIFY(found);
        QCOMPARE(found->elements.size(), 1U);
    }

    void findsFragmentsAndTheirTables()
    {
        DicomBytes dicom;
        dicom.meta("1.2.840.10008.1.2.5").image(2, 2, 8, "2 ").header(0x7fe00010, "OB", 0xffffffffU);
        dicom.item(8).u32(0).u32(20).item(4).raw("aaaa").item(0).item(6).raw("bbbbbb").endSequence();
        const auto found = scan(dicom.bytes());
        QVERIFY(found && found->pixelData.encapsulated);
        QCOMPARE(found->fragments.fragments.size(), 3U);
        QCOMPARE(found->fragments.basicOffsets, (std::vector<std::uint64_t>{0, 20}));
        const MemorySource source(
            {reinterpret_cast<const std::uint8_t *>(dicom.bytes().data()), dicom.bytes().size()});
        const auto second = fragmentsOf(found->fragments, 1, 2, dicom::PixelCoding::Rle, source);
        QVERIFY(second);
        QCOMPARE(second->size(), 1U);
        QCOMPARE(second->front().length, 6U);
    }

    void tellsFramesApartByCodestreamStarts()
    {
        const std::string bytes("\xff\xd8\x01\x01 middle \xff\xd8\x02\x02", 16);
        FragmentList list;
        list.fragments = {{0, 0, 4, false}, {12, 4, 8, false}, {28, 12, 4, false}};
        const MemorySource source({reinterpret_cast<const std::uint8_t *>(bytes.data()), bytes.size()});
        const auto first = fragmentsOf(list, 0, 2, dicom::PixelCoding::JpegDct, source);
        QVERIFY(first);
        QCOMPARE(first->size(), 2U);
        // Without codestream markers nobody can know.
        QVERIFY(!fragmentsOf(list, 0, 2, dicom::PixelCoding::Rle, source));
    }

    void refusesAFrameCutByTheEndOfTheFile()
    {
        DicomBytes dicom;
        dicom.meta("1.2.840.10008.1.2.5").image(2, 2, 8).header(0x7fe00010, "OB", 0xffffffffU);
        dicom.item(0).item(4000).raw("short");
        const auto found = scan(dicom.bytes());
        QVERIFY(found && found->truncated);
        const MemorySource source(
            {reinterpret_cast<const std::uint8_t *>(dicom.bytes().data()), dicom.bytes().size()});
        const auto frame = fragmentsOf(found->fragments, 0, 1, dicom::PixelCoding::Rle, source);
        QVERIFY(!frame);
        QCOMPARE(frame.error().code(), ErrorCode::Truncated);
    }

    void neverReadsBeyondAnyPrefix()
    {
        // Every truncation of a file with sequences and fragments ends in an answer (ASan watches the reads).
        DicomBytes dicom;
        dicom.meta("1.2.840.10008.1.2.5")
            .header(0x00081140, "SQ", 0xffffffffU)
            .item()
            .number(0x00280010, 7)
            .endItem();
        dicom.endSequence().image(2, 2, 8).encapsulated(std::string(70, 'x'));
        unsigned answers = 0;
        for (std::size_t size = 0; size <= dicom.bytes().size(); ++size) {
            (void)scan(dicom.bytes().substr(0, size));
            ++answers;
        }
        QCOMPARE(answers, dicom.bytes().size() + 1);
    }
};

QTEST_APPLESS_MAIN(tst_PreScan)
#include "tst_PreScan.moc"
