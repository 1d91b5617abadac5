#include <session/Settings.h>

#include <QtCore/QSet>
#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace negatoscope::session;

class tst_Settings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_user = m_folder->filePath(QStringLiteral("user.ini"));
        m_administrator = m_folder->filePath(QStringLiteral("administrator.ini"));
    }

    void listsEverySettingOnceInOrderWithAnAllowedDefault()
    {
        int next = 0;
        QSet<QString> keys;
        Settings settings(m_user);
        for (const SettingRow &row : settingTable()) {
            QCOMPARE(static_cast<int>(row.id), next++);
            QVERIFY2(!keys.contains(QLatin1String(row.key)), row.key);
            keys.insert(QLatin1String(row.key));
            if (row.scope == SettingRow::Scope::User)
                QVERIFY2(settings.set(row.id, QLatin1String(row.fallback)), row.key);
        }
        QVERIFY(settings.problems().isEmpty());
    }

    void holdsOverARestart()
    {
        {
            Settings settings(m_user);
            QSignalSpy changed(&settings, &Settings::changed);
            QVERIFY(settings.set(Setting::Theme, QStringLiteral("bright")));
            QVERIFY(settings.set(Setting::TextSize, 15));
            QVERIFY(settings.set(Setting::Keys, QStringLiteral("{\"fit\":[\"G\",\"Ctrl+,\"]}")));
            QCOMPARE(changed.count(), 3);
            QVERIFY(settings.set(Setting::Theme, QStringLiteral("bright")));
            QCOMPARE(changed.count(), 3);
        }
        Settings again(m_user);
        QCOMPARE(again.text(Setting::Theme), QStringLiteral("bright"));
        QCOMPARE(again.integer(Setting::TextSize), 15);
        QCOMPARE(again.text(Setting::Keys), QStringLiteral("{\"fit\":[\"G\",\"Ctrl+,\"]}"));
        again.reset(Setting::Theme);
        QCOMPARE(again.text(Setting::Theme), QStringLiteral("dark"));
    }

    void refusesWhatTheTableDoesNotAllow()
    {
        Settings settings(m_user);
        QVERIFY(!settings.set(Setting::Theme, QStringLiteral("pink")));
        QVERIFY(!settings.set(Setting::TextSize, 200));
        QVERIFY(!settings.set(Setting::TextSize, QStringLiteral("large")));
        QCOMPARE(settings.text(Setting::Theme), QStringLiteral("dark"));
        QCOMPARE(settings.integer(Setting::TextSize), 13);
    }

    void fallsBackFromUnknownValuesAndTellsOnce()
    {
        write(m_user, "ui/theme", QStringLiteral("pink"));
        write(m_user, "ui/textSize", QStringLiteral("99"));
        const Settings settings(m_user);
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(settings.text(Setting::Theme), QStringLiteral("dark"));
            QCOMPARE(settings.integer(Setting::TextSize), 13);
        }
        QCOMPARE(settings.problems(),
                 (QStringList{QStringLiteral("ui/theme"), QStringLiteral("ui/textSize")}));
    }

    void letsTheAdministratorGiveAPersonsDefaults()
    {
        write(m_administrator, "ui/theme", QStringLiteral("bright"));
        Settings settings(m_user, m_administrator);
        QCOMPARE(settings.text(Setting::Theme), QStringLiteral("bright"));
        QVERIFY(settings.isChangeable(Setting::Theme));
        QVERIFY(settings.set(Setting::Theme, QStringLiteral("dark")));
        QCOMPARE(settings.text(Setting::Theme), QStringLiteral("dark"));
        write(m_user, "ui/theme", QStringLiteral("pink")); // then the administrator's, not the default
        QCOMPARE(Settings(m_user, m_administrator).text(Setting::Theme), QStringLiteral("bright"));
    }

    void letsTheAdministratorDecideForTheMachineAndTheSite()
    {
        write(m_administrator, "cache/quotaGiB", QStringLiteral("50"));
        write(m_administrator, "site/supportContact", QStringLiteral("Radiology IT, 1234"));
        write(m_user, "cache/quotaGiB", QStringLiteral("900"));
        write(m_user, "memory/frameBudgetMiB", QStringLiteral("4096"));
        Settings settings(m_user, m_administrator);
        QCOMPARE(settings.integer(Setting::CacheQuotaGiB), 50);
        QVERIFY(!settings.isChangeable(Setting::CacheQuotaGiB));
        QVERIFY(!settings.set(Setting::CacheQuotaGiB, 100));
        QCOMPARE(settings.integer(Setting::FrameBudgetMiB), 4096);
        QVERIFY(settings.set(Setting::FrameBudgetMiB, 2048));
        QCOMPARE(settings.text(Setting::SupportContact), QStringLiteral("Radiology IT, 1234"));
        QVERIFY(!settings.set(Setting::SupportContact, QStringLiteral("me")));
        write(m_user, "site/supportContact", QStringLiteral("me"));
        QCOMPARE(Settings(m_user).text(Setting::SupportContact), QString());
    }

private:
    static void write(const QString &file, const char *key, const QString &value)
    {
        QSettings(file, QSettings::IniFormat).setValue(QLatin1String(key), value);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_user, m_administrator;
};

QTEST_GUILESS_MAIN(tst_Settings)
#include "tst_Settings.moc"
