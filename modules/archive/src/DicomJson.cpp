#include "DicomJson.h"

#include "ByteOrder.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <cmath>
#include <optional>

namespace negatoscope::archive {

using base::ErrorCode;
using base::failure;
using dicom::DataSet;
using dicom::Element;

namespace {

constexpr int kMostNesting = 64;

bool isTooDeep(const std::string &json)
{
    int depth = 0;
    bool inText = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (inText) {
            if (c == '\\')
                ++i;
            inText = c != '"';
        } else if (c == '"') {
            inText = true;
        } else if (c == '{' || c == '[') {
            if (++depth > kMostNesting)
                return true;
        } else if (c == '}' || c == ']') {
            --depth;
        }
    }
    return false;
}

std::optional<dicom::Tag> tagOf(const QString &name)
{
    bool ok = false;
    const uint number = name.toUInt(&ok, 16);
    if (!ok || name.size() != 8)
        return std::nullopt;
    return dicom::Tag{static_cast<std::uint16_t>(number >> 16U),
                      static_cast<std::uint16_t>(number & 0xffffU)};
}

/// A name has up to three groups (PS3.18 F.2.2).
std::string textOfName(const QJsonObject &name)
{
    std::string text = name.value(QLatin1String("Alphabetic")).toString().toStdString();
    const std::string second = name.value(QLatin1String("Ideographic")).toString().toStdString();
    const std::string third = name.value(QLatin1String("Phonetic")).toString().toStdString();
    if (!second.empty() || !third.empty())
        text += '=' + second;
    return third.empty() ? text : text + '=' + third;
}

std::string textOf(const QJsonValue &value)
{
    if (value.isObject())
        return textOfName(value.toObject());
    if (!value.isDouble())
        return value.toString().toStdString();
    const double number = value.toDouble();
    constexpr double kExact = 9007199254740992.0; // 2^53
    if (std::abs(number) <= kExact && number == std::floor(number))
        return std::to_string(static_cast<long long>(number));
    return QByteArray::number(number, 'g', 17).toStdString();
}

DataSet dataSetOf(const QJsonObject &object);

Element elementOf(dicom::Tag tag, const QJsonObject &object)
{
    Element element;
    element.tag = tag;
    const std::string vr = object.value(QLatin1String("vr")).toString().toStdString();
    if (vr.size() == 2)
        element.vr = {{vr[0], vr[1]}};
    const QJsonArray values = object.value(QLatin1String("Value")).toArray();
    bool isFirst = true;
    for (const QJsonValue &value : values) {
        if (element.vr.is("SQ")) {
            element.items.push_back(dataSetOf(value.toObject()));
        } else if (element.vr.is("US")) {
            append16Little(element.value, static_cast<std::uint16_t>(value.toInt()));
        } else if (element.vr.isText()) {
            if (!isFirst)
                element.value += '\\';
            element.value += textOf(value);
        }
        isFirst = false;
    }
    element.length = element.value.size();
    return element;
}

DataSet dataSetOf(const QJsonObject &object)
{
    DataSet dataSet;
    for (auto one = object.begin(); one != object.end(); ++one)
        if (const auto tag = tagOf(one.key()); tag && one->isObject())
            dataSet.insert(elementOf(*tag, one->toObject()));
    return dataSet;
}

} // namespace

base::Result<std::vector<DataSet>> dataSetsOfJson(const std::string &json)
{
    std::vector<DataSet> all;
    if (json.find_first_not_of(" \t\r\n") == std::string::npos)
        return all;
    if (isTooDeep(json))
        return failure(ErrorCode::LimitExceeded, "JSON: nested deeper than any answer may be");
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(
        QByteArray::fromRawData(json.data(), static_cast<qsizetype>(json.size())), &error);
    if (error.error != QJsonParseError::NoError)
        return failure(ErrorCode::Malformed, "JSON: no JSON at byte " + std::to_string(error.offset));
    if (document.isObject())
        all.push_back(dataSetOf(document.object()));
    for (const QJsonValue &value : document.array()) {
        if (!value.isObject())
            return failure(ErrorCode::Malformed, "JSON: a list of something else than data sets");
        all.push_back(dataSetOf(value.toObject()));
    }
    return all;
}

} // namespace negatoscope::archive
