// A body of 512 x 512 x 300 voxels in 3D, 900 x 900 pixels: the full picture and the quick one that follows
// the hand, to the image in the UI thread, against VTK's own default mapper in a bare window.
//   bench_VolumeRendering [rounds]

#include "TestVolumes.h"

#include <rendering/VolumeRenderer.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtGui/QGuiApplication>
#include <QtTest/QTest>

#include <vtkAutoInit.h>
#include <vtkCamera.h>
#include <vtkColorTransferFunction.h>
#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkPiecewiseFunction.h>
#include <vtkRenderWindow.h>
#include <vtkRenderer.h>
#include <vtkSmartVolumeMapper.h>
#include <vtkUnsignedCharArray.h>
#include <vtkVolume.h>
#include <vtkVolumeProperty.h>

#include <algorithm>
#include <cstdio>

VTK_MODULE_INIT(vtkRenderingOpenGL2)
VTK_MODULE_INIT(vtkRenderingVolumeOpenGL2)

using namespace negatoscope;
using namespace negatoscope::rendering;

namespace {

constexpr int kEdge = 900, kSlices = 300, kLimitMs = 120'000;
constexpr double kSpacing = 0.8;

/// A trunk with lungs, a spine and ribs.
int bodyAt(int i, int j, int k)
{
    const double x = (i - 256) / 200.0, y = (j - 256) / 150.0, d = x * x + y * y;
    if (d >= 1)
        return -1000;
    if (std::abs(x) < 0.1 && y > 0.4)
        return 700;
    if (d > 0.8 && d < 0.86 && k % 20 < 8)
        return 600;
    if (std::hypot(x - 0.4, y) < 0.25 || std::hypot(x + 0.4, y) < 0.25)
        return -850;
    return 40 + (i * 7 + j * 13 + k * 5) % 30;
}

VolumePreset bone()
{
    QFile file(QStringLiteral(NEGATOSCOPE_PRESETS));
    if (!file.open(QIODevice::ReadOnly))
        std::exit(3);
    const auto presets = volumePresetsFromJson(file.readAll().toStdString());
    return presets->front();
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[values.size() / 2];
}

double milliseconds(const QElapsedTimer &timer)
{
    return double(timer.nsecsElapsed()) / 1e6;
}

/// The same body, light and direction, as a program has it that takes VTK as it comes.
class BareWindow
{
public:
    BareWindow(const volume::VolumeGeometry &geometry, const VolumePreset &look)
    {
        m_image->SetDimensions(geometry.columns, geometry.rows, geometry.slices());
        m_image->SetSpacing(geometry.columnSpacing, geometry.rowSpacing, geometry.usualSpacing);
        m_image->AllocateScalars(VTK_SHORT, 1);
        auto *voxel = static_cast<short *>(m_image->GetScalarPointer());
        for (int k = 0; k < geometry.slices(); ++k)
            for (int j = 0; j < geometry.rows; ++j)
                for (int i = 0; i < geometry.columns; ++i)
                    *voxel++ = static_cast<short>(bodyAt(i, j, k));
        const vtkNew<vtkPiecewiseFunction> opacity;
        for (const auto &point : look.opacity)
            opacity->AddPoint(point.at, point.opacity);
        const vtkNew<vtkColorTransferFunction> colours;
        for (const auto &point : look.colours)
            colours->AddRGBPoint(point.at, point.rgb[0], point.rgb[1], point.rgb[2]);
        const vtkNew<vtkVolumeProperty> property;
        property->SetScalarOpacity(opacity);
        property->SetColor(colours);
        property->SetInterpolationTypeToLinear();
        property->ShadeOn();
        const vtkNew<vtkSmartVolumeMapper> mapper;
        mapper->SetInputData(m_image);
        const vtkNew<vtkVolume> volume;
        volume->SetProperty(property);
        volume->SetMapper(mapper);
        m_renderer->AddVolume(volume);
        m_window->AddRenderer(m_renderer);
        m_window->SetSize(kEdge, kEdge);
        auto *camera = m_renderer->GetActiveCamera();
        camera->ParallelProjectionOn();
        m_renderer->ResetCamera();
        camera->Elevation(-90);
        m_renderer->ResetCamera();
    }
    double draw()
    {
        QElapsedTimer timer;
        timer.start();
        m_renderer->GetActiveCamera()->Azimuth(7);
        m_window->Render();
        const vtkNew<vtkUnsignedCharArray> pixels; // what is only asked for is not yet drawn
        m_window->GetRGBACharPixelData(0, 0, kEdge - 1, kEdge - 1, 1, pixels);
        return milliseconds(timer);
    }

private:
    vtkNew<vtkImageData> m_image;
    vtkNew<vtkRenderer> m_renderer;
    vtkNew<vtkRenderWindow> m_window;
};

} // namespace

int main(int argc, char **argv)
{
    QGuiApplication application(argc, argv);
    const int rounds = argc > 1 ? std::atoi(argv[1]) : 5;
    const auto geometry = test::evenGeometry(512, 512, kSlices, kSpacing, kSpacing, 1);
    const auto volume = test::makeVolume(geometry, bodyAt);
    VolumeScene scene;
    scene.look = bone();
    scene.camera = Camera::from(Side::Front, geometry, 1);

    VolumeRenderer renderer(QStringLiteral(NEGATOSCOPE_VTK));
    renderer.setVolume(volume);
    std::optional<VolumePicture> last;
    QObject::connect(&renderer, &VolumeRenderer::drawn, &renderer,
                     [&](const VolumePicture &picture) { last = picture; });
    const auto draw = [&](bool moving) {
        scene.camera.turn(7, 1);
        QElapsedTimer timer;
        timer.start();
        renderer.draw(scene, QSize(kEdge, kEdge), moving);
        const auto isDrawn = [&] { return last && last->scene == scene && last->isFull == !moving; };
        double ms = 0;
        const auto connection = QObject::connect(&renderer, &VolumeRenderer::drawn, &renderer, [&] {
            if (ms == 0 && isDrawn())
                ms = milliseconds(timer);
        });
        if (!QTest::qWaitFor([&] { return ms > 0; }, kLimitMs))
            std::exit(3);
        QObject::disconnect(connection);
        return ms;
    };
    const double firstQuick = draw(true), firstFull = draw(false);
    std::vector<double> quick, full, bare;
    BareWindow window(geometry, scene.look);
    (void)window.draw();
    for (int round = 0; round < rounds; ++round) {
        full.push_back(draw(false));
        bare.push_back(window.draw());
        for (int i = 0; i < 5; ++i)
            quick.push_back(draw(true));
    }
    std::printf(
        "%s; first quick picture %.0f ms, first full one %.0f ms, both with their copies of the voxels\n",
        last->onProcessor ? "rays cast by the processor" : "rays cast by a graphics card", firstQuick,
        firstFull);
    std::printf("%-34s %9.1f ms  yardstick %9.1f ms  ratio %5.3f  (reach 1)\n", "full picture, 900 x 900",
                median(full), median(bare), median(full) / median(bare));
    std::printf("%-34s %9.1f ms  %.0f frames/s, of %d x %d pixels\n", "quick picture", median(quick),
                1000 / median(quick), last->image.width(), last->image.height());
    return 0;
}
