#pragma once

#include <dicom/Stack.h>

#include <cstdint>
#include <optional>
#include <tuple>
#include <vector>

namespace negatoscope::cache {

/// Which instance of a growing series is read first, found without ordering the series: the one dicom::Stack
/// puts first as far as that can be told from one instance at a time.
class SeriesOrder
{
public:
    /// Takes a displayable instance in; `row` is its place in the index.
    void add(const dicom::StackFrame &frame, std::int64_t row);
    std::optional<std::int64_t> first() const;

private:
    using Volume = std::tuple<std::int64_t, double, double, std::int64_t>;
    struct Candidate
    {
        double place = 0;
        Volume volume;
        std::int64_t number = 0;
        base::InstanceUid instance;
        std::int64_t row = 0;
        bool isBefore(const Candidate &other) const;
    };
    struct Orientation
    {
        base::PatientVector row, column;
        std::int64_t smallestNumber = 0;
        Candidate first;
    };

    std::vector<Orientation> m_orientations;
    std::optional<Candidate> m_byNumber;
    bool m_geometric = true;
    int m_count = 0;
};

} // namespace negatoscope::cache
