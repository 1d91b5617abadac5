#include "DicomJson.h"

#include <dicom/PersonName.h>

#include <QtCore/QJsonArray>

#include <cmath>
#include <cstring>

namespace negatoscope::app {

namespace {

QString text(std::string_view value) {
    return QString::fromUtf8(value.data(), qsizetype(value.size()));
}

QJsonValue personName(const std::string &value) {
    const auto name = dicom::PersonName::parse(value);
    QJsonObject groups;
    const auto add = [&](const char *key, const std::string &group) {
        if (!group.empty())
            groups.insert(QLatin1String(key), text(group));
    };
    add("Alphabetic", name.alphabetic);
    add("Ideographic", name.ideographic);
    add("Phonetic", name.phonetic);
    return groups;
}

QJsonArray textValues(const dicom::DataSet &dataSet, const dicom::Element &element) {
    QJsonArray values;
    const dicom::Vr vr = element.vr;
    const bool oneValue = vr.is("LT") || vr.is("ST") || vr.is("UT") || vr.is("UR");
    if (oneValue) {
        values.append(text(dicom::trimmed(element.value)));
        return values;
    }
    const auto texts = dataSet.texts(element.tag);
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (vr.is("PN"))
            values.append(personName(texts[i]));
        else if (texts[i].empty())
            values.append(QJsonValue());
        else if (vr.is("IS") || vr.is("DS"))
            values.append(dataSet.decimal(element.tag, i) ? QJsonValue(*dataSet.decimal(element.tag, i))
                                                          : QJsonValue(text(texts[i])));
        else
            values.append(text(texts[i]));
    }
    return values;
}

QJsonArray tagValues(const dicom::Element &element) {
    QJsonArray values;
    for (std::size_t at = 0; at + 4 <= element.value.size(); at += 4) {
        std::uint16_t parts[2];
        std::memcpy(parts, element.value.data() + at, 4);
        values.append(QStringLiteral("%1%2").arg(parts[0], 4, 16, QLatin1Char('0')).arg(parts[1], 4, 16, QLatin1Char('0')).toUpper());
    }
    return values;
}

void addValue(const dicom::DataSet &dataSet, const dicom::Element &element, QJsonObject &json) {
    const dicom::Vr vr = element.vr;
    if (vr.is("SQ")) {
        QJsonArray items;
        for (const dicom::DataSet &item : element.items)
            items.append(dicomJson(item));
        json.insert(QStringLiteral("Value"), items);
        return;
    }
    if (element.valueOmitted || element.value.empty())
        return;
    if (vr.isText()) {
        json.insert(QStringLiteral("Value"), textValues(dataSet, element));
    } else if (vr.is("AT")) {
        json.insert(QStringLiteral("Value"), tagValues(element));
    } else if (vr.letters[0] == 'O' || vr.is("UN")) {
        json.insert(QStringLiteral("InlineBinary"),
                    QString::fromLatin1(QByteArray(element.value.data(), qsizetype(element.value.size())).toBase64()));
    } else if (const unsigned size = vr.numberSize()) {
        QJsonArray values;
        for (std::size_t i = 0; i < element.value.size() / size; ++i) {
            const auto value = dataSet.decimal(element.tag, i);
            values.append(value ? QJsonValue(*value) : QJsonValue());
        }
        json.insert(QStringLiteral("Value"), values);
    }
}

} // namespace

QJsonObject dicomJson(const dicom::DataSet &dataSet) {
    QJsonObject json;
    for (const dicom::Element &element : dataSet.elements()) {
        QJsonObject attribute{{QStringLiteral("vr"), text({element.vr.letters.data(), 2})}};
        addValue(dataSet, element, attribute);
        json.insert(QStringLiteral("%1").arg(element.tag.key(), 8, 16, QLatin1Char('0')).toUpper(), attribute);
    }
    return json;
}

} // namespace negatoscope::app
