#include "Commands.h"
#include "Source.h"

#include <session/StackLoader.h>

#include <cmath>

namespace negatoscope::app {

using base::ErrorCode;
using base::failure;

namespace {

base::Result<std::vector<double>> numbers(const CommandLine &line, const QString &option, int least, int most) {
    std::vector<double> values;
    for (const QString &part : line.value(option).split(QLatin1Char(','))) {
        bool ok = false;
        const double value = part.trimmed().toDouble(&ok);
        if (!ok || !std::isfinite(value))
            return failure(ErrorCode::BadArgument, option.toStdString() + " needs numbers separated by commas.");
        values.push_back(value);
    }
    if (static_cast<int>(values.size()) < least || static_cast<int>(values.size()) > most)
        return failure(ErrorCode::BadArgument, option.toStdString() + " needs " + std::to_string(least) +
                                                   (most > least ? " or " + std::to_string(most) : "") + " numbers.");
    return values;
}

struct Place
{
    int index = 0, column = 0, row = 0, width = 1, height = 1;
};

/// The frame whose plane is nearest to a point of the patient, and the pixel in it.
base::Result<Place> placeInPatient(const Source &source, const std::vector<double> &at) {
    const base::PatientPoint point{at[0], at[1], at[2]};
    const auto loaded = session::loadStack(source.services(), source.series().uid);
    std::optional<int> nearest;
    double smallest = 0;
    for (std::size_t i = 0; i < loaded.stack.frames.size(); ++i) {
        const auto &frame = loaded.stack.frames[i];
        if (!frame.position || !frame.row || !frame.column)
            continue;
        const double distance = std::abs(dot(point - *frame.position, cross(*frame.row, *frame.column)));
        if (!nearest || distance < smallest) {
            nearest = static_cast<int>(i);
            smallest = distance;
        }
    }
    if (!nearest)
        return failure(ErrorCode::BadArgument,
                       "The series does not say where it lies in the patient: use --pixel COLUMN,ROW,FRAME.");
    // Beyond half a slice from the outermost picture there is nothing to read.
    const double reach = loaded.stack.spacingMm.value_or(0) / 2 + 0.5;
    if (smallest > reach)
        return failure(ErrorCode::NotFound, "the place lies " + std::to_string(smallest) + " mm from the nearest picture");
    Place place;
    place.index = *nearest;
    return place;
}

base::Status toPixel(const session::ViewportState &state, const std::vector<double> &at, Place &place) {
    const auto geometry = dicom::FrameGeometry::of(state.frame->dataSet(), state.frame->key.frame);
    if (!geometry.position || !geometry.orientation.row || !geometry.spacing.inMillimetres())
        return failure(ErrorCode::BadArgument, "The picture has no pixel spacing: use --pixel COLUMN,ROW,FRAME.");
    const auto offset = base::PatientPoint{at[0], at[1], at[2]} - *geometry.position;
    place.column = static_cast<int>(std::lround(dot(offset, *geometry.orientation.row) / geometry.spacing.column));
    place.row = static_cast<int>(std::lround(dot(offset, *geometry.orientation.column) / geometry.spacing.row));
    return {};
}

struct Statistics
{
    double sum = 0, squares = 0, low = 0, high = 0;
    int count = 0;

