#pragma once

#include <base/Result.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace negatoscope::archive {

/// A multipart body (RFC 2046 5.1) taken apart as it arrives, without keeping more than a boundary of it.
///
/// Order  : begin, data any number of times, end; for each part.
/// Limits : headers of a part 16 KiB, a boundary 1 to 200 printable characters.
/// Errors : Malformed, LimitExceeded, and what the functions return.
class MultipartReader
{
public:
    struct Functions
    {
        std::function<base::Status(std::string_view contentType)> begin;
        std::function<base::Status(std::span<const std::uint8_t>)> data;
        std::function<base::Status()> end;
    };

    MultipartReader(std::string_view boundary, Functions functions);

    base::Status feed(std::span<const std::uint8_t> bytes);
    /// Whether the closing boundary has come: a body without it was cut.
    bool isFinished() const { return m_state == State::Epilogue; }

    /// The boundary of a Content-Type that is multipart/related.
    static std::optional<std::string> boundaryOf(std::string_view contentType);

private:
    enum class State { Preamble, AfterBoundary, Headers, Body, Epilogue };

    /// Each takes what it can of the text from the front; true: another state may go on.
    base::Result<bool> takeUntilBoundary(std::string_view &text);
    base::Result<bool> takeAfterBoundary(std::string_view &text);
    base::Result<bool> takeHeaders(std::string_view &text);

    std::string m_delimiter; ///< CR LF -- boundary
    Functions m_functions;
    State m_state = State::Preamble;
    std::string m_held; ///< what may be the beginning of something
};

} // namespace negatoscope::archive
