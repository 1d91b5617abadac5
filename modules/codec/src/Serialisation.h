#pragma once

#include <base/Result.h>
#include <codec/Limits.h>
#include <dicom/ImageFormat.h>
#include <dicom/ParsedFile.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace negatoscope::codec {

/// Writes numbers and texts into bytes that cross between the program and its worker (same machine).
class Writer
{
public:
    template <typename T>
    void number(T value)
    {
        static_assert(std::is_arithmetic_v<T>);
        m_bytes.append(reinterpret_cast<const char *>(&value), sizeof value);
    }
    void text(std::string_view value)
    {
        number(static_cast<std::uint32_t>(value.size()));
        m_bytes.append(value);
    }
    std::size_t size() const { return m_bytes.size(); }
    std::string &bytes() { return m_bytes; }
    /// Puts a number where one was written before.
    template <typename T>
    void replace(std::size_t at, T value)
    {
        std::memcpy(m_bytes.data() + at, &value, sizeof value);
    }

private:
    std::string m_bytes;
};

/// Reads what a Writer wrote, or what a broken worker made of it: every read is checked, a failed one makes
/// all later ones fail, and nothing is allocated for what is not there.
class Reader
{
public:
    explicit Reader(std::string_view bytes) : m_rest(bytes) {}

    template <typename T>
    T number()
    {
        static_assert(std::is_arithmetic_v<T> && !std::is_same_v<T, bool>);
        T value{};
        if (m_rest.size() < sizeof value) {
            fail();
            return value;
        }
        std::memcpy(&value, m_rest.data(), sizeof value);
        m_rest.remove_prefix(sizeof value);
        return value;
    }
    std::string_view text()
    {
        const auto size = number<std::uint32_t>();
        if (size > m_rest.size()) {
            fail();
            return {};
        }
        const auto value = m_rest.substr(0, size);
        m_rest.remove_prefix(size);
        return value;
    }
    void fail()
    {
        m_failed = true;
        m_rest = {};
    }
    bool hasFailed() const { return m_failed; }
    std::size_t left() const { return m_rest.size(); }

private:
    std::string_view m_rest;
    bool m_failed = false;
};

void write(Writer &writer, const dicom::Element &element);
void write(Writer &writer, const dicom::ParsedFile &file);
/// A file whose elements the caller writes one by one behind it; returns where their count goes.
std::size_t writeHead(Writer &writer, const dicom::TransferSyntax &syntax,
                      const dicom::PixelDataLocation &pixelData, bool truncated);
void write(Writer &writer, const dicom::ImageFormat &format);
void write(Writer &writer, const base::Error &error);

/// Errors: WorkerDied, since only a worker that lost its mind writes something else.
base::Result<dicom::ParsedFile> readParsedFile(Reader &reader, const Limits &limits);
/// A format as numbers; the caller checks them against limits.
dicom::ImageFormat readImageFormat(Reader &reader);
/// The error with its text cut to a line of printable ASCII.
base::Error readError(Reader &reader);

} // namespace negatoscope::codec
