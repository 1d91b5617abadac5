#include <session/ArrivalOrder.h>

#include <QtTest>

#include <set>

using namespace negatoscope;
using session::arrivalOrder;
using session::Attention;
using session::kNearImages;

namespace {

using Listed = std::vector<archive::FoundInstance>;

void add(Listed &listed, const std::string &series, int number, int count, const std::string &modality = "CT")
{
    for (int i = 1; i <= count; ++i)
        listed.push_back({base::SeriesUid(series),
                          base::InstanceUid(series + '.' + std::to_string(i)),
                          {},
                          modality,
                          number,
                          i});
}

std::vector<std::string> namesOf(const Listed &listed, const Attention &attention)
{
    std::vector<std::string> names;
    for (const std::size_t place : arrivalOrder(listed, attention))
        names.push_back(listed[place].uid.value());
    return names;
}

std::vector<std::string> first(std::vector<std::string> names, std::size_t count)
{
    names.resize(std::min(names.size(), count));
    return names;
}

} // namespace

/// What comes next while a study arrives.
class tst_ArrivalOrder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyInstanceComesOnce()
    {
        Listed listed;
        add(listed, "1.1", 1, 50);
        add(listed, "1.2", 2, 1);
        add(listed, "1.3", 3, 20, "SR");
        const auto order = arrivalOrder(listed, {{base::SeriesUid("1.2")}, {}});
        QCOMPARE(std::set(order.begin(), order.end()).size(), listed.size());
        QCOMPARE(order.size(), listed.size());
        QVERIFY(arrivalOrder({}, {}).empty());
    }

    void beginsInTheMiddleOfTheFirstSeries()
    {
        Listed listed;
        add(listed, "1.2", 2, 3);
        add(listed, "1.1", 1, 5);
        QCOMPARE(first(namesOf(listed, {}), 5),
                 (std::vector<std::string>{"1.1.3", "1.1.4", "1.1.2", "1.1.5", "1.1.1"}));
    }

    void goesOutwardsFromTheImageOnScreen()
    {
        Listed listed;
        add(listed, "1.1", 1, 100);
        add(listed, "1.2", 2, 100);
        const auto names = namesOf(listed, {{base::SeriesUid("1.2")}, base::InstanceUid("1.2.2")});
        QCOMPARE(first(names, 5), (std::vector<std::string>{"1.2.2", "1.2.3", "1.2.1", "1.2.4", "1.2.5"}));
        // Something of the other series, then the rest of the one in hand.
        QCOMPARE(names[kNearImages], std::string("1.1.51"));
        QCOMPARE(names[kNearImages + 1], std::string("1.2.17"));
        QCOMPARE(names.back(), std::string("1.1.1"));
    }

    void showsSomethingOfEachSeriesEarly()
    {
        Listed listed;
        for (int i = 1; i <= 6; ++i)
            add(listed, "1." + std::to_string(i), i, 40);
        const auto names = namesOf(listed, {{base::SeriesUid("1.3")}, {}});
        std::set<std::string> seen;
        for (const auto &name : first(names, kNearImages + 5))
            seen.insert(name.substr(0, 3));
        QCOMPARE(seen.size(), std::size_t(6));
    }

    void neighboursBeforeWhatIsFurtherAway()
    {
        Listed listed;
        for (int i = 1; i <= 5; ++i)
            add(listed, "1." + std::to_string(i), i, 1);
        QCOMPARE(namesOf(listed, {{base::SeriesUid("1.3"), base::SeriesUid("1.5")}, {}}),
                 (std::vector<std::string>{"1.3.1", "1.5.1", "1.4.1", "1.2.1", "1.1.1"}));
    }

    void whatHasNoPicturesComesLast()
    {
        Listed listed;
        add(listed, "1.1", 1, 2, "SR");
        add(listed, "1.2", 2, 2);
        add(listed, "1.3", 3, 1, "PR");
        const auto names = namesOf(listed, {});
        QCOMPARE(names.front().substr(0, 3), std::string("1.2"));
        QCOMPARE(names[1].substr(0, 3), std::string("1.2"));
    }

    void takesWhatHasNoNumbers()
    {
        Listed listed;
        add(listed, "1.1", 1, 3);
        for (auto &instance : listed) {
            instance.number.reset();
            instance.seriesNumber.reset();
        }
        QCOMPARE(arrivalOrder(listed, {}).size(), std::size_t(3));
    }
};

QTEST_GUILESS_MAIN(tst_ArrivalOrder)
#include "tst_ArrivalOrder.moc"
