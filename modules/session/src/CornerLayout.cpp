#include <session/CornerLayout.h>

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <algorithm>
#include <set>

namespace negatoscope::session {

namespace {

using enum Corner;
using Field = CornerField;

constexpr std::array kTable{
    CornerFieldRow{Field::PatientName, "patientName", TopLeft, true},
    CornerFieldRow{Field::PatientTraits, "patientTraits", TopLeft},
    CornerFieldRow{Field::PatientId, "patientId", TopLeft, true},
    CornerFieldRow{Field::StudyDescription, "studyDescription", TopLeft},
    CornerFieldRow{Field::StudyDate, "studyDate", TopLeft, true},
    CornerFieldRow{Field::Accession, "accession", std::nullopt},
    CornerFieldRow{Field::Institution, "institution", TopRight},
    CornerFieldRow{Field::Series, "series", TopRight},
    CornerFieldRow{Field::Side, "side", TopRight, true},
    CornerFieldRow{Field::BodyPart, "bodyPart", TopRight},
    CornerFieldRow{Field::Technique, "technique", TopRight},
    CornerFieldRow{Field::AcquisitionTime, "acquisitionTime", TopRight},
    CornerFieldRow{Field::Warnings, "warnings", BottomLeft, true},
    CornerFieldRow{Field::Phase, "phase", BottomLeft, true},
    CornerFieldRow{Field::Image, "image", BottomLeft, true},
    CornerFieldRow{Field::Instance, "instance", std::nullopt},
    CornerFieldRow{Field::Position, "position", BottomLeft},
    CornerFieldRow{Field::Matrix, "matrix", std::nullopt},
    CornerFieldRow{Field::Zoom, "zoom", BottomLeft},
    CornerFieldRow{Field::Link, "link", BottomRight, true},
    CornerFieldRow{Field::Compression, "compression", std::nullopt},
    CornerFieldRow{Field::Quality, "quality", BottomRight, true},
    CornerFieldRow{Field::Completeness, "completeness", BottomRight, true},
    CornerFieldRow{Field::Greys, "greys", BottomRight, true},
    CornerFieldRow{Field::Window, "window", BottomRight},
};

constexpr std::array<const char *, kCorners> kCornerNames{"topLeft", "topRight", "bottomLeft", "bottomRight"};

std::optional<Field> fieldNamed(const QString &name)
{
    for (const CornerFieldRow &row : kTable)
        if (name == QLatin1String(row.name))
            return row.id;
    return std::nullopt;
}

} // namespace

std::span<const CornerFieldRow> cornerFieldTable()
{
    return kTable;
}

const CornerFieldRow &rowOf(CornerField field)
{
    return kTable.at(static_cast<std::size_t>(field));
}

const CornerLayout &usualCorners()
{
    static const CornerLayout kUsual = [] {
        CornerLayout layout;
        for (const CornerFieldRow &row : kTable)
            if (row.usual)
                layout[static_cast<std::size_t>(*row.usual)].push_back(row.id);
        return layout;
    }();
    return kUsual;
}

CornerLayout withRequired(CornerLayout layout)
{
    std::set<Field> there;
    for (auto &corner : layout)
        std::erase_if(corner, [&](Field field) { return !there.insert(field).second; });
    for (const CornerFieldRow &row : kTable)
        if (row.required && !there.contains(row.id))
            layout[static_cast<std::size_t>(*row.usual)].push_back(row.id);
    return layout;
}

base::Result<CornerLayouts> CornerLayouts::fromJson(const QByteArray &json)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(json, &error);
    if (!document.isObject())
        return base::failure(base::ErrorCode::Malformed, "corner text: " + error.errorString().toStdString());
    CornerLayouts layouts;
    const QJsonObject modalities = document.object();
    for (auto modality = modalities.begin(); modality != modalities.end(); ++modality) {
        const QJsonObject corners = modality.value().toObject();
        CornerLayout layout;
        for (std::size_t corner = 0; corner < kCorners; ++corner) {
            const QJsonArray names = corners.value(QLatin1String(kCornerNames[corner])).toArray();
            for (const QJsonValue &name : names)
                if (const auto field = fieldNamed(name.toString()))
                    layout[corner].push_back(*field);
        }
        layouts.set(modality.key(), layout);
    }
    return layouts;
}

QByteArray CornerLayouts::toJson() const
{
    QJsonObject modalities;
    for (const auto &[modality, layout] : m_layouts) {
        QJsonObject corners;
        for (std::size_t corner = 0; corner < kCorners; ++corner) {
            QJsonArray names;
            for (const Field field : layout[corner])
                names.append(QLatin1String(rowOf(field).name));
            corners.insert(QLatin1String(kCornerNames[corner]), names);
        }
        modalities.insert(modality, corners);
    }
    return QJsonDocument(modalities).toJson(QJsonDocument::Compact);
}

const CornerLayout &CornerLayouts::of(const QString &modality) const
{
    auto at = m_layouts.find(modality);
    if (at == m_layouts.end())
        at = m_layouts.find(allOthers());
    return at == m_layouts.end() ? usualCorners() : at->second;
}

void CornerLayouts::set(const QString &modality, const CornerLayout &layout)
{
    m_layouts[modality] = withRequired(layout);
}

} // namespace negatoscope::session
