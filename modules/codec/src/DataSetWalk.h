#pragma once

#include "ElementHeader.h"

namespace negatoscope::codec {

/// One walk over the elements of a file, as PreScan.h promises it. Fills the scan as it goes; used once.
class DataSetWalk
{
public:
    DataSetWalk(const ByteSource &source, std::span<const WantedElement> wanted, bool whole,
                const Limits &limits, Scan &scan)
        : m_window(source),
          m_wanted(wanted),
          m_whole(whole),
          m_limits(limits),
          m_scan(scan),
          m_size(source.size())
    {}

    /// Walks [begin, size) coded as `encoding`.
    base::Status run(std::uint64_t begin, Encoding encoding);
    /// Collects group 0002 at `begin`, in tag order; returns where it ends.
    std::uint64_t readMeta(std::uint64_t begin);
    Window &window() { return m_window; }
    bool sawElement() const { return m_sawElement; }

private:
    /// An open data set (root, item) or sequence.
    struct Level
    {
        std::uint64_t end = 0; ///< of its bytes; the enclosing bound where the length is undefined
        bool isSequence = false;
        bool undefined = false;
        Encoding encoding;
    };

    base::Status step();
    base::Status handleDelimiter(const ElementHeader &header);
    base::Status openItem(const ElementHeader &header);
    base::Status handleElement(const ElementHeader &header);
    base::Status handleUndefined(const ElementHeader &header, std::uint64_t valueAt);
    base::Status handlePixelData(const ElementHeader &header, std::uint64_t valueAt);
    base::Status openSequence(std::uint64_t valueAt, const ElementHeader &header, Encoding inside);
    base::Status walkFragments(std::uint64_t valueAt, bool keep);
    base::Status broken(const char *reason);
    void truncate();
    void closeFinished();
    void collect(const ElementHeader &header, std::uint64_t valueAt);
    void collectOffsets(std::vector<std::uint64_t> &offsets, std::uint64_t at, std::uint64_t length,
                        unsigned width);
    void finishTopLevel(std::uint64_t end);
    void leaveOut(std::uint64_t begin, std::uint64_t end, dicom::Tag tag, dicom::Vr vr);
    bool mayNestTooDeeply(const ElementHeader &header) const;
    bool mayHoldItems(const ElementHeader &header, std::uint64_t valueAt);
    const WantedElement *wantedOf(dicom::Tag tag);
    bool atTop() const { return m_levels.size() == 1; }

    Window m_window;
    std::span<const WantedElement> m_wanted;
    std::size_t m_nextWanted = 0;
    bool m_whole;
    const Limits &m_limits;
    Scan &m_scan;
    std::uint64_t m_size;
    std::uint64_t m_at = 0;
    std::vector<Level> m_levels;
    std::uint32_t m_sequences = 0; ///< open ones
    std::uint32_t m_items = 0;
    bool m_done = false;
    bool m_sawElement = false;
    // The top-level element under way.
    std::uint64_t m_topBegin = 0, m_topEnd = 0, m_keptFrom = 0;
    dicom::Tag m_topTag;
    dicom::Vr m_topVr;
    bool m_topKnownEnd = false;
};

} // namespace negatoscope::codec
