#include "VolumeView.h"

#include "GestureReader.h"

#include <session/PlanesPresenter.h>
#include <ui/Theme.h>

#include <base/Log.h>

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtGui/QPainter>

#include <algorithm>
#include <cmath>

namespace negatoscope::ui {

namespace {

using base::PatientPoint;
using base::PatientVector;
using Content = session::ViewportState::Content;

constexpr int kStillMs = 200, kNoticeMs = 6000;
constexpr double kHandle = 9;

std::array<double, 3> listed(PatientVector vector)
{
    return {vector.x, vector.y, vector.z};
}

QJsonArray jsonOf(const std::array<double, 3> &numbers)
{
    return {numbers[0], numbers[1], numbers[2]};
}

} // namespace

const std::vector<rendering::VolumePreset> &volumeLooks()
{
    static const auto looks = [] {
        QFile file(QStringLiteral(":/presets/volumes.json"));
        if (!file.open(QIODevice::ReadOnly))
            return std::vector<rendering::VolumePreset>();
        auto presets = rendering::volumePresetsFromJson(file.readAll().toStdString());
        if (!presets)
            base::log(base::LogLevel::Error, "ui", presets.error().describe());
        return presets ? *std::move(presets) : std::vector<rendering::VolumePreset>();
    }();
    return looks;
}

VolumeView::VolumeView(session::ReadingPresenter &reading, const GestureReader &gestures, QWidget *parent)
    : QWidget(parent),
      m_reading(reading),
      m_planes(reading.planes()),
      m_gestures(gestures),
      m_renderer(rendering::VolumeRenderer::installedLibrary())
{
    setObjectName(QStringLiteral("volumeView"));
    setAccessibleName(tr("Volume in 3D"));
    setFocusPolicy(Qt::ClickFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setMouseTracking(true);
    m_stillTimer.setSingleShot(true);
    m_stillTimer.setInterval(kStillMs);
    connect(&m_stillTimer, &QTimer::timeout, this, [this] { draw(false); });
    m_noticeTimer.setSingleShot(true);
    m_noticeTimer.setInterval(kNoticeMs);
    connect(&m_noticeTimer, &QTimer::timeout, this, [this] { showNotice({}); });
    connect(&m_renderer, &rendering::VolumeRenderer::drawn, this,
            [this](const rendering::VolumePicture &picture) {
                m_picture = picture;
                update();
            });
    connect(&m_renderer, &rendering::VolumeRenderer::failed, this, [this](const base::Error &error) {
        m_error = error;
        update();
    });
    if (m_planes != nullptr)
        takePlanes();
}

VolumeView::~VolumeView() = default;

// --- What is drawn ---

void VolumeView::takePlanes()
{
    connect(m_planes, &QObject::destroyed, this, [this] { m_planes = nullptr; });
    connect(&m_planes->volume(), &session::VolumePresenter::changed, this, &VolumeView::takeVolume);
    for (const auto &viewport : m_reading.viewports())
        connect(viewport.get(), &session::ViewportPresenter::changed, this, [this] {
            takeWindow();
            update(); // the frames of the planes
        });
    takeVolume();
}

/// What has arrived is taken when there is something to see, and when there is no more to come: a copy of the
/// voxels is made each time.
void VolumeView::takeVolume()
{
    const auto volume = m_planes != nullptr ? m_planes->volume().volume() : nullptr;
    if (!volume)
        return;
    const auto &voxels = *volume->volume;
    const bool isEnough = voxels.arrived() * 8 >= voxels.geometry().slices() || voxels.isSettled();
    const bool isNew = m_volume != volume || (voxels.isSettled() && m_taken != voxels.arrived());
    if (!isEnough || !isNew)
        return;
    m_volume = volume;
    m_taken = voxels.arrived();
    m_failed = voxels.failed();
    if (m_looks.empty()) {
        for (const auto &look : volumeLooks())
            if (look.suits(volume->facts.modality.toStdString()))
                m_looks.push_back(look);
        if (!m_looks.empty())
            m_look = QString::fromStdString(m_looks.front().id);
        takeWindow();
        Q_EMIT changed();
    }
    if (!m_placed && height() > 0) {
        m_placed = true;
        m_scene.camera =
            rendering::Camera::from(rendering::Side::Front, voxels.geometry(), double(width()) / height());
    }
    m_renderer.setVolume(volume->volume);
    draw(false);
}

void VolumeView::takeWindow()
{
    const auto look = std::find_if(m_looks.begin(), m_looks.end(), [this](const auto &one) {
        return m_look == QString::fromStdString(one.id);
    });
    if (look == m_looks.end())
        return;
    auto scene = m_scene;
    scene.look = *look;
    const auto &window = m_reading.viewports().front()->state().window;
    if (window && !scene.isOfValues()) {
        scene.windowLow = window->center - window->width / 2;
        scene.windowHigh = window->center + window->width / 2;
    }
    if (scene == m_scene)
        return;
    m_scene = scene;
    draw(true);
}

void VolumeView::resizeEvent(QResizeEvent *)
{
    draw(false);
}

QSize VolumeView::deviceSize() const
{
    return (QSizeF(size()) * devicePixelRatioF()).toSize();
}

void VolumeView::draw(bool moving)
{
    if (!m_volume || m_looks.empty() || size().isEmpty())
        return;
    m_renderer.draw(m_scene, deviceSize(), moving);
    if (moving)
        m_stillTimer.start();
    else
        m_stillTimer.stop();
}

void VolumeView::setLook(const QString &id)
{
    m_look = id;
    takeWindow();
    draw(false);
    Q_EMIT changed();
}

void VolumeView::lookFrom(rendering::Side side)
{
    if (!m_volume)
        return;
    m_scene.camera =
        rendering::Camera::from(side, m_volume->volume->geometry(), double(width()) / std::max(height(), 1));
    draw(false);
}

void VolumeView::setCutting(bool cutting)
{
    m_cutting = cutting;
    if (!cutting && !m_scene.crop.isWhole()) {
        m_scene.crop = {};
        draw(false);
    }
    update();
    Q_EMIT changed();
}

void VolumeView::reset()
{
    setCutting(false);
    lookFrom(rendering::Side::Front);
}

void VolumeView::showNotice(const QString &sentence)
{
    m_notice = sentence;
    if (sentence.isEmpty())
        m_noticeTimer.stop();
    else
        m_noticeTimer.start();
    update();
}

bool VolumeView::isSettled() const
{
    return m_error || (m_volume && m_volume->isSettled() && m_picture && m_picture->isFull &&
                       m_picture->scene == m_scene);
}

// --- Painting ---

dicom::ImagePlane VolumeView::shownPlane() const
{
    return (m_picture ? m_picture->scene : m_scene).camera.plane(width(), height());
}

QPointF VolumeView::toView(PatientPoint point) const
{
    const auto at = shownPlane().toImage(point);
    return {at.column + 0.5, at.row + 0.5};
}

/// As the painter of viewports takes it: whose, when and what as the planes have it, letters and lengths of
/// this picture.
session::ViewportState VolumeView::state() const
{
    session::ViewportState state = m_reading.viewports().front()->state();
    state.picture.reset();
    state.overlays.clear();
    state.plane.reset();
    state.guides = {};
    state.cine.reset();
    state.pending.reset();
    state.trueSize = false;
    state.count = 0;
    state.projection = true;
    if (m_error) {
        state.content = Content::Failed;
        state.error = m_error;
        return state;
    }
    if (!m_picture || !m_volume) {
        state.content = Content::Waiting;
        return state;
    }
    state.content = Content::Picture;
    state.facts = m_volume->facts;
    if (m_picture->scene.isOfValues())
        state.window.reset();
    const QSize device = deviceSize();
    const auto plane = m_picture->scene.camera.plane(device.width(), device.height());
    const imaging::Size pixels{device.width(), device.height()};
    state.spacing.row = state.spacing.column = plane.rowSpacing;
    imaging::ViewSettings oneToOne;
    oneToOne.zoom = 1;
    state.transform = {pixels, state.spacing, pixels, oneToOne};
    state.geometry = {};
    state.geometry.orientation.row = plane.row;
    state.geometry.orientation.column = plane.column;
    state.letters = dicom::edgeLetters(state.geometry, state.transform.directions());
    state.orientationKnown = true;
    state.rendered = session::RenderedState{QString::fromStdString(m_picture->scene.look.id),
                                            m_picture->isFull,
                                            m_picture->reduction,
                                            !m_picture->scene.crop.isWhole(),
                                            m_volume->volume->geometry().slices(),
                                            m_taken,
                                            m_failed};
    return state;
}

void VolumeView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), colours::kViewport);
    const auto now = state();
    if (now.content == Content::Picture) {
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        painter.drawImage(rect(), m_picture->image);
        painter.setRenderHint(QPainter::Antialiasing);
        drawPlanes(painter);
        if (m_cutting)
            drawBox(painter);
        painter.setRenderHint(QPainter::Antialiasing, false);
    }
    m_painter.draw(painter, now, rect(),
                   {m_reading.cornerText(), &m_reading.cornerLayouts(), false, {}, m_notice, {}, {}});
    Q_EMIT painted();
}

