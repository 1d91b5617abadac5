#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace negatoscope::cache {

/// SHA-256, 64 lower-case hexadecimal digits.
class Hash
{
public:
    Hash();
    ~Hash();
    Hash(const Hash &) = delete;
    Hash &operator=(const Hash &) = delete;

    void add(const void *bytes, std::size_t size);
    /// Ends the hash; the object is used up.
    std::string finish();

    static std::string of(std::string_view text);

private:
    struct Context;
    std::unique_ptr<Context> m_context;
};

bool isHash(std::string_view text);

} // namespace negatoscope::cache
