#pragma once

#include <base/Result.h>

#include <QtCore/QByteArray>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <array>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace negatoscope::session {

enum class Corner { TopLeft, TopRight, BottomLeft, BottomRight };
inline constexpr std::size_t kCorners = 4;

/// What can stand in a corner of a viewport: one or a few lines of text each, which ui writes.
enum class CornerField {
    PatientName,   ///< and that the objects disagree on who it is
    PatientTraits, ///< sex, age, date of birth
    PatientId,
    StudyDescription,
    StudyDate,
    Accession,
    Institution,
    Series, ///< modality, number, description
    Side,   ///< laterality and view, or that the image does not say them
    BodyPart,
    Technique,
    AcquisitionTime,
    Warnings, ///< geometry, objects without an image, a slow cine
    Phase,
    Image, ///< n of m
    Instance,
    Position, ///< and thickness
    Matrix,   ///< rows, columns, size of a pixel
    Zoom,
    Link, ///< moves with others, or cannot
    Compression,
    Quality, ///< lossy, cut short
    Completeness,
    Greys, ///< subtracted, coloured, inverted
    Window,
};

/// One row of the table of fields.
struct CornerFieldRow
{
    CornerField id;
    const char *name;            ///< stable, in settings
    std::optional<Corner> usual; ///< empty: not shown unless the reader wants it
    /// Can be moved, not taken away: who, when, which side, and what makes the picture less than it seems
    /// (docs/safety.md P1, P5, P6, P13).
    bool required = false;
};
std::span<const CornerFieldRow> cornerFieldTable();
const CornerFieldRow &rowOf(CornerField field);

/// The fields of each corner, from above.
using CornerLayout = std::array<std::vector<CornerField>, kCorners>;

const CornerLayout &usualCorners();
/// Each field once at most; required ones that are missing come last in their usual corner.
CornerLayout withRequired(CornerLayout layout);

/// The layouts that differ from the usual one, per modality.
class CornerLayouts
{
public:
    /// Stands for every modality that has no layout of its own.
    static QString allOthers() { return QStringLiteral("*"); }

    /// {"CT": {"topLeft": ["patientName", ...], ...}, "*": ...}. A field that is not known is left out.
    /// Errors: Malformed.
    static base::Result<CornerLayouts> fromJson(const QByteArray &json);
    QByteArray toJson() const;

    /// The modality's own, else that of all others, else the usual one.
    const CornerLayout &of(const QString &modality) const;
    bool has(const QString &modality) const { return m_layouts.contains(modality); }
    bool isEmpty() const { return m_layouts.empty(); }
    void set(const QString &modality, const CornerLayout &layout);
    void forget(const QString &modality) { m_layouts.erase(modality); }

private:
    std::map<QString, CornerLayout> m_layouts;
};

} // namespace negatoscope::session
