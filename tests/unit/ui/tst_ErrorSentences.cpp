#include <ui/ErrorSentences.h>
#include <ui/Language.h>

#include <QtCore/QSet>
#include <QtTest/QTest>

using namespace negatoscope;
using base::Error;
using base::ErrorCode;

class tst_ErrorSentences : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void hasASentenceForEveryCode_data()
    {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << QStringLiteral("en_GB");
        QTest::newRow("French") << QStringLiteral("fr_FR");
    }
    void hasASentenceForEveryCode()
    {
        QFETCH(QString, language);
        ui::setLanguage(*QCoreApplication::instance(), QLocale(language));
        QSet<QString> sentences;
        for (int code = 0; code <= static_cast<int>(ErrorCode::Busy); ++code) {
            const QString sentence = ui::sentenceFor(Error(static_cast<ErrorCode>(code), "developer text"));
            QVERIFY2(sentence.size() > 10, qPrintable(QString::number(code)));
            QVERIFY2(sentence.endsWith(u'.'), qPrintable(sentence));
            QVERIFY2(!sentence.contains(QLatin1String("developer")), qPrintable(sentence));
            sentences.insert(sentence);
        }
        QCOMPARE(sentences.size(), static_cast<int>(ErrorCode::Busy) + 1); // each says something of its own
    }

    void speaksFrench()
    {
        const Error error(ErrorCode::NotDicom, "");
        ui::setLanguage(*QCoreApplication::instance(), QLocale(QStringLiteral("en_GB")));
        const QString english = ui::sentenceFor(error);
        ui::setLanguage(*QCoreApplication::instance(), QLocale(QStringLiteral("fr_FR")));
        QCOMPARE(ui::sentenceFor(error), QStringLiteral("Ce n'est pas un fichier DICOM."));
        QVERIFY(english != ui::sentenceFor(error));
    }

    void namesTheIdentifierAtFault()
    {
        ui::setLanguage(*QCoreApplication::instance(), QLocale(QStringLiteral("en_GB")));
        const QString missing = ui::sentenceFor(Error(ErrorCode::MissingIdentity, "no (0020,000d)"));
        QVERIFY2(missing.contains(QLatin1String("no Study Instance UID")), qPrintable(missing));
        const QString tooLong =
            ui::sentenceFor(Error(ErrorCode::InvalidIdentifier, "(0008,0018) is longer than 64 characters"));
        QVERIFY2(tooLong.contains(QLatin1String("SOP Instance UID")), qPrintable(tooLong));
        QVERIFY2(tooLong.contains(QLatin1String("64 characters")), qPrintable(tooLong));
        const QString noUid = ui::sentenceFor(Error(ErrorCode::InvalidIdentifier, "(0020,000e) is no UID"));
        QVERIFY2(noUid.contains(QLatin1String("Series Instance UID")), qPrintable(noUid));
    }

    void namesTheTransferSyntax()
    {
        ui::setLanguage(*QCoreApplication::instance(), QLocale(QStringLiteral("en_GB")));
        const QString known = ui::sentenceFor(
            Error(ErrorCode::UnsupportedTransferSyntax, "no decoder for 1.2.840.10008.1.2.4.100"));
        QVERIFY2(known.contains(QLatin1String("MPEG2")), qPrintable(known));
        const QString unknown =
            ui::sentenceFor(Error(ErrorCode::UnsupportedTransferSyntax, "no decoder for 1.2.3.4.5.6"));
        QVERIFY2(unknown.contains(QLatin1String("1.2.3.4.5.6")), qPrintable(unknown));
        const Error wrapped(ErrorCode::UnsupportedTransferSyntax, "frame 1",
                            Error(ErrorCode::Internal, "1.2.840.10008.1.2.4.100"));
        QVERIFY(ui::sentenceFor(wrapped).contains(QLatin1String("MPEG2")));
    }
};

QTEST_GUILESS_MAIN(tst_ErrorSentences)
#include "tst_ErrorSentences.moc"
