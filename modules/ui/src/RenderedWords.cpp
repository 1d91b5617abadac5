#include "RenderedWords.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>

#include <array>
#include <utility>

namespace negatoscope::ui::words {

namespace {

class RenderedWords
{
    Q_DECLARE_TR_FUNCTIONS(RenderedWords)
};

constexpr std::array kLooks{
    std::pair{"bone", QT_TRANSLATE_NOOP("RenderedWords", "Bone")},
    std::pair{"vessels", QT_TRANSLATE_NOOP("RenderedWords", "Vessels")},
    std::pair{"lung", QT_TRANSLATE_NOOP("RenderedWords", "Lung")},
    std::pair{"skin", QT_TRANSLATE_NOOP("RenderedWords", "Skin")},
    std::pair{"surface", QT_TRANSLATE_NOOP("RenderedWords", "Surface")},
    std::pair{"mip", QT_TRANSLATE_NOOP("RenderedWords", "Highest values (MIP)")},
    std::pair{"minip", QT_TRANSLATE_NOOP("RenderedWords", "Lowest values (MinIP)")},
};

} // namespace

QString lookText(const QString &look)
{
    for (const auto &[id, name] : kLooks)
        if (look == QLatin1String(id))
            return RenderedWords::tr(name);
    return look;
}

QString renderedText(const session::RenderedState &rendered)
{
    return RenderedWords::tr("3D: %1").arg(lookText(rendered.look));
}

QStringList renderedSentences(const session::RenderedState &rendered)
{
    const QLocale locale;
    QStringList sentences;
    if (const int waiting = rendered.slices - rendered.arrived - rendered.failed; waiting > 0)
        sentences << RenderedWords::tr("%1 of %2 slices are there so far.")
                         .arg(locale.toString(rendered.arrived), locale.toString(rendered.slices));
    if (rendered.failed > 0)
        sentences << RenderedWords::tr("%n slice(s) could not be had: what is missing is not drawn.", nullptr,
                                       rendered.failed);
    if (rendered.isFull && rendered.reduction > 1)
        sentences << RenderedWords::tr("Reduced to 1 of %1 voxels along each side: small things are lost.")
                         .arg(locale.toString(rendered.reduction));
    if (rendered.isCut)
        sentences << RenderedWords::tr("Parts of the volume have been cut away.");
    return sentences;
}

} // namespace negatoscope::ui::words
