#include <base/Result.h>

#include <QtTest/QTest>

#include <set>

using namespace negatoscope::base;

namespace {

Result<int> half(int value)
{
    if (value % 2 != 0)
        return failure(ErrorCode::BadArgument, "odd");
    return value / 2;
}

Result<int> quarter(int value)
{
    TRY(const int once, half(value));
    TRY(const int twice, half(once));
    return twice;
}

Status check(int value)
{
    TRY_DO(quarter(value));
    return {};
}

} // namespace

class tst_Error : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesEveryCodeOnce();
    void takesUnknownNamesForInternal();
    void describesItsCauses();
    void travelsThroughTry();
};

void tst_Error::namesEveryCodeOnce()
{
    std::set<std::string_view> names;
    for (int code = 0; code <= static_cast<int>(ErrorCode::Busy); ++code) {
        const auto name = nameOf(static_cast<ErrorCode>(code));
        QVERIFY2(names.insert(name).second, std::string(name).c_str());
        QCOMPARE(errorCodeOf(name), static_cast<ErrorCode>(code));
    }
}

void tst_Error::takesUnknownNamesForInternal()
{
    QCOMPARE(errorCodeOf("no such name"), ErrorCode::Internal);
    QCOMPARE(nameOf(static_cast<ErrorCode>(9999)), std::string_view("internal"));
}

void tst_Error::describesItsCauses()
{
    const Error error(ErrorCode::CannotRead, "file",
                      Error(ErrorCode::Truncated, "value", Error(ErrorCode::Busy, "x")));
    QCOMPARE(error.describe(), std::string("cannotRead: file (because truncated: value (because busy: x))"));
    QVERIFY(!Error(ErrorCode::Busy, "x").cause());
}

void tst_Error::travelsThroughTry()
{
    QCOMPARE(quarter(8).value(), 2);
    QCOMPARE(quarter(6).error().text(), std::string("odd"));
    QVERIFY(check(4).has_value());
    QCOMPARE(check(1).error().code(), ErrorCode::BadArgument);
}

QTEST_APPLESS_MAIN(tst_Error)
#include "tst_Error.moc"
