#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace negatoscope::test {

/// Makes damaged files out of sound ones, the same for the same seed.
class Mutator
{
public:
    Mutator(std::vector<std::string> originals, std::uint64_t seed)
        : m_originals(std::move(originals)),
          m_random(seed)
    {}

    /// The next damaged file; never equal to its original.
    std::string next();

private:
    void damage(std::string &bytes);
    std::size_t below(std::size_t bound) { return bound ? static_cast<std::size_t>(m_random() % bound) : 0; }

    std::vector<std::string> m_originals;
    std::mt19937_64 m_random;
};

} // namespace negatoscope::test
