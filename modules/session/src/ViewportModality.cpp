// The part of ViewportPresenter that knows what is particular to a modality: standing upright, colour tables,
// the clamp at zero, phases, subtraction.
#include "Background.h"

#include <session/StackLoader.h>
#include <session/ViewportPresenter.h>

#include <dicom/ProjectionView.h>
#include <imaging/FirstWindow.h>
#include <imaging/Subtraction.h>

#include <QtCore/QJsonArray>

#include <algorithm>
#include <cmath>

namespace negatoscope::session {

namespace {

constexpr double kLargestMaskShift = 512;

/// Soft tissue, in Hounsfield units.
constexpr imaging::Window kSoftTissue{40, 400, imaging::VoiFunction::Linear};

QString text(std::string_view value)
{
    return QString::fromUtf8(value.data(), qsizetype(value.size()));
}

QString nameOf(dicom::NuclearPlace::Axis axis)
{
    using enum dicom::NuclearPlace::Axis;
    switch (axis) {
    case EnergyWindow:
        return QStringLiteral("energyWindow");
    case Detector:
        return QStringLiteral("detector");
    case Phase:
        return QStringLiteral("phase");
    case Rotation:
        return QStringLiteral("rotation");
    case RRInterval:
        return QStringLiteral("rrInterval");
    case TimeSlot:
        return QStringLiteral("timeSlot");
    case AngularView:
        return QStringLiteral("angularView");
    case TimeSlice:
        return QStringLiteral("timeSlice");
    }
    return {};
}

QJsonArray nuclearJson(const dicom::NuclearPlace &place)
{
    QJsonArray steps;
    for (const auto &step : place.steps)
        steps.append(QJsonObject{{QStringLiteral("axis"), nameOf(step.axis)},
                                 {QStringLiteral("number"), step.number},
                                 {QStringLiteral("count"), step.count},
                                 {QStringLiteral("name"), text(dicom::visibleText(step.name))}});
    return steps;
}

} // namespace

// --- Orientation ---

/// Turns a projection so that it stands upright, and keeps what the reader has turned on top of it.
void ViewportPresenter::hangUpright(const dicom::DataSet &dataSet)
{
    imaging::Turn upright;
    if (m_defaults.standsUpright) {
        const auto turn =
            dicom::uprightTurn(m_geometry.orientation, dicom::ProjectionView::of(dataSet), m_defaults.breast);
        upright = {turn.quarterTurns, turn.flipped};
    }
    if (upright == m_state.hungTurn)
        return;
    const imaging::Turn shown{m_state.view.quarterTurns, m_state.view.flipped};
    const imaging::Turn turned = shown.after(m_state.hungTurn.inverse()).after(upright);
    m_state.view.quarterTurns = turned.quarterTurns;
    m_state.view.flipped = turned.flipped;
    m_state.hungTurn = upright;
}

/// A picture that is moved by hand leaves the edge it leaned on: from where it is.
void ViewportPresenter::leaveEdge()
{
    m_atEdge = false;
    if (m_state.view.align == imaging::HorizontalAlign::Centre || !m_state.picture)
        return;
    const imaging::Size size = m_state.picture->size();
    const auto middle = m_state.transform.toView({(size.width - 1) / 2.0, (size.height - 1) / 2.0});
    m_state.view.panX = middle.x - m_viewSize.width / 2.0;
    m_state.view.align = imaging::HorizontalAlign::Centre;
}

// --- Greys and colours ---

/// For objects that bring no window. Kept from the first picture on, so that slices stay comparable.
imaging::Window ViewportPresenter::firstWindow() const
{
    if (m_state.facts.modality == QLatin1String("CT") && m_attributes.unit == "HU")
        return kSoftTissue;
    return imaging::firstWindow(*m_state.picture, m_defaults.window);
}

bool ViewportPresenter::hasColourTables() const
{
    return m_state.picture && !m_state.picture->isColour() && m_defaults.colourTables;
}

void ViewportPresenter::setColourTable(imaging::ColourTable table)
{
    if (!hasColourTables() || table == m_state.render.colourTable)
        return;
    // Much is dark in grey PET, but bright in colours.
    const bool grey = table == imaging::ColourTable::Grey;
    if (m_defaults.inverted && grey != (m_state.render.colourTable == imaging::ColourTable::Grey))
        m_state.render.inverted = grey;
    m_state.render.colourTable = table;
    announce();
}

void ViewportPresenter::toggleClampAtZero()
{
    if (!m_state.picture || m_state.picture->isColour())
        return;
    m_state.clampAtZero = !m_state.clampAtZero;
    m_userWindow.reset();
    m_userWindowName.clear();
    m_autoWindow.reset();
    updateRender();
    announce();
}

// --- Phases ---

void ViewportPresenter::stepPhase(int steps)
{
    if (!m_stack)
        return;
    if (const auto frame = dicom::inOtherPhase(m_stack->stack, static_cast<std::size_t>(m_target), steps))
        scrollTo(static_cast<int>(*frame));
}

// --- Subtraction ---

/// What the object whose frame comes on screen says of masks; a new object begins as it recommends.
void ViewportPresenter::readMaskModule(const frames::Frame &frame)
{
    if (m_maskInstance == frame.key.instance)
        return;
    m_maskInstance = frame.key.instance;
    m_ownMask.reset();
    m_maskRows = m_maskColumns = 0;
    m_subtractionWindow.reset();
    m_userSubtractionWindow.reset();
    m_maskModule = dicom::MaskModule::of(frame.dataSet(), frame.format.frames);
    SubtractionState state;
    state.possible = frame.format.frames > 1 && dicom::isMonochrome(frame.format.photometric) &&
                     (m_defaults.subtracts || m_maskModule.has_value());
    state.wanted = state.possible && m_maskModule && m_maskModule->isRecommended();
    state.logarithmic = dicom::isLinearIntensity(frame.dataSet());
    m_state.subtraction = state;
}

dicom::MaskPlan ViewportPresenter::maskPlanOf(const frames::FrameKey &key) const
{
    if (!m_state.subtraction.wanted || key.instance != m_maskInstance)
        return {};
    dicom::MaskPlan plan;
    if (m_ownMask) {
        plan.contrast = {key.frame};
        plan.masks = {*m_ownMask};
    } else if (m_maskModule) {
        plan = m_maskModule->planFor(key.frame);
    }
    plan.shiftRows += m_maskRows;
    plan.shiftColumns += m_maskColumns;
    return plan;
}

/// The frames of the same object that must be there before this one can be drawn.
std::vector<frames::FrameKey> ViewportPresenter::drawnWith(const frames::FrameKey &key) const
{
    const dicom::MaskPlan plan = maskPlanOf(key);
    std::vector<frames::FrameKey> keys;
    for (const auto *part : {&plan.masks, &plan.contrast})
        for (const std::uint32_t frame : *part)
            if (frame != key.frame)
                keys.push_back({key.instance, frame});
    return keys;
}

std::shared_ptr<const imaging::Picture> ViewportPresenter::pictureOf(const frames::FramePointer &frame)
{
    auto &known = m_besidePictures[frame->key];
    if (!known)
        known = imaging::Picture::make(
            frame, frame->pixels.bytes(), frame->format, frame->photometric,
            imaging::DisplayAttributes::of(frame->dataSet(), frame->format, frame->key.frame));
    return known;
}

/// Puts the difference in the place of the picture of `frame`, if it is to be subtracted and can be.
bool ViewportPresenter::subtract(const frames::Frame &frame)
{
    SubtractionState &state = m_state.subtraction;
    const dicom::MaskPlan plan = maskPlanOf(frame.key);
    std::erase_if(m_besidePictures, [this](const auto &entry) { return !m_beside.contains(entry.first); });
    state.masks.clear();
    state.ownMask = m_ownMask.has_value();
    state.averaged = static_cast<int>(std::max<std::size_t>(plan.contrast.size(), 1));
    state.shiftRows = plan.shiftRows;
    state.shiftColumns = plan.shiftColumns;
    if (plan.masks.empty() || plan.contrast.empty() || !m_state.picture)
        return false;
    imaging::Subtraction wish;
    wish.shiftRows = plan.shiftRows;
    wish.shiftColumns = plan.shiftColumns;
    wish.logarithmic = state.logarithmic;
    const auto collect = [&](const std::vector<std::uint32_t> &numbers, auto &pictures) {
        for (const std::uint32_t number : numbers) {
            const auto at = m_beside.find({frame.key.instance, number});
            if (number == frame.key.frame)
                pictures.push_back(m_state.picture);
            else if (at != m_beside.end())
                pictures.push_back(pictureOf(at->second));
        }
        return pictures.size() == numbers.size();
    };
    if (!collect(plan.contrast, wish.contrast) || !collect(plan.masks, wish.masks))
        return false;
    auto difference = imaging::subtracted(wish);
    if (!difference)
        return false;
    for (const std::uint32_t mask : plan.masks)
        state.masks.push_back(static_cast<int>(mask) + 1);
    if (!m_subtractionWindow)
        m_subtractionWindow = imaging::subtractionWindow(*difference);
    m_state.picture = std::move(difference);
    return true;
}

/// Shows the present frame again under other terms of subtraction.
void ViewportPresenter::subtractionChanged()
{
    if (stackSize() > 0)
        goTo(m_target);
}

void ViewportPresenter::toggleSubtraction()
{
    SubtractionState &state = m_state.subtraction;
    if (!state.possible)
        return;
    state.wanted = !state.wanted;
    // Without a mask of the object or of the reader the run's first frame is the usual one.
    if (state.wanted && !m_maskModule && !m_ownMask)
        m_ownMask = 0;
    subtractionChanged();
}

void ViewportPresenter::useAsMask()
{
    if (!m_state.subtraction.possible || !m_state.frame)
        return;
    m_ownMask = m_state.frame->key.frame;
    m_subtractionWindow.reset();
    m_state.subtraction.wanted = true;
    subtractionChanged();
}

void ViewportPresenter::shiftMask(double rows, double columns)
{
    if (!m_state.subtraction.shown)
        return;
    m_maskRows = std::clamp(m_maskRows + rows, -kLargestMaskShift, kLargestMaskShift);
    m_maskColumns = std::clamp(m_maskColumns + columns, -kLargestMaskShift, kLargestMaskShift);
    subtractionChanged();
}

void ViewportPresenter::shiftMaskOnScreen(double right, double down)
{
    const dicom::ViewDirections to = m_state.transform.directions();
    shiftMask(right * to.rightRow + down * to.downRow, right * to.rightColumn + down * to.downColumn);
}

bool ViewportPresenter::dragMask(double dx, double dy)
{
    const double stretch = std::sqrt(m_state.transform.scaleColumn() * m_state.transform.scaleRow());
    if (!m_state.subtraction.shown || !(stretch > 0))
        return false;
    // Half pixels: finer steps would be resampled for each, and cannot be told apart.
    constexpr double kStep = 0.5;
    const auto steps = [&](double &rest, double moved) {
        rest += moved / stretch;
        const double whole = std::trunc(rest / kStep) * kStep;
        rest -= whole;
        return whole;
    };
    const double right = steps(m_maskRestX, dx), down = steps(m_maskRestY, dy);
    if (right != 0 || down != 0)
        shiftMaskOnScreen(right, down);
    return true;
}

// --- Telling ---

void ViewportPresenter::insertModality(QJsonObject &json) const
{
    json.insert(QStringLiteral("colourTable"), text(imaging::nameOf(m_state.render.colourTable)));
    json.insert(QStringLiteral("clampAtZero"), m_state.clampAtZero);
    json.insert(QStringLiteral("hungRotation"), m_state.hungTurn.quarterTurns * 90);
    json.insert(QStringLiteral("hungFlipped"), m_state.hungTurn.flipped);
    if (m_state.phase.count > 1) {
        QJsonObject phase{{QStringLiteral("index"), m_state.phase.index + 1},
                          {QStringLiteral("count"), m_state.phase.count}};
        if (m_state.phase.bValue)
            phase.insert(QStringLiteral("bValue"), *m_state.phase.bValue);
        if (m_state.phase.echoTime)
            phase.insert(QStringLiteral("echoTime"), *m_state.phase.echoTime);
        json.insert(QStringLiteral("phase"), phase);
    }
    if (const QJsonArray nuclear = nuclearJson(m_state.facts.nuclear); !nuclear.isEmpty())
        json.insert(QStringLiteral("nuclear"), nuclear);
    if (!m_state.regions.empty())
        json.insert(QStringLiteral("regions"), static_cast<int>(m_state.regions.size()));
    const SubtractionState &state = m_state.subtraction;
    if (!state.possible)
        return;
    QJsonArray masks;
    for (const int mask : state.masks)
        masks.append(mask);
    json.insert(QStringLiteral("subtraction"),
                QJsonObject{{QStringLiteral("wanted"), state.wanted},
                            {QStringLiteral("shown"), state.shown},
                            {QStringLiteral("masks"), masks},
                            {QStringLiteral("averaged"), state.averaged},
                            {QStringLiteral("ownMask"), state.ownMask},
                            {QStringLiteral("logarithmic"), state.logarithmic},
                            {QStringLiteral("shift"), QJsonArray{state.shiftRows, state.shiftColumns}}});
}

} // namespace negatoscope::session
