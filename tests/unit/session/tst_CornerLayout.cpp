#include <session/CornerChoices.h>

#include <QtCore/QSet>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <algorithm>

using namespace negatoscope;
using namespace negatoscope::session;

namespace {

const QString kCt = QStringLiteral("CT"), kMr = QStringLiteral("MR"), kAll = CornerLayouts::allOthers();

bool has(const CornerLayout &layout, CornerField field)
{
    return std::any_of(layout.begin(), layout.end(), [field](const auto &corner) {
        return std::count(corner.begin(), corner.end(), field) == 1;
    });
}

CornerLayout without(CornerLayout layout, CornerField field)
{
    for (auto &corner : layout)
        std::erase(corner, field);
    return layout;
}

} // namespace

class tst_CornerLayout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = m_folder->filePath(QStringLiteral("user.ini"));
    }

    void listsEveryFieldOnceInOrder()
    {
        int next = 0;
        QSet<QString> names;
        for (const CornerFieldRow &row : cornerFieldTable()) {
            QCOMPARE(static_cast<int>(row.id), next++);
            QVERIFY2(!names.contains(QLatin1String(row.name)), row.name);
            names.insert(QLatin1String(row.name));
            QVERIFY2(!row.required || row.usual, row.name);
            QCOMPARE(has(usualCorners(), row.id), row.usual.has_value());
        }
    }

    // P1, P5, P6, P13
    void whatTheReaderMustKnowCannotBeTakenAway()
    {
        const CornerLayout bare = withRequired({});
        for (const CornerField field :
             {CornerField::PatientName, CornerField::PatientId, CornerField::StudyDate, CornerField::Side,
              CornerField::Warnings, CornerField::Image, CornerField::Quality, CornerField::Completeness,
              CornerField::Greys})
            QVERIFY2(has(bare, field), rowOf(field).name);
        Settings settings(m_file);
        CornerChoices choices(settings);
        choices.set(kAll, {});
        QVERIFY(choices.layouts().of(kCt) == bare);
        const auto fromFile = CornerLayouts::fromJson("{\"*\":{}}");
        QVERIFY(fromFile && fromFile->of(kCt) == bare);
    }

    void aRequiredLineCanBeMoved()
    {
        CornerLayout moved = without(usualCorners(), CornerField::PatientName);
        moved[static_cast<std::size_t>(Corner::BottomRight)].push_back(CornerField::PatientName);
        QVERIFY(withRequired(moved) == moved);
    }

    void aModalityHasItsOwnElseThatOfAllOthers()
    {
        const CornerLayout plain = without(usualCorners(), CornerField::Institution);
        const CornerLayout ct = without(plain, CornerField::Zoom);
        {
            Settings settings(m_file);
            CornerChoices choices(settings);
            QSignalSpy changed(&choices, &CornerChoices::changed);
            choices.set(kAll, plain);
            choices.set(kCt, ct);
            choices.set(kCt, ct); // as it is
            QCOMPARE(changed.count(), 2);
        }
        Settings settings(m_file); // over a restart
        CornerChoices choices(settings);
        QVERIFY(choices.layouts().of(kCt) == ct);
        QVERIFY(choices.layouts().of(kMr) == plain);
        choices.reset(kCt);
        QVERIFY(choices.layouts().of(kCt) == plain);
        choices.reset(kAll);
        QVERIFY(choices.layouts().of(kCt) == usualCorners());
        QCOMPARE(settings.text(Setting::CornerTexts), QString());
    }

    void whatIsLikeAllOthersIsNoLongerItsOwn()
    {
        Settings settings(m_file);
        CornerChoices choices(settings);
        choices.set(kCt, without(usualCorners(), CornerField::Zoom));
        QVERIFY(choices.layouts().has(kCt));
        choices.set(kCt, usualCorners());
        QVERIFY(!choices.layouts().has(kCt));
    }

    void leavesOutWhatItDoesNotKnow()
    {
        const auto layouts = CornerLayouts::fromJson(
            "{\"CT\":{\"topLeft\":[\"zoom\",\"fromALaterVersion\",\"zoom\"],\"bottomLeft\":[\"zoom\"]}}");
        QVERIFY(layouts);
        QVERIFY(has(layouts->of(kCt), CornerField::Zoom));
        QCOMPARE(layouts->of(kCt)[0].front(), CornerField::Zoom);
        QVERIFY(!CornerLayouts::fromJson("[]"));
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_file;
};

QTEST_GUILESS_MAIN(tst_CornerLayout)
#include "tst_CornerLayout.moc"
