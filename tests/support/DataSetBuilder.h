#pragma once

#include <dicom/DataSet.h>

#include <cstring>
#include <initializer_list>
#include <string>
#include <vector>

namespace support {

using negatoscope::dicom::DataSet;
using negatoscope::dicom::Element;
using negatoscope::dicom::Tag;
using negatoscope::dicom::Vr;

/// An element whose binary value is an array of numbers, in this machine's (little-endian) order.
template <typename Number>
void setNumbers(DataSet &dataSet, Tag tag, const char (&vr)[3], const std::vector<Number> &numbers)
{
    std::string bytes(numbers.size() * sizeof(Number), '\0');
    if (!numbers.empty())
        std::memcpy(bytes.data(), numbers.data(), bytes.size());
    const auto length = bytes.size();
    dataSet.insert({tag, Vr{{vr[0], vr[1]}}, false, length, std::move(bytes), {}});
}

inline void setBytes(DataSet &dataSet, Tag tag, const char (&vr)[3], std::string bytes)
{
    const auto length = bytes.size();
    dataSet.insert({tag, Vr{{vr[0], vr[1]}}, false, length, std::move(bytes), {}});
}

inline void setItems(DataSet &dataSet, Tag tag, std::vector<DataSet> items)
{
    dataSet.insert({tag, Vr{{'S', 'Q'}}, false, 0, {}, std::move(items)});
}

} // namespace support
