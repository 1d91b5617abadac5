#include "Commands.h"
#include "DicomJson.h"

#include <codec/Keywords.h>

#include <QtCore/QFileInfo>

namespace negatoscope::app {

namespace {

constexpr std::size_t kShownCharacters = 120;

QString valueText(const dicom::Element &element) {
    if (element.valueOmitted)
        return QStringLiteral("<%1 bytes>").arg(element.length);
    if (element.vr.isText())
        return QStringLiteral("[%1]").arg(QString::fromStdString(
            dicom::visibleText(dicom::trimmed(element.value), kShownCharacters)));
    if (element.vr.numberSize() == 0)
        return QStringLiteral("<%1 bytes>").arg(element.value.size());
    dicom::DataSet single;
    single.insert(element);
    QStringList values;
    constexpr std::size_t kShownNumbers = 16;
    const std::size_t count = element.value.size() / element.vr.numberSize();
    for (std::size_t i = 0; i < std::min(count, kShownNumbers); ++i)
        values << QString::number(single.decimal(element.tag, i).value_or(0), 'g', 12);
    if (count > kShownNumbers)
        values << QStringLiteral("… (%1 values)").arg(count);
    return values.join(QLatin1Char('\\'));
}

void dumpText(const dicom::DataSet &dataSet, int depth, const Output &output) {
    for (const dicom::Element &element : dataSet.elements()) {
        const QString indent(depth * 2, QLatin1Char(' '));
        output.line(QStringLiteral("%1%2 %3%4 %5  %6")
                        .arg(indent, QString::fromStdString(toString(element.tag)))
                        .arg(QLatin1Char(element.vr.letters[0]))
                        .arg(QLatin1Char(element.vr.letters[1]))
                        .arg(QString::fromStdString(codec::keywordOf(element.tag)),
                             element.vr.is("SQ") ? QStringLiteral("(%1 items)").arg(element.items.size())
                                                 : valueText(element)));
        for (const dicom::DataSet &item : element.items) {
            output.line(indent + QStringLiteral("  item"));
            dumpText(item, depth + 2, output);
        }
    }
}

} // namespace

int dump(const CommandLine &line, Backend &backend, const Output &output) {
    if (line.arguments.size() != 1)
        return output.fail({base::ErrorCode::BadArgument, "dump needs one SOP Instance UID or file."});
    QString path = line.path(line.arguments.first());
    if (!QFileInfo(path).isFile()) {
        const auto instance = backend.cache().instance(base::InstanceUid(line.arguments.first().toStdString()));
        if (!instance)
            return output.fail(instance.error());
        path = QString::fromStdString(instance->path);
    }
    const auto file = backend.decoder().readDataSet(path.toStdString(), codec::Purpose::Interactive);
    if (!file)
        return output.fail(file.error());
    if (line.json) {
        output.json(dicomJson(file->dataSet));
        return Done;
    }
    output.line(QStringLiteral("# Transfer syntax %1 %2")
                    .arg(QString::fromStdString(file->transferSyntax.uid),
                         QString::fromUtf8(file->transferSyntax.name.data(), qsizetype(file->transferSyntax.name.size()))));
    if (file->truncated)
        output.line(QStringLiteral("# The file ends too early: what follows is what came before."));
    dumpText(file->dataSet, 0, output);
    return Done;
}

} // namespace negatoscope::app
