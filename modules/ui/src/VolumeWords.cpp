#include <ui/VolumeWords.h>

#include <ui/Words.h>

#include <QtCore/QCoreApplication>

namespace negatoscope::ui::words {

namespace {

class VolumeWords
{
    Q_DECLARE_TR_FUNCTIONS(VolumeWords)
};

QString number(double value, int decimals = 2)
{
    return numberText(value, decimals);
}

} // namespace

QString findingSentence(const volume::Finding &finding)
{
    using Code = volume::Finding::Code;
    const QString from = number(finding.from), to = number(finding.to);
    switch (finding.code) {
    case Code::DuplicateSlices:
        return VolumeWords::tr("%n slice(s) lie where another one lies and are left out of planes.", nullptr,
                               finding.count);
    case Code::MissingSlices:
        return VolumeWords::tr("%n slice(s) are missing between %1 and %2 mm.", nullptr, finding.count)
            .arg(from, to);
    case Code::UnevenSpacing:
        return VolumeWords::tr("Slices are %1 to %2 mm apart: planes take each at its true place.")
            .arg(from, to);
    case Code::GantryTilt:
        return VolumeWords::tr("The gantry was tilted by %1 degrees: planes are sheared back.").arg(from);
    case Code::NonSquarePixels:
        return VolumeWords::tr("Pixels are not square: rows are %1 mm apart, columns %2 mm.").arg(from, to);
    case Code::TooFewSlices:
        return VolumeWords::tr("No planes can be made: fewer than two slices lie at different places.");
    case Code::NoPlaces:
        return VolumeWords::tr("No planes can be made: %n slice(s) do not say where they lie.", nullptr,
                               finding.count);
    case Code::MixedOrientations:
        return VolumeWords::tr(
                   "No planes can be made: slices are turned against each other by up to %1 degrees.")
            .arg(from);
    case Code::MixedSizes:
        return VolumeWords::tr("No planes can be made: slices have %n different size(s).", nullptr,
                               finding.count);
    case Code::MixedPixelSpacings:
        return VolumeWords::tr("No planes can be made: pixels measure from %1 to %2 mm.")
            .arg(number(finding.from, 3), number(finding.to, 3));
    case Code::ScatteredSlices:
        return VolumeWords::tr("No planes can be made: slices lie up to %1 mm beside their line.").arg(from);
    case Code::Colour:
        return VolumeWords::tr("No planes can be made: %n slice(s) are in colour.", nullptr, finding.count);
    case Code::CurvedValues:
        return VolumeWords::tr("No planes can be made: the values of %n slice(s) go through a table.",
                               nullptr, finding.count);
    case Code::MixedUnits:
        return VolumeWords::tr("No planes can be made: the values of %n slice(s) have another unit.", nullptr,
                               finding.count);
    }
    return {};
}

QString noRoomSentence()
{
    return VolumeWords::tr("No planes can be made: there is too little memory, even for a coarse copy.");
}

QString storageSentence(const volume::StoragePlan &storage)
{
    const QString wanted = number(static_cast<double>(storage.wholeBytes) / (1 << 20), 0);
    if (storage.reduction > 1)
        return VolumeWords::tr(
                   "The volume of %1 MiB does not fit into memory: a copy %2 times coarser is shown.")
            .arg(wanted)
            .arg(storage.reduction);
    if (storage.kind == volume::StoragePlan::Kind::MappedFile)
        return VolumeWords::tr("The volume of %1 MiB does not fit into memory and is kept in a file.")
            .arg(wanted);
    return {};
}

} // namespace negatoscope::ui::words
