#include "MultipartReader.h"

#include <algorithm>

namespace negatoscope::archive {

using base::ErrorCode;
using base::failure;

namespace {

constexpr std::size_t kMostHeaders = 16U << 10U, kMostBoundary = 200, kMostPadding = 200;

std::string lowered(std::string_view text)
{
    std::string low(text);
    std::transform(low.begin(), low.end(), low.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    return low;
}

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t");
    return first == text.npos ? std::string_view()
                              : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// The value of Content-Type among header lines; empty without one.
std::string_view contentTypeOf(std::string_view lines)
{
    while (!lines.empty()) {
        const auto end = std::min(lines.find("\r\n"), lines.size());
        const std::string_view line = lines.substr(0, end);
        const auto colon = line.find(':');
        if (colon != line.npos && lowered(trimmed(line.substr(0, colon))) == "content-type")
            return trimmed(line.substr(colon + 1));
        lines.remove_prefix(std::min(end + 2, lines.size()));
    }
    return {};
}

/// How much at the end of the text may be the beginning of the delimiter.
std::size_t possibleBeginning(std::string_view text, std::string_view delimiter)
{
    for (std::size_t length = std::min(text.size(), delimiter.size() - 1); length > 0; --length)
        if (text.ends_with(delimiter.substr(0, length)))
            return length;
    return 0;
}

} // namespace

MultipartReader::MultipartReader(std::string_view boundary, Functions functions)
    : m_delimiter("\r\n--" + std::string(boundary)),
      m_functions(std::move(functions)),
      m_held("\r\n") // the first boundary may be the first thing
{}

std::optional<std::string> MultipartReader::boundaryOf(std::string_view contentType)
{
    const auto semicolon = std::min(contentType.find(';'), contentType.size());
    if (lowered(trimmed(contentType.substr(0, semicolon))) != "multipart/related")
        return std::nullopt;
    std::string_view rest = contentType.substr(semicolon);
    while (!rest.empty()) {
        rest.remove_prefix(1);
        const auto equals = rest.find('=');
        if (equals == rest.npos)
            return std::nullopt;
        const std::string name = lowered(trimmed(rest.substr(0, equals)));
        rest = trimmed(rest.substr(equals + 1));
        const bool quoted = rest.starts_with('"');
        if (quoted)
            rest.remove_prefix(1);
        const auto end = rest.find(quoted ? '"' : ';');
        if (quoted && end == rest.npos)
            return std::nullopt;
        std::string_view value = rest.substr(0, end);
        rest.remove_prefix(std::min(end, rest.size()));
        if (quoted)
            rest.remove_prefix(std::min(rest.find(';'), rest.size()));
        else
            value = trimmed(value);
        if (name != "boundary")
            continue;
        const bool isPrintable =
            std::all_of(value.begin(), value.end(), [](char c) { return c >= ' ' && c <= '~'; });
        if (value.empty() || value.size() > kMostBoundary || !isPrintable || value.ends_with(' '))
            return std::nullopt;
        return std::string(value);
    }
    return std::nullopt;
}

base::Status MultipartReader::feed(std::span<const std::uint8_t> bytes)
{
    std::string_view text(reinterpret_cast<const char *>(bytes.data()), bytes.size());
    std::string joined;
    if (!m_held.empty()) {
        joined = std::move(m_held);
        joined += text;
        text = joined;
        m_held.clear();
    }
    for (bool goesOn = true; goesOn;) {
        auto taken = base::Result<bool>(false);
        switch (m_state) {
        case State::Preamble:
        case State::Body:
            taken = takeUntilBoundary(text);
            break;
        case State::AfterBoundary:
            taken = takeAfterBoundary(text);
            break;
        case State::Headers:
            taken = takeHeaders(text);
            break;
        case State::Epilogue:
            return {};
        }
        if (!taken)
            return failure(taken.error());
        goesOn = *taken;
    }
    m_held.assign(text);
    return {};
}

base::Result<bool> MultipartReader::takeUntilBoundary(std::string_view &text)
{
    const auto found = text.find(m_delimiter);
    const std::size_t certain =
        found == text.npos ? text.size() - possibleBeginning(text, m_delimiter) : found;
    if (m_state == State::Body && certain > 0)
        TRY_DO(m_functions.data({reinterpret_cast<const std::uint8_t *>(text.data()), certain}));
    text.remove_prefix(certain);
    if (found == text.npos)
        return false;
    if (m_state == State::Body)
        TRY_DO(m_functions.end());
    text.remove_prefix(m_delimiter.size());
    m_state = State::AfterBoundary;
    return true;
}

base::Result<bool> MultipartReader::takeAfterBoundary(std::string_view &text)
{
    if (text.starts_with("--")) {
        m_state = State::Epilogue;
        return true;
    }
    const auto padding = std::min(text.find_first_not_of(" \t"), text.size());
    const std::string_view rest = text.substr(padding);
    if (padding > kMostPadding)
        return failure(ErrorCode::Malformed, "multipart: a boundary line that does not end");
    if (rest.starts_with("\r\n")) {
        // The end of this line may begin an empty list of headers.
        text = rest;
        m_state = State::Headers;
        return true;
    }
    if (rest.empty() || rest == "\r" || text == "-")
        return false;
    return failure(ErrorCode::Malformed, "multipart: a boundary inside a line");
}

base::Result<bool> MultipartReader::takeHeaders(std::string_view &text)
{
    const auto end = text.find("\r\n\r\n");
    if (std::min(end, text.size()) > kMostHeaders)
        return failure(ErrorCode::LimitExceeded, "multipart: a part has more headers than any may have");
    if (end == text.npos)
        return false;
    TRY_DO(m_functions.begin(contentTypeOf(text.substr(0, end))));
    text.remove_prefix(end + 4);
    m_state = State::Body;
    return true;
}

} // namespace negatoscope::archive
