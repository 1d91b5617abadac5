#pragma once

#include <imaging/Picture.h>

#include <QtCore/QByteArray>
#include <QtCore/QCryptographicHash>
#include <QtCore/QProcess>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <optional>

/// CT phantoms of tools/make_phantom.py and the signature in their pixels.
namespace negatoscope::test {

inline bool runGenerator(const QStringList &words)
{
    constexpr int kLimitMs = 600'000;
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(QStringLiteral(NEGATOSCOPE_PYTHON),
                  QStringList{QStringLiteral(NEGATOSCOPE_MAKE_PHANTOM)} + words);
    return process.waitForFinished(kLimitMs) && process.exitStatus() == QProcess::NormalExit &&
           process.exitCode() == 0;
}

/// Makes a CT series in `folder`, 128 x 128 unless `more` says otherwise. False if the generator failed.
inline bool makePhantom(const QString &folder, int slices, const QStringList &more = {})
{
    return runGenerator(QStringList{QStringLiteral("ct"), QStringLiteral("--out"), folder,
                                    QStringLiteral("--slices"), QString::number(slices),
                                    QStringLiteral("--size"), QStringLiteral("128")} +
                        more);
}

/// Makes a mammogram of 3328 x 4084 pixels, 12 bits.
inline bool makeMammogram(const QString &file, const QStringList &more = {})
{
    return runGenerator(QStringList{QStringLiteral("mammogram"), QStringLiteral("--out"), file} + more);
}

/// What the pixels of a phantom say: the slice and the first eight bytes of the SHA-256 of its SOP Instance
/// UID.
struct Signature
{
    quint32 slice = 0;
    QByteArray uidDigest;
};

inline QByteArray digestOf(const std::string &uid)
{
    return QCryptographicHash::hash(QByteArray::fromStdString(uid), QCryptographicHash::Sha256).left(8);
}

/// Reads the 128 cells in the first rows (modality values; the rescale intercept is -1024).
inline std::optional<Signature> signatureOf(const imaging::Picture &picture)
{
    const int cell = picture.size().width / 128;
    QByteArray bytes(16, '\0');
    for (int bit = 0; bit < 128; ++bit) {
        const auto value = picture.valueAt(bit * cell + cell / 2, cell / 2);
        if (value && *value > 0)
            bytes[bit / 8] = char(bytes[bit / 8] | (0x80 >> (bit % 8)));
    }
    if (bytes.left(2) != QByteArray("\xa5\xc3", 2))
        return std::nullopt;
    Signature signature;
    for (int i = 2; i < 6; ++i)
        signature.slice = signature.slice << 8 | quint8(bytes[i]);
    signature.uidDigest = bytes.mid(6, 8);
    return signature;
}

} // namespace negatoscope::test
