#include "Mutator.h"

#include <algorithm>

namespace negatoscope::test {

void Mutator::damage(std::string &bytes)
{
    // Half of the damage goes where the structure is: into the first kilobytes.
    const std::size_t reach = below(2) ? bytes.size() : std::min<std::size_t>(bytes.size(), 4096);
    const std::size_t at = below(reach);
    switch (below(7)) {
    case 0: // flip a bit
        bytes[at] = static_cast<char>(bytes[at] ^ static_cast<char>(1U << below(8)));
        break;
    case 1: // another byte
        bytes[at] = static_cast<char>(m_random());
        break;
    case 2: { // a length at its limits
        static constexpr std::uint32_t kLengths[] = {0,          1,          0xff,       0xffff,
                                                     0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff};
        const std::uint32_t length = kLengths[below(std::size(kLengths))];
        for (std::size_t i = 0; i < 4 && at + i < bytes.size(); ++i)
            bytes[at + i] = static_cast<char>(length >> (8 * i));
        break;
    }
    case 3: // cut
        bytes.resize(std::max<std::size_t>(1, at));
        break;
    case 4: // insert noise
        for (std::size_t i = 1 + below(16); i > 0; --i)
            bytes.insert(bytes.begin() + static_cast<std::ptrdiff_t>(at), static_cast<char>(m_random()));
        break;
    case 5: // repeat a piece
        bytes.insert(at, bytes.substr(below(bytes.size()), 1 + below(64)));
        break;
    default: // take a piece out
        bytes.erase(at, 1 + below(16));
        break;
    }
    if (bytes.empty())
        bytes = "D";
}

std::string Mutator::next()
{
    const std::string &original = m_originals[below(m_originals.size())];
    std::string bytes = original;
    while (bytes == original)
        for (std::size_t times = 1 + below(6); times > 0; --times)
            damage(bytes);
    return bytes;
}

} // namespace negatoscope::test
