// Planes and slabs of a whole-body volume, each beside vtkImageReslice on the same voxels, turn by turn.
//
// bench_Reslice [rounds] [slices]; 512 x 512 x 6000 voxels take 3 GB. The picture has 1000 x 1000 pixels as
// wide as the body, and lies elsewhere in each round, as under a scrolling hand. Prints medians, minima and
// the ratio of the medians.

#include <TestVolumes.h>
#include <VtkReslice.h>

#include <base/ComputePool.h>

#include <vtkMultiThreader.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

using namespace negatoscope;
using namespace negatoscope::test;
using namespace negatoscope::volume;

namespace {

constexpr int kPixels = 1000;
constexpr double kPixelMm = 0.38; ///< 380 mm wide
constexpr double kSpacingMm = 0.3;

struct Timing
{
    double smallest = 0, median = 0;
};

Timing summary(std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    return {times.front(), times[times.size() / 2]};
}

template <typename Work>
double millisecondsOf(const Work &work)
{
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
}

std::shared_ptr<Volume> body(int slices)
{
    const auto geometry = evenGeometry(512, 512, slices, 380.0 / 512, 380.0 / 512, kSpacingMm);
    auto made = emptyVolume(geometry);
    if (!made)
        return nullptr;
    base::ComputePool::shared().parallelFor(std::size_t(slices), 1, [&](std::size_t begin, std::size_t end) {
        for (std::size_t k = begin; k < end; ++k) {
            std::vector<std::int16_t> voxels;
            voxels.reserve(512 * 512);
            std::uint32_t noise = std::uint32_t(k) * 2654435761U + 1;
            for (int j = 0; j < 512; ++j)
                for (int i = 0; i < 512; ++i) {
                    noise = noise * 1664525U + 1013904223U;
                    const int shape = (i - 256) * (i - 256) + 2 * (j - 256) * (j - 256) < 56'000 ? 40 : -1000;
                    voxels.push_back(static_cast<std::int16_t>(shape + int(noise >> 26)));
                }
            made->put(int(k), std::as_bytes(std::span(voxels)));
        }
    });
    return made;
}

struct Figure
{
    const char *name;
    base::PatientVector row, column;
    double slabMm = 0;
    double reach = 0;
    Interpolation interpolation = Interpolation::Linear;
};

void measure(const Figure &figure, const Volume &volume, VtkReslice &vtk, int rounds)
{
    std::vector<std::int16_t> pixels(std::size_t(kPixels) * kPixels);
    std::vector<double> ours, theirs;
    int samples = 1;
    long differing = 0;
    for (int round = 0; round <= rounds; ++round) {
        auto plane = planeAround(volume.geometry().centre(), figure.row, figure.column, kPixels, kPixels,
                                 kPixelMm, kPixelMm);
        plane.origin = plane.origin + plane.normal() * (round % 16 * 4.3 - 30);
        ResliceSettings settings;
        settings.background = -1024;
        settings.interpolation = figure.interpolation;
        if (figure.slabMm > 0)
            settings.slab =
                Slab::ofThickness(Projection::Maximum, figure.slabMm, volume.geometry(), plane.normal());
        samples = settings.slab.count;
        const double own = millisecondsOf([&] { (void)reslice(volume, plane, settings, pixels); });
        const short *picture = nullptr;
        const double other = millisecondsOf(
            [&] { picture = static_cast<const short *>(vtk.draw(plane, settings)->GetScalarPointer()); });
        // Along the axes VTK lays its slabs half a step aside (tests/support/VtkReslice.h).
        const bool comparable = samples == 1 || figure.name[0] == 'o' || figure.name[0] == 'd';
        for (std::size_t n = 0; comparable && n < pixels.size(); n += 97)
            differing += std::abs(pixels[n] - picture[n]) > 1;
        // The first round warms both.
        if (round > 0) {
            ours.push_back(own);
            theirs.push_back(other);
        }
    }
    const Timing a = summary(ours), b = summary(theirs);
    std::printf("%-34s %3d samples  median %7.2f ms min %7.2f   VTK median %7.2f ms min %7.2f   ratio %5.2f "
                "(reach %.2f)%s\n",
                figure.name, samples, a.median, a.smallest, b.median, b.smallest, a.median / b.median,
                figure.reach, differing ? "   PICTURES DIFFER" : "");
    std::fflush(stdout);
}

} // namespace

int main(int argc, char **argv)
{
    const int rounds = argc > 1 ? std::atoi(argv[1]) : 15;
    const int slices = argc > 2 ? std::atoi(argv[2]) : 6000;
    vtkMultiThreader::SetGlobalMaximumNumberOfThreads(int(base::ComputePool::shared().threads()));
    const auto volume = body(slices);
    if (!volume) {
        std::fprintf(stderr, "no memory for the volume\n");
        return 1;
    }
    VtkReslice vtk(*volume);
    const base::PatientVector x{1, 0, 0}, y{0, 1, 0}, down{0, 0, -1};
    const base::PatientVector yz{0, 1, -1}, xz{1, 0, -1}, xy{1, 1, 0};
    for (const Figure &figure : {
             Figure{"axial, linear", x, y, 0, 0},
             Figure{"coronal, linear", x, down, 0, 0.5},
             Figure{"sagittal, linear", y, down, 0, 0.5},
             Figure{"oblique 45 about x", x, yz, 0, 0.35},
             Figure{"oblique 45 about y", xz, y, 0, 0.35},
             Figure{"oblique 45 about z", xy, down, 0, 0.35},
             Figure{"double oblique", xy, {0.5, -0.5, -0.7}, 0, 0.35},
             Figure{"coronal MIP 10 mm", x, down, 10, 0.15},
             Figure{"sagittal MIP 10 mm", y, down, 10, 0.15},
             Figure{"axial MIP 10 mm", x, y, 10, 0.15},
             Figure{"oblique about x MIP 10 mm", x, yz, 10, 0.15},
             Figure{"oblique about y MIP 10 mm", xz, y, 10, 0.15},
             Figure{"oblique about z MIP 10 mm", xy, down, 10, 0.15},
             Figure{"double oblique MIP 10 mm", xy, {0.5, -0.5, -0.7}, 10, 0.15},
             Figure{"coronal, cubic", x, down, 0, 0.5, Interpolation::Cubic},
             Figure{"double oblique, cubic", xy, {0.5, -0.5, -0.7}, 0, 1, Interpolation::Cubic},
         })
        measure(figure, *volume, vtk, rounds);
    return 0;
}
