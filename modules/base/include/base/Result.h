#pragma once

#include <base/Error.h>

#include <tl/expected.hpp>

#include <utility>

namespace negatoscope::base {

/// The value of a call that can fail, or why it failed. No exception crosses a module edge.
template <typename T>
using Result = tl::expected<T, Error>;

using Status = Result<void>;

/// An error ready to be returned from a function of any Result type.
inline tl::unexpected<Error> failure(ErrorCode code, std::string text)
{
    return tl::unexpected<Error>(Error(code, std::move(text)));
}

inline tl::unexpected<Error> failure(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

} // namespace negatoscope::base

#define NEGATOSCOPE_JOIN2(a, b) a##b
#define NEGATOSCOPE_JOIN(a, b) NEGATOSCOPE_JOIN2(a, b)

/// TRY(auto value, call()) declares value from a successful call and returns the error of a failed one.
#define TRY(declaration, expression)                                                                         \
    auto NEGATOSCOPE_JOIN(tried, __LINE__) = (expression);                                                   \
    if (!NEGATOSCOPE_JOIN(tried, __LINE__))                                                                  \
        return ::negatoscope::base::failure(std::move(NEGATOSCOPE_JOIN(tried, __LINE__)).error());           \
    declaration = *std::move(NEGATOSCOPE_JOIN(tried, __LINE__))

/// TRY_DO(call()) returns the error of a failed call whose value is not wanted.
#define TRY_DO(expression)                                                                                   \
    do {                                                                                                     \
        if (auto NEGATOSCOPE_JOIN(tried, __LINE__) = (expression); !NEGATOSCOPE_JOIN(tried, __LINE__))       \
            return ::negatoscope::base::failure(std::move(NEGATOSCOPE_JOIN(tried, __LINE__)).error());       \
    } while (false)
