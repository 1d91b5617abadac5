#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace negatoscope::codec {

/// Bytes that can be read at any offset: a file or memory.
class ByteSource
{
public:
    virtual ~ByteSource() = default;
    virtual std::uint64_t size() const = 0;
    /// Fills `into` from `offset`; returns how many bytes were there.
    virtual std::size_t read(std::uint64_t offset, std::span<std::uint8_t> into) const = 0;
};

/// An open file of known size; the descriptor stays the caller's.
class FileSource final : public ByteSource
{
public:
    FileSource(int descriptor, std::uint64_t size) : m_descriptor(descriptor), m_size(size) {}
    std::uint64_t size() const override { return m_size; }
    std::size_t read(std::uint64_t offset, std::span<std::uint8_t> into) const override;

private:
    int m_descriptor;
    std::uint64_t m_size;
};

/// Memory that outlives the source.
class MemorySource final : public ByteSource
{
public:
    explicit MemorySource(std::span<const std::uint8_t> bytes) : m_bytes(bytes) {}
    std::uint64_t size() const override { return m_bytes.size(); }
    std::size_t read(std::uint64_t offset, std::span<std::uint8_t> into) const override;

private:
    std::span<const std::uint8_t> m_bytes;
};

/// A moving view of a source for reading forward in few, small reads.
class Window
{
public:
    explicit Window(const ByteSource &source) : m_source(source) {}

    /// `count` bytes at `offset`, valid until the next call; null if the source ends before.
    const std::uint8_t *at(std::uint64_t offset, std::size_t count);

private:
    const ByteSource &m_source;
    std::vector<std::uint8_t> m_bytes;
    std::uint64_t m_begin = 0;
    std::size_t m_filled = 0;
};

} // namespace negatoscope::codec
