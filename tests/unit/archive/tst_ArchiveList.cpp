#include <archive/Settings.h>

#include <QtCore/QFileInfo>
#include <QtCore/QTemporaryDir>
#include <QtTest>

using namespace negatoscope;
using archive::ArchiveList;
using archive::Settings;
using base::ErrorCode;

namespace {

Settings pacs()
{
    Settings settings;
    settings.name = "PACS";
    settings.host = "pacs.example.org";
    settings.port = 11112;
    settings.theirTitle = "PACS";
    settings.allowCleartext = true;
    return settings;
}

Settings everything()
{
    Settings settings = pacs();
    settings.name = "Région nord";
    settings.ourTitle = "READER 7";
    settings.retrieveBy = archive::RetrieveBy::Move;
    settings.listenAddress = "192.0.2.7";
    settings.listenPort = 11113;
    settings.mayConnect = {"192.0.2.8", "2001:db8::1"};
    settings.tls = {true,           "/etc/ca.pem",  "/etc/own.pem",
                    "/etc/own.key", "/etc/crl.pem", std::string(64, 'a')};
    settings.allowCleartext = false;
    settings.associations = 4;
    settings.limits.idle = std::chrono::milliseconds(5000);
    return settings;
}

} // namespace

class tst_ArchiveList : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesAndReadsEverySetting()
    {
        const std::vector archives{pacs(), everything()};
        const auto read = ArchiveList::parse(ArchiveList::write(archives));
        QVERIFY2(read.has_value(), read ? "" : read.error().describe().c_str());
        QCOMPARE(*read, archives);
    }

    void keepsAPrivateFile()
    {
        QTemporaryDir folder;
        const std::string config = folder.filePath(QStringLiteral("a/b")).toStdString();
        auto list = ArchiveList::read(config);
        QVERIFY(list && list->archives().empty());
        QVERIFY(list->add(pacs()).has_value());
        QVERIFY(list->add(everything()).has_value());
        QCOMPARE(list->add(pacs()).error().code(), ErrorCode::Conflict);
        QCOMPARE(list->remove("nobody").error().code(), ErrorCode::NotFound);
        const QFileInfo file(folder.filePath(QStringLiteral("a/b/archives.json")));
        QVERIFY(file.exists());
        QCOMPARE(file.permissions() &
                     (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther),
                 QFile::Permissions());
        const auto again = ArchiveList::read(config);
        QVERIFY(again && again->archives() == list->archives());
        QVERIFY(list->remove("PACS").has_value());
        QCOMPARE(ArchiveList::read(config)->archives().size(), std::size_t(1));
    }

    void keepsArchivesOfDicomWeb()
    {
        Settings web;
        web.name = "WEB";
        web.url = "https://pacs.example.org/dicom-web";
        web.tls.on = true;
        web.tls.pinnedSha256 = std::string(64, 'a');
        web.login = archive::Login::Basic;
        web.user = "reader";
        web.passwordFile = "/etc/pacs-password";
        QVERIFY(ArchiveList::check(web).has_value());
        const auto parsed = ArchiveList::parse(ArchiveList::write({web, pacs()}));
        QVERIFY2(parsed.has_value(), parsed ? "" : parsed.error().describe().c_str());
        QVERIFY(parsed->front() == web);
        const auto spoilt = [&](auto change) {
            Settings settings = web;
            change(settings);
            return !ArchiveList::check(settings);
        };
        QVERIFY(spoilt([](Settings &s) { s.url = "http://pacs.example.org/dicom-web"; }));
        QVERIFY(spoilt([](Settings &s) { s.url = "https://reader:secret@pacs.example.org/"; }));
        QVERIFY(spoilt([](Settings &s) { s.tls = {}; }));
        QVERIFY(spoilt([](Settings &s) { s.host = "pacs.example.org"; }));
        QVERIFY(spoilt([](Settings &s) { s.user = "a:b"; }));
        QVERIFY(spoilt([](Settings &s) { s.passwordFile.clear(); }));
        QVERIFY(spoilt([](Settings &s) { s.login = archive::Login::None; }));
        QVERIFY(spoilt([](Settings &s) { s.url.clear(); }));
    }

    void saysWhereTheFileIsWrong_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](const char *name, const char *member, const char *says) {
            const QByteArray valid = R"("name": "P", "host": "h", "theirTitle": "T", "allowCleartext": true)";
            QTest::newRow(name) << R"({"version": 1, "archives": [{)" + valid + ", " + member + "}]}"
                                << QByteArray(says);
        };
        QTest::newRow("no JSON") << QByteArray("{") << QByteArray("no JSON at byte");
        QTest::newRow("another version")
            << QByteArray(R"({"version": 2, "archives": []})") << QByteArray("version");
        QTest::newRow("no list") << QByteArray(R"({"version": 1, "archives": {}})") << QByteArray("list");
        row("a word that is misspelt", R"("allowClearText": true)", "there is no \"allowClearText\"");
        row("a wrong type", R"("port": "104")", ".port is not a whole number");
        row("a port too large", R"("port": 65536)", ".port is not a whole number from 1 to 65535");
        row("a fraction", R"("port": 104.5)", ".port is not a whole number");
        row("an unknown way", R"("retrieveBy": "push")", ".retrieveBy is not automatic, get or move");
        row("a limit of a day", R"("limits": {"idleMs": 86400000})", ".limits.idleMs");
        row("an unknown login", R"("login": "password")", ".login is not none or basic");
        row("a URL and a host", "\"url\": \"http://h/\"", "both a URL and a host");
        row("a misspelt file", R"("tls": {"caFile": "x"})", ".tls: there is no \"caFile\"");
        row("a title too long", R"("ourTitle": "ABCDEFGHIJKLMNOPQ")", "AE title");
        row("move without a port", R"("retrieveBy": "move")", "port to receive on");
        row("a pin too short", R"("tls": {"pinnedSha256": "abcd"})", "64 hexadecimal digits");
    }
    void saysWhereTheFileIsWrong()
    {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, says);
        const auto parsed = ArchiveList::parse(json.toStdString());
        QVERIFY(!parsed);
        QCOMPARE(parsed.error().code(), ErrorCode::Malformed);
        QVERIFY2(QByteArray::fromStdString(parsed.error().text()).contains(says),
                 parsed.error().text().c_str());
    }

    void leavesStandardsWhereNothingIsSaid()
    {
        const auto parsed = ArchiveList::parse(
            R"({"version": 1, "archives": [{"name": "P", "host": "h", "theirTitle": "T", "allowCleartext": true}]})");
        QVERIFY(parsed && parsed->size() == 1);
        QCOMPARE(parsed->front().port, 104);
    }
};

QTEST_APPLESS_MAIN(tst_ArchiveList)
#include "tst_ArchiveList.moc"
