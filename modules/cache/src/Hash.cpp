#include "Hash.h"

#include <openssl/evp.h>

#include <array>
#include <new>

namespace negatoscope::cache {

struct Hash::Context
{
    EVP_MD_CTX *evp = EVP_MD_CTX_new();
    Context()
    {
        // Both fail only for want of memory, which ends here as it ends in std::make_unique.
        if (!evp || EVP_DigestInit_ex(evp, EVP_sha256(), nullptr) != 1)
            throw std::bad_alloc(); // lint-allow(throw): no caller can go on without memory
    }
    ~Context() { EVP_MD_CTX_free(evp); }
    Context(const Context &) = delete;
    Context &operator=(const Context &) = delete;
};

Hash::Hash() : m_context(std::make_unique<Context>())
{}
Hash::~Hash() = default;

void Hash::add(const void *bytes, std::size_t size)
{
    EVP_DigestUpdate(m_context->evp, bytes, size);
}

std::string Hash::finish()
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    EVP_DigestFinal_ex(m_context->evp, digest.data(), &size);
    static constexpr char kDigits[] = "0123456789abcdef";
    std::string text;
    text.reserve(std::size_t(size) * 2);
    for (unsigned i = 0; i < size; ++i) {
        text += kDigits[digest[i] >> 4U];
        text += kDigits[digest[i] & 15U];
    }
    return text;
}

std::string Hash::of(std::string_view text)
{
    Hash hash;
    hash.add(text.data(), text.size());
    return hash.finish();
}

bool isHash(std::string_view text)
{
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

} // namespace negatoscope::cache
