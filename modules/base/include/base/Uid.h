#pragma once

#include <compare>
#include <functional>
#include <string>
#include <string_view>

namespace negatoscope::base {

/// A DICOM unique identifier of one kind (PS3.5 clause 9). Kinds do not mix: a SeriesUid is no StudyUid.
template <typename Kind>
class Uid
{
public:
    Uid() = default;
    explicit Uid(std::string value) : m_value(std::move(value)) {}

    const std::string &value() const { return m_value; }
    bool isEmpty() const { return m_value.empty(); }

    auto operator<=>(const Uid &) const = default;

private:
    std::string m_value;
};

using StudyUid = Uid<struct StudyKind>;
using SeriesUid = Uid<struct SeriesKind>;
using InstanceUid = Uid<struct InstanceKind>;
using FrameOfReferenceUid = Uid<struct FrameOfReferenceKind>;

/// Whether the text keeps to PS3.5 9.1: digits and dots, 1 to 64 characters, no empty component.
bool isValidUid(std::string_view text);

} // namespace negatoscope::base

template <typename Kind>
struct std::hash<negatoscope::base::Uid<Kind>>
{
    std::size_t operator()(const negatoscope::base::Uid<Kind> &uid) const noexcept
    {
        return std::hash<std::string>{}(uid.value());
    }
};
