#include "TestObject.h"

#include <QtCore/QtEndian>

namespace negatoscope::session::testobject {

const base::StudyUid kStudy("2.25.44228780840890312462197726593701531770");
const base::SeriesUid kSeries("2.25.216960239592202011166179681367552898848");
const base::InstanceUid kInstance("2.25.338450022282957081829383320682259145531");

namespace {

constexpr int kSide = 8;

template <typename Number>
QByteArray littleEndian(Number number)
{
    QByteArray bytes(sizeof(Number), '\0');
    qToLittleEndian(number, bytes.data());
    return bytes;
}

/// PS3.5 7.1.2, with the value padded to an even length.
QByteArray element(quint16 group, quint16 number, const char *vr, QByteArray value)
{
    const QByteArray name(vr);
    const bool isBinary = name == "OB" || name == "UI";
    if (value.size() % 2 != 0)
        value.append(isBinary ? '\0' : ' ');
    QByteArray bytes = littleEndian(group) + littleEndian(number) + name;
    if (name == "OB")
        bytes += QByteArray(2, '\0') + littleEndian(static_cast<quint32>(value.size()));
    else
        bytes += littleEndian(static_cast<quint16>(value.size()));
    return bytes + value;
}

QByteArray uid(const std::string &value)
{
    return QByteArray::fromStdString(value);
}

QByteArray dataSet()
{
    const auto number = [](quint16 value) { return littleEndian(value); };
    return element(0x0008, 0x0016, "UI", kSopClass) + element(0x0008, 0x0018, "UI", uid(kInstance.value())) +
           element(0x0008, 0x0020, "DA", "20260101") + element(0x0008, 0x0030, "TM", "000000") +
           element(0x0008, 0x0050, "SH", "") + element(0x0008, 0x0060, "CS", "OT") +
           element(0x0008, 0x0064, "CS", "SYN") + element(0x0008, 0x0090, "PN", "") +
           element(0x0008, 0x1030, "LO", "Connection test") +
           element(0x0010, 0x0010, "PN", "NEGATOSCOPE^TEST") +
           element(0x0010, 0x0020, "LO", "NEGATOSCOPE-TEST") + element(0x0010, 0x0030, "DA", "") +
           element(0x0010, 0x0040, "CS", "") + element(0x0020, 0x000d, "UI", uid(kStudy.value())) +
           element(0x0020, 0x000e, "UI", uid(kSeries.value())) + element(0x0020, 0x0010, "SH", "1") +
           element(0x0020, 0x0011, "IS", "1") + element(0x0020, 0x0013, "IS", "1") +
           element(0x0028, 0x0002, "US", number(1)) + element(0x0028, 0x0004, "CS", "MONOCHROME2") +
           element(0x0028, 0x0010, "US", number(kSide)) + element(0x0028, 0x0011, "US", number(kSide)) +
           element(0x0028, 0x0100, "US", number(8)) + element(0x0028, 0x0101, "US", number(8)) +
           element(0x0028, 0x0102, "US", number(7)) + element(0x0028, 0x0103, "US", number(0)) +
           element(0x7fe0, 0x0010, "OB", pixels());
}

} // namespace

QByteArray pixels()
{
    QByteArray bytes;
    for (int i = 0; i < kSide * kSide; ++i)
        bytes.append(static_cast<char>(i * 37 % 251));
    return bytes;
}

QByteArray file()
{
    const QByteArray meta = element(0x0002, 0x0001, "OB", QByteArray("\0\1", 2)) +
                            element(0x0002, 0x0002, "UI", kSopClass) +
                            element(0x0002, 0x0003, "UI", uid(kInstance.value())) +
                            element(0x0002, 0x0010, "UI", kTransferSyntax) +
                            element(0x0002, 0x0012, "UI", "2.25.190514216306422150842178431837158413217");
    return QByteArray(128, '\0') + "DICM" +
           element(0x0002, 0x0000, "UL", littleEndian(static_cast<quint32>(meta.size()))) + meta + dataSet();
}

} // namespace negatoscope::session::testobject
