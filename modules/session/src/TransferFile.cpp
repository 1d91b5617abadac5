#include "TransferFile.h"

#include "NewFile.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <unordered_set>

#include <fcntl.h>
#include <unistd.h>

namespace negatoscope::session::transferFile {

using base::ErrorCode;
using base::failure;

namespace {

constexpr qint64 kMostBytes = 16 << 20;
constexpr int kMostTransfers = 10'000, kMostModalities = 64;
constexpr qsizetype kMostText = 1024;
constexpr int kMostInstances = 10'000'000;
constexpr int kVersion = 1;

QString fromText(const std::string &text)
{
    return QString::fromStdString(text);
}

void insert(QJsonObject &json, const char *key, const std::string &text)
{
    if (!text.empty())
        json.insert(QLatin1String(key), fromText(text));
}

std::string text(const QJsonObject &json, const char *key)
{
    return json.value(QLatin1String(key)).toString().left(kMostText).toStdString();
}

int number(const QJsonObject &json, const char *key)
{
    return std::clamp(json.value(QLatin1String(key)).toInt(), 0, kMostInstances);
}

QJsonObject jsonOf(const dicom::PatientIdentity &patient)
{
    QJsonObject json;
    insert(json, "issuer", patient.issuer);
    insert(json, "id", patient.id);
    insert(json, "name", patient.name.alphabetic);
    insert(json, "ideographic", patient.name.ideographic);
    insert(json, "phonetic", patient.name.phonetic);
    insert(json, "birthDate", patient.birthDate);
    insert(json, "sex", patient.sex);
    return json;
}

dicom::PatientIdentity patientOf(const QJsonObject &json)
{
    dicom::PatientIdentity patient;
    patient.issuer = text(json, "issuer");
    patient.id = text(json, "id");
    patient.name.alphabetic = text(json, "name");
    patient.name.ideographic = text(json, "ideographic");
    patient.name.phonetic = text(json, "phonetic");
    patient.birthDate = text(json, "birthDate");
    patient.sex = text(json, "sex");
    return patient;
}

QJsonObject jsonOf(const Transfer &transfer)
{
    const RequestedStudy &study = transfer.study;
    QJsonObject json{{QStringLiteral("studyInstanceUid"), fromText(study.uid.value())},
                     {QStringLiteral("archive"), fromText(study.archive)},
                     {QStringLiteral("patient"), jsonOf(study.patient)},
                     {QStringLiteral("purpose"), fromText(std::string(nameOf(transfer.purpose)))},
                     {QStringLiteral("state"), fromText(std::string(nameOf(transfer.state)))},
                     {QStringLiteral("expected"), transfer.expected},
                     {QStringLiteral("here"), transfer.here}};
    insert(json, "studyDate", study.studyDate);
    insert(json, "studyTime", study.studyTime);
    insert(json, "accession", study.accession);
    insert(json, "description", study.description);
    QJsonArray modalities;
    for (const std::string &modality : study.modalities)
        modalities.append(fromText(modality));
    json.insert(QStringLiteral("modalities"), modalities);
    if (study.instances)
        json.insert(QStringLiteral("instances"), *study.instances);
    if (transfer.error) {
        QJsonObject error;
        insert(error, "code", std::string(base::nameOf(transfer.error->code())));
        insert(error, "text", transfer.error->text());
        json.insert(QStringLiteral("error"), error);
    }
    return json;
}

template <typename Value>
std::optional<Value> named(const std::string &name, Value last)
{
    for (int i = 0; i <= static_cast<int>(last); ++i)
        if (nameOf(static_cast<Value>(i)) == name)
            return static_cast<Value>(i);
    return std::nullopt;
}

std::optional<Transfer> transferOf(const QJsonObject &json)
{
    Transfer transfer;
    RequestedStudy &study = transfer.study;
    study.uid = base::StudyUid(text(json, "studyInstanceUid"));
    study.archive = text(json, "archive");
    const auto purpose = named(text(json, "purpose"), Purpose::Prefetch);
    const auto state = named(text(json, "state"), Transfer::State::Failed);
    if (!base::isValidUid(study.uid.value()) || study.archive.empty() || !purpose || !state)
        return std::nullopt;
    transfer.purpose = *purpose;
    transfer.state = *state;
    study.patient = patientOf(json.value(QLatin1String("patient")).toObject());
    study.studyDate = text(json, "studyDate");
    study.studyTime = text(json, "studyTime");
    study.accession = text(json, "accession");
    study.description = text(json, "description");
    const auto modalities = json.value(QLatin1String("modalities")).toArray();
    for (int i = 0; i < std::min<int>(int(modalities.size()), kMostModalities); ++i)
        study.modalities.push_back(modalities[i].toString().left(kMostText).toStdString());
    if (json.contains(QLatin1String("instances")))
        study.instances = number(json, "instances");
    transfer.expected = number(json, "expected");
    transfer.here = std::min(number(json, "here"), transfer.expected);
    if (const auto error = json.value(QLatin1String("error")).toObject(); !error.isEmpty())
        transfer.error = base::Error(base::errorCodeOf(text(error, "code")), text(error, "text"));
    return transfer;
}

base::Status syncFolderOf(const std::string &path)
{
    const std::string folder = path.substr(0, path.rfind('/') + 1);
    const int descriptor = ::open(folder.empty() ? "." : folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = descriptor >= 0 && ::fsync(descriptor) == 0;
    const int code = errno;
    if (descriptor >= 0)
        ::close(descriptor);
    return synced ? base::Status() : failure(writeError("sync folder", code));
}

} // namespace

base::Result<std::vector<Transfer>> parse(const QByteArray &json)
{
    if (json.size() > kMostBytes)
        return failure(ErrorCode::LimitExceeded, "the list of transfers is too large");
    const auto document = QJsonDocument::fromJson(json);
    if (!document.isObject() || document[QLatin1String("version")].toInt() != kVersion)
        return failure(ErrorCode::Malformed, "the list of transfers is none of this version");
    std::vector<Transfer> transfers;
    std::unordered_set<base::StudyUid> studies;
    for (const auto &entry : document[QLatin1String("transfers")].toArray()) {
        auto transfer = transferOf(entry.toObject());
        if (transfer && studies.insert(transfer->study.uid).second)
            transfers.push_back(*std::move(transfer));
        if (transfers.size() == kMostTransfers)
            break;
    }
    return transfers;
}

QByteArray toJson(const std::vector<Transfer> &transfers)
{
    QJsonArray entries;
    for (const Transfer &transfer : transfers)
        if (transfer.state != Transfer::State::Done)
            entries.append(jsonOf(transfer));
    return QJsonDocument(
               QJsonObject{{QStringLiteral("version"), kVersion}, {QStringLiteral("transfers"), entries}})
        .toJson(QJsonDocument::Compact);
}

base::Result<std::vector<Transfer>> read(const std::string &path)
{
    QFile file(QFile::decodeName(path.c_str()));
    if (!file.exists())
        return std::vector<Transfer>();
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorCode::CannotRead, "the list of transfers cannot be read");
    return parse(file.read(kMostBytes + 1));
}

base::Status write(const std::string &path, const std::vector<Transfer> &transfers)
{
    const std::string fresh = path + ".new";
    ::unlink(fresh.c_str());
    const QByteArray bytes = toJson(transfers);
    {
        TRY(auto file, NewFile::create(fresh, 0600));
        TRY_DO(file.write({bytes.constData(), static_cast<std::size_t>(bytes.size())}));
        TRY_DO(file.finish());
    }
    if (std::rename(fresh.c_str(), path.c_str()) != 0) {
        const int code = errno;
        ::unlink(fresh.c_str());
        return failure(writeError("rename", code));
    }
    return syncFolderOf(path);
}

} // namespace negatoscope::session::transferFile
