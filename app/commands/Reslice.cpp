#include "Commands.h"
#include "VolumeSource.h"

#include <imaging/Picture.h>
#include <ui/VolumeWords.h>
#include <volume/PlaneAcross.h>
#include <volume/Reslice.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtGui/QImage>

#include <algorithm>
#include <cmath>

namespace negatoscope::app {

using base::ErrorCode;
using base::failure;
using base::PatientPoint;
using base::PatientVector;

namespace {

struct Wishes
{
    QString planeName, output;
    PatientVector row, column;
    std::optional<double> atMm;
    double slabMm = 0;
    volume::Projection projection = volume::Projection::Maximum;
    volume::Interpolation interpolation = volume::Interpolation::Linear;
    std::optional<imaging::Window> window;
    std::optional<std::uint64_t> memoryBytes;
};

base::Result<double> number(const CommandLine &line, const QString &option, double least)
{
    bool ok = false;
    const double value = line.value(option).toDouble(&ok);
    if (!ok || !std::isfinite(value) || value < least)
        return failure(ErrorCode::BadArgument,
                       option.toStdString() +
                           (least > -1e6 ? " needs a number over 0." : " needs a number of mm."));
    return value;
}

base::Result<PatientVector> direction(const QString &text)
{
    const auto parts = text.split(QLatin1Char(','));
    PatientVector v;
    bool ok[3] = {};
    v.x = parts.value(0).toDouble(&ok[0]);
    v.y = parts.value(1).toDouble(&ok[1]);
    v.z = parts.value(2).toDouble(&ok[2]);
    const double size = length(v);
    if (parts.size() != 3 || !ok[0] || !ok[1] || !ok[2] || !std::isfinite(size) || size < 1e-6)
        return failure(ErrorCode::BadArgument,
                       "oblique: needs two directions, X,Y,Z/X,Y,Z: that of rows and that of columns.");
    return v * (1 / size);
}

base::Status readPlane(const QString &text, Wishes &wishes)
{
    wishes.planeName = text;
    if (text == QLatin1String("axial")) {
        wishes.row = {1, 0, 0};
        wishes.column = {0, 1, 0};
    } else if (text == QLatin1String("coronal")) {
        wishes.row = {1, 0, 0};
        wishes.column = {0, 0, -1};
    } else if (text == QLatin1String("sagittal")) {
        wishes.row = {0, 1, 0};
        wishes.column = {0, 0, -1};
    } else if (text.startsWith(QLatin1String("oblique:"))) {
        const auto parts = text.mid(8).split(QLatin1Char('/'));
        TRY(wishes.row, direction(parts.value(0)));
        TRY(const PatientVector column, direction(parts.value(1)));
        const PatientVector across = column - wishes.row * dot(column, wishes.row);
        if (parts.size() != 2 || length(across) < 1e-3)
            return failure(ErrorCode::BadArgument,
                           "The two directions of an oblique plane must not be parallel.");
        wishes.column = across * (1 / length(across));
    } else {
        return failure(ErrorCode::BadArgument,
                       "--plane needs axial, coronal, sagittal or oblique:X,Y,Z/X,Y,Z (rows, columns).");
    }
    return {};
}

template <typename Value, std::size_t N>
base::Result<Value> choice(const CommandLine &line, const QString &option, Value otherwise,
                           const std::array<std::pair<const char *, Value>, N> &choices)
{
    if (!line.has(option))
        return otherwise;
    std::string names;
    for (const auto &[name, value] : choices) {
        if (line.value(option) == QLatin1String(name))
            return value;
        names += (names.empty() ? "" : ", ") + std::string(name);
    }
    return failure(ErrorCode::BadArgument, option.toStdString() + " needs one of " + names + ".");
}

base::Result<Wishes> wishesOf(const CommandLine &line)
{
    Wishes wishes;
    wishes.output = line.value(QStringLiteral("-o"));
    if (!wishes.output.endsWith(QLatin1String(".png")) && !wishes.output.endsWith(QLatin1String(".nrrd")))
        return failure(ErrorCode::BadArgument, "reslice needs -o OUT.png or -o OUT.nrrd.");
    TRY_DO(readPlane(line.value(QStringLiteral("--plane")), wishes));
    if (line.has(QStringLiteral("--at"))) {
        TRY(wishes.atMm, number(line, QStringLiteral("--at"), -1e6));
    }
    if (line.has(QStringLiteral("--slab"))) {
        TRY(wishes.slabMm, number(line, QStringLiteral("--slab"), 1e-3));
    } else if (line.has(QStringLiteral("--mode"))) {
        return failure(ErrorCode::BadArgument, "--mode needs --slab MM.");
    }
    using volume::Interpolation;
    using volume::Projection;
    TRY(wishes.projection,
        choice(line, QStringLiteral("--mode"), Projection::Maximum,
               std::array{std::pair{"mip", Projection::Maximum}, std::pair{"minip", Projection::Minimum},
                          std::pair{"mean", Projection::Mean}}));
    TRY(wishes.interpolation, choice(line, QStringLiteral("--interpolation"), Interpolation::Linear,
                                     std::array{std::pair{"nearest", Interpolation::Nearest},
                                                std::pair{"linear", Interpolation::Linear},
                                                std::pair{"cubic", Interpolation::Cubic}}));
    TRY(wishes.window, windowOption(line));
    if (line.has(QStringLiteral("--memory"))) {
        TRY(const double mebibytes, number(line, QStringLiteral("--memory"), 1e-3));
        wishes.memoryBytes = static_cast<std::uint64_t>(std::min(mebibytes, 1e9) * (1 << 20));
    }
    return wishes;
}

/// The plane through the whole volume: as wide and high as its shadow, pixels as small as its smallest
/// voxels. `at` counts along the normal in the patient's coordinates: to the left, the back or the head.
base::Result<dicom::ImagePlane> planeOf(const Wishes &wishes, const volume::VolumeGeometry &geometry)
{
    dicom::ImagePlane plane;
    plane.row = wishes.row;
    plane.column = wishes.column;
    const PatientVector n = plane.normal();
    const double x = std::abs(n.x), y = std::abs(n.y), z = std::abs(n.z);
    const double main = z >= x && z >= y ? n.z : y >= x ? n.y : n.x;
    const PatientVector anatomical = main < 0 ? -n : n;
    const auto reach = volume::extentAlong(geometry, anatomical);
    const double at = wishes.atMm.value_or(dot(geometry.centre() - PatientPoint{}, anatomical));
    if (at < reach.low || at > reach.high)
        return failure(ErrorCode::BadArgument, "--at lies outside: the volume reaches from " +
                                                   std::to_string(reach.low) + " to " +
                                                   std::to_string(reach.high) + " mm.");
    return volume::planeAcross(geometry, plane.row, plane.column, PatientPoint{} + anatomical * at,
                               volume::finestSpacing(geometry));
}

base::Status writePng(const Wishes &wishes, const LoadedVolume &loaded, const dicom::ImagePlane &plane,
                      std::vector<float> values, const dicom::DataSet &dataSet, const QString &path)
{
    dicom::ImageFormat format;
    format.columns = static_cast<std::uint32_t>(plane.columns);
    format.rows = static_cast<std::uint32_t>(plane.rows);
    format.bitsAllocated = format.bitsStored = 32;
    format.highBit = 31;
    format.kind = dicom::SampleKind::Float;
    format.photometric = dicom::Photometric::Monochrome2;
    const auto original = dicom::ImageFormat::of(dataSet);
    imaging::DisplayAttributes attributes;
    attributes.unit = loaded.volume->scale().unit;
    if (original) {
        auto own = imaging::DisplayAttributes::of(dataSet, *original, loaded.middleFrame);
        attributes.inverse = own.inverse || original->photometric == dicom::Photometric::Monochrome1;
        attributes.choices = std::move(own.choices);
    }
    const auto pixels = std::make_shared<const std::vector<float>>(std::move(values));
    const auto picture = imaging::Picture::make(pixels, std::as_bytes(std::span(*pixels)), format,
                                                format.photometric, attributes);
    if (!picture)
        return failure(ErrorCode::Internal, "the plane makes no picture");
    imaging::RenderSettings settings;
    settings.interpolation = imaging::Interpolation::Nearest;
    settings.window = wishes.window;
    if (!settings.window && !attributes.choices.empty()) {
        settings.window = attributes.choices.front().window;
        settings.lut = attributes.choices.front().lut;
    }
    QImage image(plane.columns, plane.rows, QImage::Format_RGB32);
    imaging::ViewSettings native;
    native.zoom = 1;
    const imaging::Size size{plane.columns, plane.rows};
    imaging::Renderer().draw(picture, imaging::ViewTransform(size, {}, size, native), settings,
                             reinterpret_cast<std::uint32_t *>(image.bits()),
                             static_cast<std::size_t>(image.bytesPerLine()) / sizeof(std::uint32_t));
    if (!image.save(path, "PNG"))
        return failure(ErrorCode::CannotWrite, "the PNG file");
    return {};
}

QByteArray nrrdVector(PatientVector v)
{
    const auto part = [](double value) { return QByteArray::number(value, 'g', 10); };
    return "(" + part(v.x) + "," + part(v.y) + "," + part(v.z) + ")";
}

/// One slice with its place: modality values as 32-bit floats.
base::Status writeNrrd(const dicom::ImagePlane &plane, double thicknessMm, const std::vector<float> &values,
                       const QString &path)
{
    QFile file(path);
    QByteArray header = "NRRD0004\ntype: float\ndimension: 3\nspace: left-posterior-superior\nsizes: ";
    header += QByteArray::number(plane.columns) + " " + QByteArray::number(plane.rows) +
              " 1\nspace directions: " + nrrdVector(plane.row * plane.columnSpacing) + " " +
              nrrdVector(plane.column * plane.rowSpacing) + " " + nrrdVector(plane.normal() * thicknessMm) +
              "\nkinds: domain domain domain\nspace origin: " + nrrdVector(plane.origin - PatientPoint{}) +
              "\nencoding: raw\nendian: little\n\n";
    const auto bytes = static_cast<qint64>(values.size() * sizeof(float));
    if (!file.open(QIODevice::WriteOnly) || file.write(header) != header.size() ||
        file.write(reinterpret_cast<const char *>(values.data()), bytes) != bytes || !file.flush())
        return failure(ErrorCode::CannotWrite, "the NRRD file");
    return {};
}

QString storageName(const volume::StoragePlan &storage)
{
    return storage.reduction > 1                                   ? QStringLiteral("coarser")
           : storage.kind == volume::StoragePlan::Kind::MappedFile ? QStringLiteral("file")
                                                                   : QStringLiteral("memory");
}

QJsonArray jsonOf(PatientVector v)
{
    return {v.x, v.y, v.z};
}

QJsonObject jsonOf(const LoadedVolume &loaded, const dicom::ImagePlane &plane, int samples, double wallMs)
{
    const auto letters = [](PatientVector v) { return QString::fromStdString(dicom::directionLetters(v)); };
    const volume::Volume &made = *loaded.volume;
    return {{QStringLiteral("columns"), plane.columns},
            {QStringLiteral("rows"), plane.rows},
            {QStringLiteral("pixelMm"), plane.columnSpacing},
            {QStringLiteral("origin"), jsonOf(plane.origin - PatientPoint{})},
            {QStringLiteral("rowDirection"), jsonOf(plane.row)},
            {QStringLiteral("columnDirection"), jsonOf(plane.column)},
            {QStringLiteral("orientation"), QJsonObject{{QStringLiteral("left"), letters(-plane.row)},
                                                        {QStringLiteral("right"), letters(plane.row)},
                                                        {QStringLiteral("top"), letters(-plane.column)},
                                                        {QStringLiteral("bottom"), letters(plane.column)}}},
            {QStringLiteral("samples"), samples},
            {QStringLiteral("unit"), QString::fromStdString(made.scale().unit)},
            {QStringLiteral("slices"), made.geometry().slices()},
            {QStringLiteral("failed"), loaded.failed},
            {QStringLiteral("storage"), storageName(made.storage())},
            {QStringLiteral("reduction"), made.storage().reduction},
            {QStringLiteral("findings"), app::jsonOf(loaded.findings)},
            {QStringLiteral("loadMs"), loaded.loadMs},
            {QStringLiteral("wallMs"), wallMs}};
}

/// What must be known to trust the picture, on standard error as for people.
void warn(const LoadedVolume &loaded, const Output &output)
{
    for (const volume::Finding &finding : loaded.findings)
        output.warn(ui::words::findingSentence(finding));
    if (loaded.volume)
        if (const QString sentence = ui::words::storageSentence(loaded.volume->storage());
            !sentence.isEmpty())
            output.warn(sentence);
}

int draw(const CommandLine &line, const Wishes &wishes, const LoadedVolume &loaded,
         const dicom::DataSet &dataSet, const Output &output)
{
    const auto plane = planeOf(wishes, loaded.volume->geometry());
    if (!plane)
        return output.fail(plane.error());
    volume::ResliceSettings settings;
    settings.interpolation = wishes.interpolation;
    settings.slab = volume::Slab::ofThickness(wishes.projection, wishes.slabMm, loaded.volume->geometry(),
                                              plane->normal());
    // Outside stands what is least of a CT, and nothing elsewhere.
    settings.background = loaded.volume->scale().unit == "HU" ? -1024 : 0;
    QElapsedTimer timer;
    timer.start();
    std::vector<float> values(std::size_t(plane->columns) * std::size_t(plane->rows));
    if (const auto drawn = volume::reslice(*loaded.volume, *plane, settings, values); !drawn)
        return output.fail(drawn.error());
    const double wallMs = static_cast<double>(timer.nsecsElapsed()) / 1e6;
    const QString path = line.path(wishes.output);
    const auto written =
        path.endsWith(QLatin1String(".png"))
            ? writePng(wishes, loaded, *plane, std::move(values), dataSet, path)
            : writeNrrd(*plane, std::max(plane->columnSpacing, settings.slab.count * settings.slab.stepMm),
                        values, path);
    if (!written)
        return output.fail(written.error());
    if (line.json) {
        QJsonObject json = jsonOf(loaded, *plane, settings.slab.count, wallMs);
        json.insert(QStringLiteral("output"), path);
        json.insert(QStringLiteral("plane"), wishes.planeName);
        output.json(json);
    } else {
        output.line(path);
    }
    return loaded.failed > 0 ? Partly : Done;
}

} // namespace

int reslice(const CommandLine &line, Backend &backend, const Output &output)
{
    if (line.arguments.size() != 1)
        return output.fail({ErrorCode::BadArgument, "reslice needs one Series Instance UID or file."});
    const auto wishes = wishesOf(line);
    if (!wishes)
        return output.fail(wishes.error());
    const auto source = Source::find(line, backend, line.arguments.first());
    if (!source)
        return output.fail(source.error());
    auto budget = volume::StorageBudget::ofThisProcess(line.cacheFolder.toStdString());
    if (wishes->memoryBytes)
        budget.memoryBytes = *wishes->memoryBytes;
    const auto loaded = loadVolume(source->services(), source->series().uid, budget);
    if (!loaded) {
        if (loaded.error().code() != ErrorCode::LimitExceeded)
            return output.fail(loaded.error());
        output.warn(ui::words::noRoomSentence());
        return Partly;
    }
    warn(*loaded, output);
    if (!loaded->volume) {
        if (line.json)
            output.json({{QStringLiteral("output"), QJsonValue()},
                         {QStringLiteral("findings"), app::jsonOf(loaded->findings)}});
        return Partly;
    }
    const auto middle = backend.decoder().readDataSet(loaded->middlePath, codec::Purpose::Interactive);
    return draw(line, *wishes, *loaded, middle ? middle->dataSet : dicom::DataSet(), output);
}

} // namespace negatoscope::app
