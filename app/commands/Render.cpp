#include "Commands.h"
#include "Source.h"

#include <imaging/OverlayDrawing.h>
#include <ui/Annotations.h>

#include <QtCore/QFileInfo>
#include <QtGui/QImage>
#include <QtGui/QPainter>

namespace negatoscope::app {

using base::ErrorCode;
using base::failure;

namespace {

struct Wishes
{
    std::optional<imaging::Size> size; ///< empty: native
    std::optional<imaging::Window> window;
    QString output;
};

base::Result<Wishes> wishesOf(const CommandLine &line)
{
    Wishes wishes;
    wishes.output = line.value(QStringLiteral("-o"));
    if (wishes.output.isEmpty())
        return failure(ErrorCode::BadArgument, "render needs -o OUT.png.");
    if (line.has(QStringLiteral("--plain")) && line.has(QStringLiteral("--annotate")))
        return failure(ErrorCode::BadArgument, "--plain and --annotate exclude each other.");
    const QString size = line.value(QStringLiteral("--size"));
    if (!size.isEmpty() && size != QLatin1String("native")) {
        const auto parts = size.split(QLatin1Char('x'));
        bool wide = false, high = false;
        const int width = parts.value(0).toInt(&wide);
        const int height = parts.value(1).toInt(&high);
        if (parts.size() != 2 || !wide || !high || width < 1 || height < 1 || width > 32768 || height > 32768)
            return failure(ErrorCode::BadArgument, "--size needs native or WIDTHxHEIGHT, each 1 to 32768.");
        wishes.size = imaging::Size{width, height};
    }
    TRY(wishes.window, windowOption(line));
    return wishes;
}

/// One screen pixel per image pixel, also where pixels are not square.
imaging::ViewTransform nativeTransform(imaging::Size size)
{
    imaging::ViewSettings settings;
    settings.zoom = 1;
    return {size, {}, size, settings};
}

QImage draw(const session::ViewportState &state, bool native, bool plain, bool annotate)
{
    session::ViewportState shown = state;
    if (native) {
        shown.transform = nativeTransform(state.picture->size());
        shown.render.interpolation = imaging::Interpolation::Nearest;
    }
    if (plain) {
        shown.showOverlays = false;
        shown.render.shutter = false;
    }
    const imaging::Size size = shown.transform.view();
    QImage image(size.width, size.height, QImage::Format_RGB32);
    auto *const pixels = reinterpret_cast<std::uint32_t *>(image.bits());
    const auto stride = static_cast<std::size_t>(image.bytesPerLine()) / sizeof(std::uint32_t);
    imaging::Renderer().draw(shown.picture, shown.transform, shown.render, pixels, stride);
    if (annotate) {
        QPainter painter(&image);
        ui::drawAnnotations(painter, QRect(0, 0, size.width, size.height), shown);
    } else if (shown.showOverlays) {
        for (const auto &overlay : shown.overlays)
            imaging::drawOverlay(overlay, shown.transform, ui::kOverlayColour, pixels, stride);
    }
    return image;
}

QJsonValue windowJson(const session::ViewportState &state)
{
    if (!state.window)
        return {};
    const char *function = state.window->function == imaging::VoiFunction::Linear        ? "LINEAR"
                           : state.window->function == imaging::VoiFunction::LinearExact ? "LINEAR_EXACT"
                                                                                         : "SIGMOID";
    return QJsonObject{{QStringLiteral("center"), state.window->center},
                       {QStringLiteral("width"), state.window->width},
                       {QStringLiteral("function"), QLatin1String(function)}};
}

QJsonObject jsonOf(const session::ViewportState &state, const QString &output)
{
    const auto letter = [](const std::string &text) { return QString::fromStdString(text); };
    return {{QStringLiteral("output"), output},
            {QStringLiteral("sopInstanceUid"), QString::fromStdString(state.facts.instance.value())},
            {QStringLiteral("frame"), qint64(state.facts.frame) + 1},
            {QStringLiteral("index"), state.index + 1},
            {QStringLiteral("window"), windowJson(state)},
            {QStringLiteral("lossy"), state.facts.lossy},
            {QStringLiteral("orientation"),
             QJsonObject{{QStringLiteral("left"), letter(state.letters.left)},
                         {QStringLiteral("right"), letter(state.letters.right)},
                         {QStringLiteral("top"), letter(state.letters.top)},
                         {QStringLiteral("bottom"), letter(state.letters.bottom)}}}};
}

} // namespace

int render(const CommandLine &line, Backend &backend, const Output &output)
{
    if (line.arguments.size() != 1)
        return output.fail({ErrorCode::BadArgument, "render needs one Series Instance UID or file."});
    const auto wishes = wishesOf(line);
    if (!wishes)
        return output.fail(wishes.error());
    const auto source = Source::find(line, backend, line.arguments.first());
    if (!source)
        return output.fail(source.error());

    QuietViewport viewport(*source, wishes->size.value_or(imaging::Size{512, 512}));
    session::ViewportPresenter &presenter = viewport.presenter();
    auto settled = viewport.settle();
    // The first frame may be unreadable while the one that is asked for is not.
    if (!settled && presenter.state().count == 0)
        return output.fail(settled.error());
    const auto index = chooseFrame(line, *source, presenter);
    if (!index)
        return output.fail(index.error());
    settled = viewport.goTo(*index);
    if (!settled)
        return output.fail(settled.error());
    if (wishes->window)
        presenter.setWindow(*wishes->window);

    const QImage image = draw(presenter.state(), !wishes->size, line.has(QStringLiteral("--plain")),
                              line.has(QStringLiteral("--annotate")));
    const QString path = line.path(wishes->output);
    if (!image.save(path, "PNG"))
        return output.fail({ErrorCode::CannotWrite, "the PNG file"});
    if (line.json)
        output.json(jsonOf(presenter.state(), path));
    else
        output.line(path);
    return Done;
}

} // namespace negatoscope::app