    void add(double value) {
        low = count == 0 ? value : std::min(low, value);
        high = count == 0 ? value : std::max(high, value);
        sum += value;
        squares += value * value;
        ++count;
    }
    double mean() const { return sum / count; }
    double deviation() const {
        return count < 2 ? 0 : std::sqrt(std::max(0.0, (squares - sum * sum / count) / (count - 1)));
    }
};

QString provenanceOf(const session::ViewportState &state) {
    const auto attributes = imaging::DisplayAttributes::of(state.frame->dataSet(), state.frame->format, state.frame->key.frame);
    if (attributes.modalityLut)
        return QStringLiteral("modality LUT");
    const bool rescaled = attributes.rescaleSlope != 1 || attributes.rescaleIntercept != 0;
    return rescaled ? QStringLiteral("rescale slope and intercept") : QStringLiteral("stored values");
}

base::Result<Place> placeOf(const CommandLine &line, const Source &source, int count) {
    if (line.has(QStringLiteral("--at"))) {
        TRY(const auto at, numbers(line, QStringLiteral("--at"), 3, 3));
        return placeInPatient(source, at);
    }
    const bool roi = line.has(QStringLiteral("--roi"));
    const QString option = roi ? QStringLiteral("--roi") : QStringLiteral("--pixel");
    if (!line.has(option))
        return failure(ErrorCode::BadArgument, "probe needs --at X,Y,Z, --pixel COLUMN,ROW[,FRAME] or --roi.");
    TRY(const auto values, numbers(line, option, roi ? 4 : 2, roi ? 5 : 3));
    Place place;
    const auto whole = [&](std::size_t i) { return static_cast<int>(std::clamp(values[i], -1e6, 1e6)); };
    place.column = whole(0);
    place.row = whole(1);
    if (roi) {
        place.width = whole(2);
        place.height = whole(3);
    }
    const std::size_t frameAt = roi ? 4 : 2;
    place.index = values.size() > frameAt ? whole(frameAt) - 1 : 0;
    if (place.index < 0 || place.index >= count || place.width < 1 || place.height < 1)
        return failure(ErrorCode::BadArgument, option.toStdString() + " lies outside: the series has " +
                                                   std::to_string(count) + " pictures.");
    return place;
}

base::Result<QJsonObject> measure(const CommandLine &line, const Source &source) {
    QuietViewport viewport(source, {512, 512});
    TRY_DO(viewport.settle());
    TRY(Place place, placeOf(line, source, viewport.presenter().state().count));
    TRY_DO(viewport.goTo(place.index));
    const session::ViewportState &state = viewport.presenter().state();
    if (line.has(QStringLiteral("--at"))) {
        TRY(const auto at, numbers(line, QStringLiteral("--at"), 3, 3));
        TRY_DO(toPixel(state, at, place));
    }
    const imaging::Size size = state.picture->size();
    if (place.column < 0 || place.row < 0 || place.column + place.width > size.width ||
        place.row + place.height > size.height)
        return failure(ErrorCode::BadArgument, "The place lies outside the picture of " + std::to_string(size.width) +
                                                   " x " + std::to_string(size.height) + " pixels.");
    QJsonObject json{{QStringLiteral("sopInstanceUid"), QString::fromStdString(state.facts.instance.value())},
                     {QStringLiteral("frame"), qint64(state.facts.frame) + 1},
                     {QStringLiteral("column"), place.column},
                     {QStringLiteral("row"), place.row},
                     {QStringLiteral("unit"), state.unit},
                     {QStringLiteral("provenance"), provenanceOf(state)}};
    if (state.picture->isColour()) {
        const auto colour = state.picture->colourAt(place.column, place.row).value_or(0);
        json.insert(QStringLiteral("colour"), QStringLiteral("#%1").arg(colour & 0xffffffU, 6, 16, QLatin1Char('0')));
        return json;
    }
    Statistics statistics;
    for (int row = place.row; row < place.row + place.height; ++row)
        for (int column = place.column; column < place.column + place.width; ++column)
            if (const auto value = state.picture->valueAt(column, row))
                statistics.add(*value);
    if (!line.has(QStringLiteral("--roi"))) {
        json.insert(QStringLiteral("value"), statistics.count ? QJsonValue(statistics.sum) : QJsonValue());
        return json;
    }
    json.insert(QStringLiteral("count"), statistics.count);
    if (statistics.count > 0) {
        json.insert(QStringLiteral("mean"), statistics.mean());
        json.insert(QStringLiteral("min"), statistics.low);
        json.insert(QStringLiteral("max"), statistics.high);
        json.insert(QStringLiteral("sd"), statistics.deviation());
    }
    return json;
}

} // namespace

int probe(const CommandLine &line, Backend &backend, const Output &output) {
    if (line.arguments.size() != 1)
        return output.fail({ErrorCode::BadArgument, "probe needs one Series Instance UID or file."});
    const auto source = Source::find(line, backend, line.arguments.first());
    if (!source)
        return output.fail(source.error());
    const auto json = measure(line, *source);
    if (!json)
        return output.fail(json.error());
    if (line.json) {
        output.json(*json);
        return Done;
    }
    for (auto at = json->begin(); at != json->end(); ++at)
        output.line(QStringLiteral("%1: %2").arg(at.key(), at.value().toVariant().toString()));
    return Done;
}

} // namespace negatoscope::app
