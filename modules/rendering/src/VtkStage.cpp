// A library of its own, the only one with VTK (VolumeStage.h).
#include "VolumeStage.h"

#include <QtGui/QOpenGLContext>
#include <QtGui/QOpenGLFunctions>

#include <vtkAutoInit.h>
#include <vtkCallbackCommand.h>
#include <vtkCamera.h>
#include <vtkColorTransferFunction.h>
#include <vtkFixedPointVolumeRayCastMapper.h>
#include <vtkFloatArray.h>
#include <vtkGenericOpenGLRenderWindow.h>
#include <vtkImageData.h>
#include <vtkMatrix4x4.h>
#include <vtkNew.h>
#include <vtkObjectFactory.h>
#include <vtkOpenGLGPUVolumeRayCastMapper.h>
#include <vtkOutputWindow.h>
#include <vtkPiecewiseFunction.h>
#include <vtkPointData.h>
#include <vtkRenderer.h>
#include <vtkShortArray.h>
#include <vtkUnsignedCharArray.h>
#include <vtkVolume.h>
#include <vtkVolumeProperty.h>

#include <algorithm>
#include <array>
#include <new>
#include <string_view>
#include <thread>

// VTK's parts for OpenGL make themselves known by these; nothing else refers to them.
VTK_MODULE_INIT(vtkRenderingOpenGL2)
VTK_MODULE_INIT(vtkRenderingVolumeOpenGL2)

namespace negatoscope::rendering {

namespace {

/// What VTK has to say belongs in the log, not on the console.
class LoggedOutput final : public vtkOutputWindow
{
public:
    static LoggedOutput *New();
    vtkTypeMacro(LoggedOutput, vtkOutputWindow) void DisplayText(const char *text) override { warn(text); }
    void (*warn)(const char *) = nullptr;
};
vtkStandardNewMacro(LoggedOutput)

    bool isSoftwareOpenGl()
{
    const auto *name = reinterpret_cast<const char *>(
        QOpenGLContext::currentContext()->functions()->glGetString(GL_RENDERER));
    const std::string_view renderer = name != nullptr ? name : "";
    for (const char *software : {"llvmpipe", "softpipe", "swrast", "Software"})
        if (renderer.find(software) != std::string_view::npos)
            return true;
    return false;
}

/// The longest edge that the card takes a volume of.
int longestEdge()
{
    constexpr GLenum kMax3dTextureSize = 0x8073;
    GLint longest = 0;
    QOpenGLContext::currentContext()->functions()->glGetIntegerv(kMax3dTextureSize, &longest);
    return longest;
}

template <typename Array, typename Voxel>
void lend(vtkImageData &image, std::vector<Voxel> &voxels)
{
    constexpr int kStaysOurs = 1;
    const vtkNew<Array> array;
    array->SetArray(voxels.data(), static_cast<vtkIdType>(voxels.size()), kStaysOurs);
    image.GetPointData()->SetScalars(array);
}

class VtkStage final : public VolumeStage
{
public:
    VtkStage();
    ~VtkStage() override { m_window->Finalize(); }
    Q_DISABLE_COPY_MOVE(VtkStage)

    bool isOnProcessor() const override { return m_onProcessor; }
    void setGrid(VolumeGrid grid) override;
    Outcome draw(const VolumeScene &scene, QSize size, double coarseness,
                 const std::function<bool()> &isStale, QImage &image) override;

private:
    vtkVolumeMapper &mapper()
    {
        return m_onProcessor ? static_cast<vtkVolumeMapper &>(*m_processorMapper)
                             : static_cast<vtkVolumeMapper &>(*m_cardMapper);
    }
    void takeLook(const VolumeScene &scene);
    void takeCamera(const Camera &camera);
    void takeCrop(const CropBox &crop);
    bool readBack(QSize size, QImage &image);

    bool m_onProcessor = isSoftwareOpenGl();
    VolumeGrid m_grid; ///< its voxels are lent to m_image
    bool m_hasLook = false;
    VolumePreset m_look;
    double m_windowLow = 0, m_windowHigh = 0;
    std::function<bool()> m_isStale;

