// Drawing speed of the pixel path, each figure beside a yardstick measured in the same run, turn by turn.
//
// bench_imaging [rounds]; prints one line per figure: name, milliseconds, yardstick, ratio of the minima.

#include <imaging/Picture.h>

#include <base/ComputePool.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <type_traits>
#include <vector>

using namespace negatoscope;
using namespace negatoscope::imaging;

namespace {

constexpr Size kView{1920, 1080};

using Pixels = std::vector<std::uint32_t>;
using Samples = std::shared_ptr<std::vector<std::uint16_t>>;

struct Timing
{
    double smallest = 1e9, median = 0;
};

struct Comparison
{
    Timing ours, yardstick;
};

double millisecondsOf(const std::function<void(int)> &work, int round)
{
    const auto start = std::chrono::steady_clock::now();
    work(round);
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

Timing summary(std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    return {times.front(), times[times.size() / 2]};
}

/// Both in turn, so that whatever else the machine does falls on both.
Comparison compare(int rounds, const std::function<void(int)> &ours,
                   const std::function<void(int)> &yardstick)
{
    std::vector<double> one, other;
    ours(0);
    yardstick(0);
    for (int round = 1; round <= rounds; ++round) {
        one.push_back(millisecondsOf(ours, round));
        other.push_back(millisecondsOf(yardstick, round));
    }
    return {summary(one), summary(other)};
}

void report(const char *name, const Comparison &c)
{
    std::printf("%-46s min %7.3f ms  median %7.3f ms (%6.0f /s)   yardstick min %7.3f ms   ratio %5.2f\n",
                name, c.ours.smallest, c.ours.median, 1000 / c.ours.median, c.yardstick.smallest,
                c.ours.smallest / c.yardstick.smallest);
}

/// Anatomy-like: smooth shapes with noise, so that tables and caches are used as in real pictures.
Samples samplesOf(Size size, int seed, int bits)
{
    auto samples =
        std::make_shared<std::vector<std::uint16_t>>(std::size_t(size.width) * std::size_t(size.height));
    std::uint32_t noise = static_cast<std::uint32_t>(seed) * 2654435761U + 1;
    const double top = (1 << bits) - 1;
    for (int y = 0; y < size.height; ++y)
        for (int x = 0; x < size.width; ++x) {
            noise = noise * 1664525U + 1013904223U;
            const double shape = 0.5 + 0.4 * std::sin(x * 0.011 + seed) * std::cos(y * 0.013);
            const double value = top * shape + static_cast<double>(noise >> 27);
            (*samples)[std::size_t(y) * std::size_t(size.width) + std::size_t(x)] =
                static_cast<std::uint16_t>(std::clamp(value, 0.0, top));
        }
    return samples;
}

dicom::ImageFormat formatOf(Size size, int bits)
{
    dicom::ImageFormat format;
    format.columns = static_cast<std::uint32_t>(size.width);
    format.rows = static_cast<std::uint32_t>(size.height);
    format.bitsAllocated = 16;
    format.bitsStored = static_cast<std::uint32_t>(bits);
    format.photometric = dicom::Photometric::Monochrome2;
    return format;
}

std::shared_ptr<const Picture> pictureOf(const Samples &samples, Size size, int bits,
                                         const DisplayAttributes &given = {})
{
    DisplayAttributes attributes = given;
    attributes.rescaleIntercept = -1024;
    return Picture::make(samples, std::as_bytes(std::span(*samples)), formatOf(size, bits),
                         dicom::Photometric::Monochrome2, attributes);
}

Window windowOf(int round, int bits)
{
    const double top = 1 << bits;
    return {top / 2 - 1024 + round % 50, top / 3 + 7 * (round % 40), VoiFunction::Linear};
}

/// What one would write first: for each pixel, four neighbours, weights, rescale, window.
void plainBilinear(const std::vector<std::uint16_t> &in, Size size, const Window &window, Pixels &out)
{
    const double scale = std::min(double(kView.width) / size.width, double(kView.height) / size.height);
    const double left = (kView.width - size.width * scale) / 2,
                 top = (kView.height - size.height * scale) / 2;
    const double low = window.center - 0.5 - (window.width - 1) / 2;
    for (int y = 0; y < kView.height; ++y)
        for (int x = 0; x < kView.width; ++x) {
            std::uint32_t &pixel = out[std::size_t(y) * std::size_t(kView.width) + std::size_t(x)];
            const double column = (x + 0.5 - left) / scale - 0.5, row = (y + 0.5 - top) / scale - 0.5;
            if (column < -0.5 || row < -0.5 || column >= size.width - 0.5 || row >= size.height - 0.5) {
                pixel = 0xff000000U;
                continue;
            }
            const int c = std::clamp(static_cast<int>(column), 0, size.width - 2);
            const int r = std::clamp(static_cast<int>(row), 0, size.height - 2);
            const double u = column - c, v = row - r;
            const std::uint16_t *at = in.data() + std::size_t(r) * std::size_t(size.width) + std::size_t(c);
            const double value = (at[0] * (1 - u) + at[1] * u) * (1 - v) +
                                 (at[size.width] * (1 - u) + at[size.width + 1] * u) * v - 1024;
            const double grey = std::clamp((value - low) / (window.width - 1) * 255, 0.0, 255.0);
            pixel = 0xff000000U | static_cast<std::uint32_t>(grey + 0.5) * 0x010101U;
        }
}

void benchScroll(int rounds, Interpolation interpolation, const char *name)
{
    constexpr Size kSlice{512, 512};
    std::vector<Samples> slices;
    for (int i = 0; i < 32; ++i)
        slices.push_back(samplesOf(kSlice, i, 12));
    Pixels ours(std::size_t(kView.width) * std::size_t(kView.height)), plain(ours.size());
    const ViewTransform transform(kSlice, {}, kView, {});
    Renderer renderer;
    RenderSettings settings;
    settings.interpolation = interpolation;
    report(name, compare(
                     rounds,
                     [&](int round) {
                         settings.window = windowOf(round, 12);
                         const auto picture =
                             pictureOf(slices[static_cast<std::size_t>(round % 32)], kSlice, 12);
                         renderer.draw(picture, transform, settings, ours.data(), std::size_t(kView.width));
                     },
                     [&](int round) {
                         plainBilinear(*slices[static_cast<std::size_t>(round % 32)], kSlice,
                                       windowOf(round, 12), plain);
                     }));
}

/// A scanner that fills what lies outside its circle with padding.
void benchScrollPadded(int rounds)
{
    constexpr Size kSlice{512, 512};
    constexpr std::uint16_t kPadding = 65000;
    const Samples values = samplesOf(kSlice, 3, 12),
                  padded = std::make_shared<std::vector<std::uint16_t>>(*values);
    for (int y = 0; y < kSlice.height; ++y)
        for (int x = 0; x < kSlice.width; ++x)
            if ((x - 256) * (x - 256) + (y - 256) * (y - 256) > 256 * 256)
                (*padded)[std::size_t(y) * 512 + std::size_t(x)] = kPadding;
    DisplayAttributes attributes;
    attributes.paddingLow = attributes.paddingHigh = kPadding;
    Pixels ours(std::size_t(kView.width) * std::size_t(kView.height)), plain(ours.size());
    const ViewTransform transform(kSlice, {}, kView, {});
    Renderer renderer;
    RenderSettings settings;
    report("scroll 512x512 padded / plain bilinear loop",
           compare(
               rounds,
               [&](int round) {
                   settings.window = windowOf(round, 12);
                   renderer.draw(pictureOf(padded, kSlice, 16, attributes), transform, settings, ours.data(),
                                 std::size_t(kView.width));
               },
               [&](int round) { plainBilinear(*values, kSlice, windowOf(round, 12), plain); }));
}

/// Pictures that cannot take the fast path: floating point pixels, and colour.
template <typename Sample>
void benchScrollOther(int rounds, const char *name, int samplesPerPixel)
{
    constexpr Size kSlice{512, 512};
    const Samples values = samplesOf(kSlice, 3, 12);
    auto samples = std::make_shared<std::vector<Sample>>();
    for (const std::uint16_t value : *values)
        for (int sample = 0; sample < samplesPerPixel; ++sample)
            samples->push_back(static_cast<Sample>(value / (sizeof(Sample) == 1 ? 16 : 1)));
    auto format = formatOf(kSlice, 8 * sizeof(Sample));
    format.bitsAllocated = format.bitsStored;
    format.samples = static_cast<std::uint32_t>(samplesPerPixel);
    if (std::is_floating_point_v<Sample>)
        format.kind = dicom::SampleKind::Float;
    if (samplesPerPixel == 3)
        format.photometric = dicom::Photometric::YbrFull;
    Pixels ours(std::size_t(kView.width) * std::size_t(kView.height)), plain(ours.size());
    const ViewTransform transform(kSlice, {}, kView, {});
    Renderer renderer;
    RenderSettings settings;
    report(name, compare(
                     rounds,
                     [&](int round) {
                         settings.window = windowOf(round, 12);
                         const auto picture = Picture::make(samples, std::as_bytes(std::span(*samples)),
                                                            format, format.photometric, {});
                         renderer.draw(picture, transform, settings, ours.data(), std::size_t(kView.width));
                     },
                     [&](int round) { plainBilinear(*values, kSlice, windowOf(round, 12), plain); }));
}

/// One pass over the pixels of the viewport with a table, and nothing else.
void benchDrag(int rounds, const char *name, double zoom)
{
    constexpr Size kMammogram{3328, 4084};
    const auto picture = pictureOf(samplesOf(kMammogram, 3, 12), kMammogram, 12);
    ViewSettings view;
    view.zoom = zoom;
    const ViewTransform transform(kMammogram, {}, kView, view);
    Pixels ours(std::size_t(kView.width) * std::size_t(kView.height)), plain(ours.size());
    const Samples plane = samplesOf(kView, 4, 12);
    std::vector<std::uint32_t> table(4096);
    Renderer renderer;
    RenderSettings settings;
    report(name, compare(
                     rounds,
                     [&](int round) {
                         settings.window = windowOf(round, 12);
                         renderer.draw(picture, transform, settings, ours.data(), std::size_t(kView.width));
                     },
                     [&](int round) {
                         for (std::size_t i = 0; i < table.size(); ++i)
                             table[i] =
                                 0xff000000U | static_cast<std::uint32_t>((i + std::size_t(round)) >> 4);
                         for (std::size_t i = 0; i < plain.size(); ++i)
                             plain[i] = table[(*plane)[i]];
                     }));
}

/// A new picture of this size each time, fitted: one read of every sample is the least it can cost.
void benchNewPicture(int rounds, const char *name, int quarterTurns)
{
    constexpr Size kMammogram{3328, 4084};
    const Samples samples = samplesOf(kMammogram, 3, 12);
    ViewSettings view;
    view.quarterTurns = quarterTurns;
    const ViewTransform transform(kMammogram, {}, kView, view);
    Pixels ours(std::size_t(kView.width) * std::size_t(kView.height));
    Renderer renderer;
    RenderSettings settings;
    volatile std::uint64_t sink = 0;
    report(name, compare(
                     rounds,
                     [&](int round) {
                         settings.window = windowOf(round, 12);
                         renderer.draw(pictureOf(samples, kMammogram, 12), transform, settings, ours.data(),
                                       std::size_t(kView.width));
                     },
                     [&](int) {
                         std::uint64_t sum = 0;
                         for (const std::uint16_t sample : *samples)
                             sum += sample;
                         sink = sink + sum;
                     }));
}

} // namespace

int main(int argc, char **argv)
{
    const int rounds = argc > 1 ? std::max(1, std::atoi(argv[1])) : 100;
    std::printf("%u threads, viewport %d x %d, %d rounds\n", base::ComputePool::shared().threads(),
                kView.width, kView.height, rounds);
    benchScroll(rounds, Interpolation::Bilinear, "scroll 512x512 bilinear / plain scalar loop");
    benchScroll(rounds, Interpolation::Bicubic, "scroll 512x512 bicubic / plain bilinear loop");
    benchScroll(rounds, Interpolation::Nearest, "scroll 512x512 nearest / plain bilinear loop");
    benchScrollPadded(rounds);
    benchScrollOther<float>(rounds, "scroll 512x512 float / plain bilinear loop", 1);
    benchScrollOther<std::uint8_t>(rounds, "scroll 512x512 YBR / plain bilinear loop", 3);
    benchDrag(rounds, "window drag 13 Mpx, fit / table pass", 0);
    benchDrag(rounds, "window drag 13 Mpx, 1:1 / table pass", 1);
    benchNewPicture(rounds / 4 + 1, "new 13 Mpx picture, fit / sum of its samples", 0);
    benchNewPicture(rounds / 4 + 1, "new 13 Mpx picture, turned / sum of samples", 1);
    return 0;
}