/// Where the planes lie in the body, as frames in their colours, and the point in which they meet.
void VolumeView::drawPlanes(QPainter &painter) const
{
    if (m_planes == nullptr || m_planes->planes().isEmpty() || !m_reading.links().showsReferenceLines())
        return;
    const QColor planes[] = {colours::kAxialPlane, colours::kCoronalPlane, colours::kSagittalPlane};
    for (int plane = 0; plane < session::kPlanes; ++plane) {
        const auto raster = m_planes->planes().raster(plane);
        const double right = raster.columns - 0.5, bottom = raster.rows - 0.5;
        QPolygonF frame;
        for (const auto &corner :
             {base::ImagePoint{-0.5, -0.5}, {right, -0.5}, {right, bottom}, {-0.5, bottom}})
            frame << toView(raster.toPatient(corner));
        QColor colour = planes[plane];
        colour.setAlpha(170);
        painter.setPen(QPen(colour, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawPolygon(frame);
    }
    painter.setPen(QPen(colours::kPictureText.color(), 1.5));
    painter.drawEllipse(toView(m_planes->planes().cross()), 3.5, 3.5);
}

void VolumeView::drawBox(QPainter &painter) const
{
    const auto &geometry = m_volume->volume->geometry();
    painter.setPen(QPen(colours::kPictureAccent.color(), 1));
    for (const auto &edge : rendering::edgesOf(m_scene.crop, geometry))
        painter.drawLine(toView(edge[0]), toView(edge[1]));
    painter.setBrush(colours::kPictureAccent.color());
    painter.setPen(QPen(Qt::black, 1));
    for (std::size_t axis = 0; axis < 3; ++axis)
        for (const bool isFar : {false, true})
            if (const auto handle = handleOf({axis, isFar}))
                painter.drawRect(
                    QRectF(handle->x() - kHandle / 2, handle->y() - kHandle / 2, kHandle, kHandle));
    painter.setBrush(Qt::NoBrush);
}

/// In the middle of a side of the box; none where the side is seen from straight ahead and cannot be dragged.
std::optional<QPointF> VolumeView::handleOf(const Side &side) const
{
    if (!m_volume)
        return {};
    const auto &geometry = m_volume->volume->geometry();
    std::array<double, 3> parts{};
    for (std::size_t axis = 0; axis < 3; ++axis)
        parts[axis] = (m_scene.crop.from[axis] + m_scene.crop.to[axis]) / 2;
    parts[side.axis] = side.isFar ? m_scene.crop.to[side.axis] : m_scene.crop.from[side.axis];
    auto first = parts, last = parts;
    first[side.axis] = 0;
    last[side.axis] = 1;
    const QPointF way =
        toView(rendering::pointAt(last, geometry)) - toView(rendering::pointAt(first, geometry));
    constexpr double kShortest = 24;
    if (std::hypot(way.x(), way.y()) < kShortest)
        return {};
    return toView(rendering::pointAt(parts, geometry));
}

QJsonObject VolumeView::json() const
{
    QJsonObject json{{QStringLiteral("look"), m_look},
                     {QStringLiteral("settled"), isSettled()},
                     {QStringLiteral("cutting"), m_cutting}};
    if (m_error) {
        json.insert(QStringLiteral("error"),
                    QString::fromLatin1(base::nameOf(m_error->code()).data(),
                                        qsizetype(base::nameOf(m_error->code()).size())));
        return json;
    }
    if (!m_picture)
        return json;
    const auto &camera = m_picture->scene.camera;
    const auto now = state();
    json.insert(QStringLiteral("full"), m_picture->isFull);
    json.insert(QStringLiteral("reduction"), m_picture->reduction);
    json.insert(QStringLiteral("onProcessor"), m_picture->onProcessor);
    json.insert(QStringLiteral("into"), jsonOf(listed(camera.into)));
    json.insert(QStringLiteral("up"), jsonOf(listed(camera.up)));
    json.insert(QStringLiteral("heightMm"), camera.heightMm);
    json.insert(QStringLiteral("letters"),
                QJsonArray{QString::fromStdString(now.letters.left),
                           QString::fromStdString(now.letters.right), QString::fromStdString(now.letters.top),
                           QString::fromStdString(now.letters.bottom)});
    json.insert(QStringLiteral("cropFrom"), jsonOf(m_picture->scene.crop.from));
    json.insert(QStringLiteral("cropTo"), jsonOf(m_picture->scene.crop.to));
    json.insert(QStringLiteral("slices"), now.rendered->slices);
    json.insert(QStringLiteral("arrived"), now.rendered->arrived);
    return json;
}

} // namespace negatoscope::ui