    vtkNew<vtkCallbackCommand> m_isCurrent, m_isOpenGl, m_abort;
    vtkNew<vtkGenericOpenGLRenderWindow> m_window;
    vtkNew<vtkRenderer> m_renderer;
    vtkNew<vtkVolume> m_volume;
    vtkNew<vtkVolumeProperty> m_property;
    vtkNew<vtkColorTransferFunction> m_colours;
    vtkNew<vtkPiecewiseFunction> m_opacity;
    vtkNew<vtkFixedPointVolumeRayCastMapper> m_processorMapper;
    vtkNew<vtkOpenGLGPUVolumeRayCastMapper> m_cardMapper;
    vtkSmartPointer<vtkImageData> m_image;
};

VtkStage::VtkStage()
{
    // The context is Qt's, and current in this thread for as long as this lives.
    m_isCurrent->SetCallback(
        [](vtkObject *, unsigned long, void *, void *yes) { *static_cast<bool *>(yes) = true; });
    m_isOpenGl->SetCallback(
        [](vtkObject *, unsigned long, void *, void *yes) { *static_cast<int *>(yes) = 1; });
    m_window->AddObserver(vtkCommand::WindowIsCurrentEvent, m_isCurrent);
    m_window->AddObserver(vtkCommand::WindowSupportsOpenGLEvent, m_isOpenGl);
    m_abort->SetClientData(this);
    m_abort->SetCallback([](vtkObject *window, unsigned long, void *self, void *) {
        const auto &isStale = static_cast<VtkStage *>(self)->m_isStale;
        if (isStale && isStale())
            static_cast<vtkRenderWindow *>(window)->SetAbortRender(1);
    });
    m_window->AddObserver(vtkCommand::AbortCheckEvent, m_abort);
    m_window->SetReadyForRendering(true);
    m_window->SetOwnContext(0);
    m_window->SetFrameBlitModeToNoBlit();
    m_window->SetMultiSamples(0);
    m_window->SetOffScreenRendering(1);
    m_window->OpenGLInitContext();

    m_renderer->SetBackground(0, 0, 0);
    m_renderer->GetActiveCamera()->ParallelProjectionOn();
    m_window->AddRenderer(m_renderer);
    m_property->SetInterpolationTypeToLinear();
    m_property->SetColor(m_colours);
    m_property->SetScalarOpacity(m_opacity);
    m_property->SetScalarOpacityUnitDistance(1); // opacities are of a millimetre
    m_volume->SetProperty(m_property);
    m_volume->SetMapper(&mapper());
    m_renderer->AddVolume(m_volume);
    m_processorMapper->SetAutoAdjustSampleDistances(0);
    m_processorMapper->SetNumberOfThreads(
        static_cast<int>(std::max(1U, std::thread::hardware_concurrency())));
    m_cardMapper->SetAutoAdjustSampleDistances(0);
    m_cardMapper->SetUseJittering(1);
}

void VtkStage::setGrid(VolumeGrid grid)
{
    // The old voxels go when nothing refers to them any more.
    const VolumeGrid old = std::exchange(m_grid, std::move(grid));
    const vtkNew<vtkImageData> image;
    image->SetDimensions(m_grid.columns, m_grid.rows, m_grid.slices);
    image->SetSpacing(m_grid.spacing.data());
    if (m_grid.type == volume::VoxelType::Int16)
        lend<vtkShortArray>(*image, m_grid.whole);
    else
        lend<vtkFloatArray>(*image, m_grid.real);
    m_image = image;
    if (!m_onProcessor && std::max({m_grid.columns, m_grid.rows, m_grid.slices}) > longestEdge())
        m_onProcessor = true;
    m_volume->SetMapper(&mapper());
    mapper().SetInputDataObject(image);

    const vtkNew<vtkMatrix4x4> matrix;
    const base::PatientVector axes[] = {m_grid.row, m_grid.column, m_grid.normal};
    for (int axis = 0; axis < 3; ++axis) {
        matrix->SetElement(0, axis, axes[axis].x);
        matrix->SetElement(1, axis, axes[axis].y);
        matrix->SetElement(2, axis, axes[axis].z);
    }
    matrix->SetElement(0, 3, m_grid.origin.x);
    matrix->SetElement(1, 3, m_grid.origin.y);
    matrix->SetElement(2, 3, m_grid.origin.z);
    m_volume->SetUserMatrix(matrix);
    m_hasLook = false; // its numbers are of the grid before
}

/// Positions of the preset become numbers of the grid.
void VtkStage::takeLook(const VolumeScene &scene)
{
    const bool followsWindow = scene.look.scale == VolumePreset::Scale::Window;
    if (m_hasLook && m_look == scene.look &&
        (!followsWindow || (m_windowLow == scene.windowLow && m_windowHigh == scene.windowHigh)))
        return;
    m_hasLook = true;
    m_look = scene.look;
    m_windowLow = scene.windowLow;
    m_windowHigh = scene.windowHigh;
    const auto number = [&](double at) {
        return (scene.fromScale(at) - m_grid.scale.intercept) / m_grid.scale.slope;
    };
    m_opacity->RemoveAllPoints();
    m_colours->RemoveAllPoints();
    for (const auto &point : m_look.opacity)
        m_opacity->AddPoint(number(point.at), point.opacity);
    for (const auto &point : m_look.colours)
        m_colours->AddRGBPoint(number(point.at), point.rgb[0], point.rgb[1], point.rgb[2]);
    m_property->SetShade(m_look.shaded ? 1 : 0);
    m_property->SetAmbient(m_look.ambient);
    m_property->SetDiffuse(m_look.diffuse);
    m_property->SetSpecular(m_look.specular);
    m_property->SetSpecularPower(m_look.specularPower);
    switch (m_look.blending) {
    case VolumePreset::Blending::Composite:
        mapper().SetBlendModeToComposite();
        break;
    case VolumePreset::Blending::Maximum:
        mapper().SetBlendModeToMaximumIntensity();
        break;
    case VolumePreset::Blending::Minimum:
        mapper().SetBlendModeToMinimumIntensity();
        break;
    }
}

void VtkStage::takeCamera(const Camera &camera)
{
    double reach = 1; // of the grid, around the focus
    for (int corner = 0; corner < 8; ++corner) {
        const auto along = [&](int bit, int boxes, double spacing) {
            return (corner & bit) != 0 ? boxes * spacing : 0.0;
        };
        const base::PatientPoint point = m_grid.origin +
                                         m_grid.row * along(1, m_grid.columns, m_grid.spacing[0]) +
                                         m_grid.column * along(2, m_grid.rows, m_grid.spacing[1]) +
                                         m_grid.normal * along(4, m_grid.slices, m_grid.spacing[2]);
        reach = std::max(reach, length(point - camera.focus));
    }
    const base::PatientPoint eye = camera.focus + camera.into * (-2 * reach);
    vtkCamera &view = *m_renderer->GetActiveCamera();
    view.SetFocalPoint(camera.focus.x, camera.focus.y, camera.focus.z);
    view.SetPosition(eye.x, eye.y, eye.z);
    view.SetViewUp(camera.up.x, camera.up.y, camera.up.z);
    view.SetParallelScale(camera.heightMm / 2);
    view.SetClippingRange(reach / 2, 4 * reach);
}

void VtkStage::takeCrop(const CropBox &crop)
{
    mapper().SetCropping(crop.isWhole() ? 0 : 1);
    const std::array<int, 3> boxes{m_grid.columns, m_grid.rows, m_grid.slices};
    std::array<double, 6> planes{};
    for (std::size_t axis = 0; axis < 3; ++axis) {
        const double whole = boxes[axis] * m_grid.spacing[axis], first = -m_grid.spacing[axis] / 2;
        planes[2 * axis] = first + crop.from[axis] * whole;
        planes[2 * axis + 1] = first + crop.to[axis] * whole;
    }
    mapper().SetCroppingRegionFlagsToSubVolume();
    mapper().SetCroppingRegionPlanes(planes.data());
}

VolumeStage::Outcome VtkStage::draw(const VolumeScene &scene, QSize size, double coarseness,
                                    const std::function<bool()> &isStale, QImage &image)
try {
    if (!m_image)
        return Outcome::NoPicture;
    takeLook(scene);
    takeCamera(scene.camera);
    takeCrop(scene.crop);
    const double step = *std::min_element(m_grid.spacing.begin(), m_grid.spacing.end()) * coarseness;
    m_processorMapper->SetSampleDistance(static_cast<float>(step));
    m_cardMapper->SetSampleDistance(static_cast<float>(step));
    m_isStale = isStale;
    m_window->SetSize(size.width(), size.height());
    m_window->SetAbortRender(0);
    m_window->Render();
    m_isStale = {};
    if (isStale && isStale())
        return Outcome::Stale;
    return readBack(size, image) ? Outcome::Drawn : Outcome::NoPicture;
} catch (const std::bad_alloc &) {
    return Outcome::NoMemory;
}

bool VtkStage::readBack(QSize size, QImage &image)
{
    const vtkNew<vtkUnsignedCharArray> pixels;
    m_window->GetRGBACharPixelData(0, 0, size.width() - 1, size.height() - 1, 0, pixels);
    if (pixels->GetNumberOfTuples() != vtkIdType(size.width()) * size.height())
        return false;
    // Rows come from the bottom to the top.
    const QImage upsideDown(pixels->GetPointer(0), size.width(), size.height(), 4 * size.width(),
                            QImage::Format_RGBX8888);
    image = upsideDown.mirrored().convertToFormat(QImage::Format_RGB32);
    return true;
}

} // namespace

extern "C" Q_DECL_EXPORT VolumeStage *negatoscopeMakeVolumeStage(void (*warn)(const char *text))
{
    const vtkNew<LoggedOutput> output;
    output->warn = warn;
    vtkOutputWindow::SetInstance(output);
    return new VtkStage;
}

} // namespace negatoscope::rendering
