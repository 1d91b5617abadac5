#include <base/Log.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <random>

namespace negatoscope::base {

namespace {

std::atomic<LogLevel> g_level = LogLevel::Info;

std::string escaped(std::string_view text)
{
    std::string result;
    result.reserve(text.size());
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f) {
            char code[8];
            std::snprintf(code, sizeof code, "\\x%02x", byte);
            result += code;
        } else {
            result += c;
        }
    }
    return result;
}

} // namespace

void setLogLevel(LogLevel level)
{
    g_level = level;
}

void log(LogLevel level, std::string_view area, std::string_view text)
{
    if (level < g_level.load())
        return;
    static constexpr const char *kLevels[] = {"debug", "info", "warning", "error"};
    const auto now = std::chrono::system_clock::now();
    const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
    const auto millis =
        std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count() % 1000;
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    char stamp[32];
    std::strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%S", &utc);
    const std::string line = std::string(stamp) + '.' + std::to_string(1000 + millis).substr(1) + "Z " +
                             kLevels[static_cast<int>(level)] + ' ' + escaped(area) + ": " + escaped(text) +
                             '\n';
    std::fwrite(line.data(), 1, line.size(), stderr);
}

std::string keyedHash(std::string_view uid)
{
    static const std::uint64_t key = [] {
        std::random_device device;
        return (std::uint64_t(device()) << 32) ^ device();
    }();
    std::uint64_t hash = 0xcbf29ce484222325ULL ^ key;
    for (const char c : uid) {
        hash ^= static_cast<unsigned char>(c);
        hash *= 0x100000001b3ULL;
        hash ^= hash >> 29;
    }
    char text[20];
    std::snprintf(text, sizeof text, "#%012llx", static_cast<unsigned long long>(hash & 0xffffffffffffULL));
    return text;
}

} // namespace negatoscope::base
