#pragma once

#include <dicom/DataSet.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace negatoscope::dicom {

/// Turns text of a data set into UTF-8 by its Specific Character Set (PS3.3 C.12.1.1.2, PS3.5 6.1).
///
/// Single-byte sets, ISO 2022 with escapes (Japanese, Korean, Chinese), UTF-8, GB18030, GBK.
/// Undecodable : every byte that stands for no character becomes a visible ⟨9F⟩ (its hexadecimal value); none
///               is dropped.
/// Undeclared  : bytes over 7F without a declared set are read as UTF-8 if they are valid UTF-8, else as
///               Latin-1.
/// Values      : in the result '\' separates values; a 5C inside a multi-byte character is none.
/// Threads     : any; each thread opens converters of its own.
class CharacterSet
{
public:
    /// Opens all converters of this thread; the sandbox forbids that later.
    static void prepare();

    /// The default repertoire.
    CharacterSet() = default;
    /// By the value of (0008,0005).
    explicit CharacterSet(std::string_view declared);

    /// Whether text of this VR is written in the Specific Character Set; other text is in the default
    /// repertoire.
    static bool appliesTo(Vr vr);

    std::string decode(std::string_view bytes, Vr vr) const;

    /// The value of (0008,0005) for a request that holds this UTF-8 text: empty for ASCII, the one
    /// single-byte set that holds all of it, else UTF-8 (PS3.4 C.2.2.2: the set of the request is the
    /// requester's choice).
    static std::string declarationFor(std::string_view utf8);
    /// UTF-8 in a set that declarationFor() gave for it.
    static std::string encode(std::string_view utf8, std::string_view declared);

private:
    enum class Scheme { Undeclared, Iso2022, Utf8, Gb18030, Gbk };

    Scheme m_scheme = Scheme::Undeclared;
    int m_initialHigh = -1;  ///< set that bytes over 7F mean at first, -1 for none
    int m_fallbackHigh = -1; ///< declared, used where its escape sequence was forgotten
};

} // namespace negatoscope::dicom
