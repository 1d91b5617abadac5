#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace negatoscope::test {

/// Writes DICOM by hand, right or wrong: what no library would write is what the tests need.
class DicomBytes
{
public:
    explicit DicomBytes(bool explicitVr = true) : m_explicit(explicitVr) {}

    DicomBytes &u16(std::uint32_t value)
    {
        m_bytes += static_cast<char>(value & 0xffU);
        m_bytes += static_cast<char>((value >> 8U) & 0xffU);
        return *this;
    }
    DicomBytes &u32(std::uint32_t value) { return u16(value & 0xffffU).u16(value >> 16U); }
    DicomBytes &raw(std::string_view bytes)
    {
        m_bytes += bytes;
        return *this;
    }
    /// Tag, VR and length, whatever follows.
    DicomBytes &header(std::uint32_t tag, const char *vr, std::uint32_t length)
    {
        u16(tag >> 16U).u16(tag & 0xffffU);
        if (!m_explicit || (tag >> 16U) == 0xfffe)
            return u32(length);
        m_bytes += vr;
        const std::string_view longVrs = "OB OD OF OL OV OW SQ SV UC UN UR UT UV";
        if (longVrs.find(vr) != std::string_view::npos)
            return u16(0).u32(length);
        return u16(length);
    }
    DicomBytes &element(std::uint32_t tag, const char *vr, std::string_view value)
    {
        return header(tag, vr, static_cast<std::uint32_t>(value.size())).raw(value);
    }
    DicomBytes &number(std::uint32_t tag, std::uint32_t value) { return header(tag, "US", 2).u16(value); }
    DicomBytes &item(std::uint32_t length = 0xffffffffU) { return header(0xfffee000, "", length); }
    DicomBytes &endItem() { return header(0xfffee00d, "", 0); }
    DicomBytes &endSequence() { return header(0xfffee0dd, "", 0); }
    /// Preamble and File Meta Information; these are explicit whatever follows.
    DicomBytes &meta(std::string_view transferSyntax)
    {
        std::string uid(transferSyntax);
        if (uid.size() % 2 != 0)
            uid += '\0';
        const bool explicitVr = m_explicit;
        m_explicit = true;
        m_bytes.append(128, '\0').append("DICM");
        element(0x00020010, "UI", uid);
        m_explicit = explicitVr;
        return *this;
    }
    /// The Image Pixel module of grey pixels.
    DicomBytes &image(std::uint32_t rows, std::uint32_t columns, std::uint32_t bits,
                      std::string_view frames = "1 ")
    {
        element(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.7\0");
        element(0x00080018, "UI", "1.2.3.4 ");
        number(0x00280002, 1).element(0x00280004, "CS", "MONOCHROME2 ").element(0x00280008, "IS", frames);
        number(0x00280010, rows).number(0x00280011, columns);
        return number(0x00280100, bits)
            .number(0x00280101, bits)
            .number(0x00280102, bits - 1)
            .number(0x00280103, 0);
    }
    /// Encapsulated Pixel Data of one fragment.
    DicomBytes &encapsulated(std::string_view codestream)
    {
        header(0x7fe00010, "OB", 0xffffffffU).item(0).item(static_cast<std::uint32_t>(codestream.size()));
        return raw(codestream).endSequence();
    }

    const std::string &bytes() const { return m_bytes; }

private:
    bool m_explicit;
    std::string m_bytes;
};

inline constexpr const char *kImplicit = "1.2.840.10008.1.2", *kExplicit = "1.2.840.10008.1.2.1";

} // namespace negatoscope::test
