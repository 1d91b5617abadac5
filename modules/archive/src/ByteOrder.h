#pragma once

#include <cstdint>
#include <string>

namespace negatoscope::archive {

/// Units are big-endian (PS3.8 9.3.1), data sets here little-endian.
inline std::uint16_t read16(const std::uint8_t *at)
{
    return static_cast<std::uint16_t>((at[0] << 8U) | at[1]);
}
inline std::uint32_t read32(const std::uint8_t *at)
{
    return (std::uint32_t(read16(at)) << 16U) | read16(at + 2);
}
inline std::uint16_t read16Little(const std::uint8_t *at)
{
    return static_cast<std::uint16_t>(at[0] | (at[1] << 8U));
}
inline std::uint32_t read32Little(const std::uint8_t *at)
{
    return read16Little(at) | (std::uint32_t(read16Little(at + 2)) << 16U);
}

inline void append16(std::string &out, std::uint16_t value)
{
    out += static_cast<char>(value >> 8U);
    out += static_cast<char>(value & 0xffU);
}
inline void append32(std::string &out, std::uint32_t value)
{
    append16(out, static_cast<std::uint16_t>(value >> 16U));
    append16(out, static_cast<std::uint16_t>(value & 0xffffU));
}
inline void append16Little(std::string &out, std::uint16_t value)
{
    out += static_cast<char>(value & 0xffU);
    out += static_cast<char>(value >> 8U);
}
inline void append32Little(std::string &out, std::uint32_t value)
{
    append16Little(out, static_cast<std::uint16_t>(value & 0xffffU));
    append16Little(out, static_cast<std::uint16_t>(value >> 16U));
}

} // namespace negatoscope::archive
