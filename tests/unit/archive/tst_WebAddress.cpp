#include "WebAddress.h"

#include <QtTest>

using namespace negatoscope;
using archive::WebAddress;

class tst_WebAddress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesAUrlApart()
    {
        const auto address = WebAddress::parse("https://pacs.example.org:8443/a/dicom-web/");
        QVERIFY(address.has_value());
        QVERIFY(address->secure);
        QCOMPARE(address->host, std::string("pacs.example.org"));
        QCOMPARE(address->port, quint16(8443));
        QCOMPARE(address->path, std::string("/a/dicom-web"));
        QCOMPARE(address->origin(), std::string("https://pacs.example.org:8443"));
        QCOMPARE(WebAddress::parse("https://h")->port, quint16(443));
        QCOMPARE(WebAddress::parse("http://h/x")->port, quint16(80));
        QCOMPARE(WebAddress::parse("http://[::1]:8042/x")->origin(), std::string("http://[::1]:8042"));
    }

    void refusesWhatIsNone_data()
    {
        QTest::addColumn<QByteArray>("url");
        for (const char *url : {"",
                                "ftp://h/x",
                                "file:///etc/passwd",
                                "https://",
                                "https://user:secret@h/x",
                                "https://h:0/x",
                                "https://h:65536/x",
                                "https://h:12x/x",
                                "https://h:/x",
                                "https://h/x?y=z",
                                "https://h/x#y",
                                "https://h /x",
                                "https://h/x y",
                                "https://h/a/../b",
                                "https://h/..",
                                "https://[::1/x",
                                "https://h\r\nHost: i/x",
                                "https://h/x\r\nA: b",
                                "HTTPS//h",
                                "https://h\\@i/"})
            QTest::newRow(url) << QByteArray(url);
    }
    void refusesWhatIsNone()
    {
        QFETCH(QByteArray, url);
        const auto address = WebAddress::parse(url.toStdString());
        QVERIFY(!address);
        QCOMPARE(address.error().code(), base::ErrorCode::BadArgument);
    }

    void encodesEverythingThatMeansSomething()
    {
        QCOMPARE(archive::percentEncoded("Az09-._~"), std::string("Az09-._~"));
        QCOMPARE(archive::percentEncoded("a b&c=d?e#f/\\*+%\r\n\xc3\xa9"),
                 std::string("a%20b%26c%3Dd?e%23f/%5C*%2B%25%0D%0A%C3%A9"));
    }
};

QTEST_GUILESS_MAIN(tst_WebAddress)
#include "tst_WebAddress.moc"
