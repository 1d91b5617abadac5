#include "DataSetWalk.h"

#include <algorithm>
#include <cstring>

namespace negatoscope::codec {

using base::ErrorCode;
using base::failure;
using base::Status;
using dicom::Tag;
using dicom::Vr;
namespace tags = dicom::tags;

namespace {

constexpr Tag kExtendedOffsetTable{0x7fe0, 0x0001};
constexpr Vr kSq{{'S', 'Q'}};

bool isPixelData(Tag tag)
{
    return tag == tags::PixelData || tag == tags::FloatPixelData || tag == tags::DoubleFloatPixelData;
}

} // namespace

const WantedElement *DataSetWalk::wantedOf(Tag tag)
{
    // Elements come in ascending order, so a place that moves along is enough; a file out of order starts
    // over.
    if (m_nextWanted > 0 && tag <= m_wanted[m_nextWanted - 1].tag)
        m_nextWanted = 0;
    while (m_nextWanted < m_wanted.size() && m_wanted[m_nextWanted].tag < tag)
        ++m_nextWanted;
    return m_nextWanted < m_wanted.size() && m_wanted[m_nextWanted].tag == tag ? &m_wanted[m_nextWanted]
                                                                               : nullptr;
}

void DataSetWalk::collect(const ElementHeader &header, std::uint64_t valueAt)
{
    const WantedElement *wanted = header.tag.group == 0x0002 ? nullptr : wantedOf(header.tag);
    if (!wanted && header.tag.group != 0x0002)
        return;
    ScannedElement element{header.tag, header.vr, header.length, false, {}};
    if (wanted && (header.implicitCoded || header.vr.is("UN")))
        element.vr = wanted->dictionaryVr;
    const std::uint64_t maximum =
        m_whole ? m_limits.valueBytes : std::min<std::uint64_t>(m_limits.valueBytes, 64 << 10);
    const std::uint8_t *value = nullptr;
    if (header.length <= maximum && !element.vr.is("SQ") && !header.undefined)
        value = m_window.at(valueAt, static_cast<std::size_t>(header.length));
    if (value)
        element.value.assign(reinterpret_cast<const char *>(value), static_cast<std::size_t>(header.length));
    element.omitted = !value;
    m_scan.elements.push_back(std::move(element));
}

std::uint64_t DataSetWalk::readMeta(std::uint64_t begin)
{
    m_at = begin;
    ElementHeader header;
    while (readElementHeader(m_window, m_at, Encoding{}, header) && header.tag.group == 0x0002 &&
           !header.undefined && header.length <= m_size - m_at - header.bytes) {
        collect(header, m_at + header.bytes);
        m_at += header.bytes + header.length;
    }
    // In order already, unless to make every data set that they are inserted into slow.
    const auto byTag = [](const ScannedElement &a, const ScannedElement &b) { return a.tag < b.tag; };
    std::stable_sort(m_scan.elements.begin(), m_scan.elements.end(), byTag);
    return m_at;
}

Status DataSetWalk::run(std::uint64_t begin, Encoding encoding)
{
    m_at = m_keptFrom = m_topBegin = begin;
    m_levels.push_back({m_size, false, false, encoding});
    while (!m_done) {
        closeFinished();
        if (atTop()) {
            m_topBegin = m_at;
            if (m_at >= m_size)
                break;
        }
        TRY_DO(step());
    }
    if (m_whole && m_topBegin > m_keptFrom)
        m_scan.wholesome.push_back({m_keptFrom, m_topBegin});
    return {};
}

void DataSetWalk::closeFinished()
{
    // An enclosing end closes levels of undefined length too; only the end of the file does not.
    while (!atTop() && m_at >= m_levels.back().end &&
           (!m_levels.back().undefined || m_levels.back().end < m_size)) {
        m_sequences -= m_levels.back().isSequence ? 1 : 0;
        m_levels.pop_back();
        if (atTop())
            finishTopLevel(m_at);
    }
}

void DataSetWalk::finishTopLevel(std::uint64_t end)
{
    if (!m_whole && wantedOf(m_topTag))
        m_scan.elements.push_back({m_topTag, kSq, end - m_topBegin, true, {}});
}

/// Ends the bytes to keep before an element that nothing else shall parse, and goes on behind it.
void DataSetWalk::leaveOut(std::uint64_t begin, std::uint64_t end, Tag tag, Vr vr)
{
    if (m_whole) {
        if (begin > m_keptFrom)
            m_scan.wholesome.push_back({m_keptFrom, begin});
        if (tag.group != 0xfffe)
            m_scan.omitted.push_back({tag, vr, end - begin, true, {}});
    }
    m_at = m_keptFrom = m_topBegin = end;
}

/// The file ends inside the element at hand; what a sequence held until here is kept.
void DataSetWalk::truncate()
{
    m_scan.truncated = true;
    m_topBegin = m_at;
    m_done = true;
}

/// Something inside the top-level element under way contradicts itself.
Status DataSetWalk::broken(const char *reason)
{
    if (atTop() || !m_topKnownEnd)
        return failure(ErrorCode::Malformed, reason);
    m_levels.resize(1);
    m_sequences = 0;
    leaveOut(m_topBegin, m_topEnd, m_topTag, m_topVr);
    return {};
}

Status DataSetWalk::step()
{
    const Level &level = m_levels.back();
    ElementHeader header;
    if (!readElementHeader(m_window, m_at, level.encoding, header)) {
        if (level.end < m_size)
            return broken("an element does not fit its item");
        truncate();
        return {};
    }
    if (header.tag.group == 0xfffe)
        return handleDelimiter(header);
    if (level.isSequence)
        return broken("a sequence holds something other than items");
    m_sawElement = true;
    if (atTop()) {
        if (header.tag == Tag{} && header.length == 0) { // zeros after the data set
            m_done = true;
            return {};
        }
        m_topTag = header.tag;
        m_topVr = header.vr;
        m_topKnownEnd = false;
    }
    return handleElement(header);
}

Status DataSetWalk::handleDelimiter(const ElementHeader &header)
{
    if (header.tag == tags::Item)
        return openItem(header);
    const Level level = m_levels.back();
    const std::uint64_t begin = m_at;
    m_at += header.bytes;
    if (atTop()) {
        leaveOut(begin, m_at, header.tag, {}); // a stray delimiter
        return {};
    }
    const bool endsSequence = header.tag == tags::SequenceDelimitation;
    if (level.undefined && level.isSequence == endsSequence) {
        m_sequences -= level.isSequence ? 1 : 0;
        m_levels.pop_back();
    } else if (endsSequence && level.undefined && m_levels[m_levels.size() - 2].undefined) {
        m_levels.pop_back(); // the item's own delimiter is missing
        m_levels.pop_back();
        --m_sequences;
    }
    if (atTop())
        finishTopLevel(m_at);
    return {};
}

Status DataSetWalk::openItem(const ElementHeader &header)
{
    if (atTop()) {
        leaveOut(m_at, m_at + header.bytes, header.tag, {}); // a stray item: its elements follow
        return {};
    }
    if (!m_levels.back().isSequence) {
        if (!m_levels.back().undefined)
            return broken("an item begins inside another");
        m_levels.pop_back();
    }
    if (++m_items > m_limits.items)
        return failure(ErrorCode::LimitExceeded, "more than " + std::to_string(m_limits.items) + " items");
    const Level sequence = m_levels.back();
    m_at += header.bytes;
    if (m_at > sequence.end || (!header.undefined && header.length > sequence.end - m_at)) {
        if (sequence.end < m_size)
            return broken("an item is longer than its sequence");
        truncate();
        return {};
    }
    const std::uint64_t end = header.undefined ? sequence.end : m_at + header.length;
    m_levels.push_back({end, false, header.undefined, sequence.encoding});
    return {};
}

/// A value of known length that may be a sequence although its VR does not say so.
bool DataSetWalk::mayHoldItems(const ElementHeader &header, std::uint64_t valueAt)
{
    if (header.length < 8 || !(header.implicitCoded || header.vr.is("UN")) || isPixelData(header.tag))
        return false;
    const std::uint8_t *head = m_window.at(valueAt, 4);
    static constexpr std::uint8_t kItem[] = {0xfe, 0xff, 0x00, 0xe0};
    return head && std::memcmp(head, kItem, sizeof kItem) == 0;
}

/// Whether a value that is hopped over could hide sequences beyond the limit: each takes an item and an
/// element header, of 8 bytes at least.
bool DataSetWalk::mayNestTooDeeply(const ElementHeader &header) const
{
    constexpr std::uint64_t kLeastPerLevel = 16;
    return header.length / kLeastPerLevel >= m_limits.nesting - std::min(m_sequences, m_limits.nesting);
}

Status DataSetWalk::handleElement(const ElementHeader &header)
{
    const Level level = m_levels.back();
    const std::uint64_t valueAt = m_at + header.bytes;
    if (atTop() && isPixelData(header.tag))
        return handlePixelData(header, valueAt);
    if (header.undefined)
        return handleUndefined(header, valueAt);
    if (valueAt > level.end || header.length > level.end - valueAt) {
        if (level.end < m_size)
            return broken("a value is longer than its item");
        truncate();
        return {};
    }
    if (atTop()) {
        m_topEnd = valueAt + header.length;
        m_topKnownEnd = true;
    }
    if (header.length > 0 && (m_whole || mayNestTooDeeply(header)) &&
        (header.vr.is("SQ") || mayHoldItems(header, valueAt)))
        return openSequence(valueAt, header, header.vr.is("SQ") ? level.encoding : Encoding{false, false});
    if (atTop()) {
        collect(header, valueAt);
        if (m_whole && header.tag == kExtendedOffsetTable)
            collectOffsets(m_scan.fragments.extendedOffsets, valueAt, header.length, 8);
        if (header.length > m_limits.valueBytes) {
            leaveOut(m_at, m_topEnd, header.tag, header.vr);
            return {};
        }
    }
    m_at = valueAt + header.length;
    return {};
}

Status DataSetWalk::openSequence(std::uint64_t valueAt, const ElementHeader &header, Encoding inside)
{
    if (++m_sequences > m_limits.nesting)
        return failure(ErrorCode::LimitExceeded,
                       "sequences are nested more than " + std::to_string(m_limits.nesting) + " deep");
    const std::uint64_t end = header.undefined ? m_levels.back().end : valueAt + header.length;
    m_levels.push_back({end, true, header.undefined, inside});
    m_at = valueAt;
    return {};
}

Status DataSetWalk::handleUndefined(const ElementHeader &header, std::uint64_t valueAt)
{
    const Encoding encoding = m_levels.back().encoding;
    // PS3.5 6.2.2: inside a UN of undefined length everything is implicit little endian.
    if (header.vr.is("UN") && !header.implicitCoded)
        return openSequence(valueAt, header, Encoding{false, false});
    if (isPixelData(header.tag) || header.vr.is("OB") || header.vr.is("OW"))
        return walkFragments(valueAt, false); // an icon's compressed pixels
    if (header.vr.is("SQ") || header.implicitCoded)
        return openSequence(valueAt, header, encoding);
    return broken("a value other than a sequence has no length");
}

Status DataSetWalk::handlePixelData(const ElementHeader &header, std::uint64_t valueAt)
{
    m_scan.pixelDataVr = header.implicitCoded ? Vr{{'O', 'W'}} : header.vr;
    auto &location = m_scan.pixelData;
    location = {header.tag, header.undefined, false, valueAt, 0, 0};
    const std::uint64_t begin = m_at;
    if (header.undefined) {
        if (!m_whole) {
            m_done = true;
            return {};
        }
        m_topKnownEnd = false;
        TRY_DO(walkFragments(valueAt, true));
        location.length = m_at - valueAt;
    } else {
        location.announced = header.length;
        location.length = std::min<std::uint64_t>(header.length, m_size - valueAt);
        m_scan.truncated = m_scan.truncated || location.length < header.length;
        m_at = valueAt + location.length;
    }
    leaveOut(begin, m_at, header.tag, m_scan.pixelDataVr);
    if (m_whole)
        m_scan.omitted.back().length = header.undefined ? location.length : location.announced;
    m_done = m_done || !m_whole || m_scan.truncated;
    return {};
}

void DataSetWalk::collectOffsets(std::vector<std::uint64_t> &offsets, std::uint64_t at, std::uint64_t length,
                                 unsigned width)
{
    if (length % width != 0 || length / width > m_limits.items)
        return;
    const std::uint8_t *bytes = m_window.at(at, static_cast<std::size_t>(length));
    if (!bytes)
        return;
    offsets.resize(static_cast<std::size_t>(length / width));
    for (std::size_t i = 0; i < offsets.size(); ++i)
        for (unsigned b = width; b-- > 0;)
            offsets[i] = (offsets[i] << 8U) | bytes[i * width + b];
}

/// Fragments up to the sequence delimiter; they are always little endian.
Status DataSetWalk::walkFragments(std::uint64_t valueAt, bool keep)
{
    const std::uint64_t bound = m_levels.back().end;
    m_at = valueAt;
    std::uint64_t firstFragment = 0;
    for (std::uint32_t count = 0;; ++count) {
        ElementHeader header;
        if (m_at > bound || bound - m_at < 8 || !readElementHeader(m_window, m_at, Encoding{}, header)) {
            m_scan.truncated = true;
            m_done = true;
            return {};
        }
        const std::uint64_t dataAt = m_at + 8;
        if (header.tag == tags::SequenceDelimitation) {
            m_at = dataAt;
            return {};
        }
        if (header.tag != tags::Item || header.undefined) {
            if (!keep)
                return broken("encapsulated pixel data holds something other than items");
            m_scan.truncated = true; // the data set before it is sound
            m_done = true;
            return {};
        }
        if (count > m_limits.items)
            return failure(ErrorCode::LimitExceeded,
                           "more than " + std::to_string(m_limits.items) + " fragments");
        const std::uint64_t there = std::min<std::uint64_t>(header.length, bound - dataAt);
        if (count == 0)
            firstFragment = dataAt + there;
        if (keep && count == 0)
            collectOffsets(m_scan.fragments.basicOffsets, dataAt, there, 4);
        else if (keep)
            m_scan.fragments.fragments.push_back(
                {m_at - firstFragment, dataAt, there, there < header.length});
        if (there < header.length) {
            m_scan.truncated = true;
            m_done = true;
        }
        m_at = dataAt + there;
        if (m_done)
            return {};
    }
}

} // namespace negatoscope::codec
